import { expectAccessible } from './support/axe';
import { expect, shoot, test } from './support/test';

test.use({
  // A banner pushes the page down on purpose: as an overlay it would cover the figures it is about, and reserved space
  // would waste room on every page.
  shiftless: false,
  setup: {
    hosts: 24,
    variables: { DASHBOARD_CACHE_TTL: '1', SOURCE_STATUS_CACHE_TTL: '1', DASHBOARD_MAX_STALE: '600' },
  },
});

const LOST = /Prometheus can’t answer|Prometheus can't answer|Prometheus returned/;

test('when Prometheus is lost, its last numbers stay with their age until it returns', async ({ page, cloud }) => {
  await page.goto('/');
  const sources = page.getByRole('status').filter({ hasText: 'Prometheus' });
  await expect(sources).toContainText(/Prometheus[^.]*ok/i);

  await cloud.break('prometheus', { status: 503 });
  await expect(sources).toContainText(/Prometheus[^.]*error/i);
  await expect(page.getByText(LOST).first()).toBeVisible();
  await expect(page.getByText(/as of \d\d:\d\d UTC/i).first()).toBeVisible();
  await shoot(page, 'source-error-light');
  await expectAccessible(page, 'overview, Prometheus lost');

  await cloud.repair('prometheus');
  await expect(sources).toContainText(/Prometheus[^.]*ok/i, { timeout: 20_000 });
  await expect(page.getByText(LOST)).toHaveCount(0, { timeout: 20_000 });
});

test('when both sources are lost, both are named and the last data stays until they return', async ({
  page,
  cloud,
}) => {
  await page.goto('/');
  const sources = page.getByRole('status').filter({ hasText: 'Prometheus' });
  await expect(sources).toContainText(/OpenStack[^.]*ok/i);

  await cloud.break('prometheus', { status: 503 });
  await cloud.break('nova', { status: 503 });
  await expect(sources).toContainText(/Prometheus[^.]*error/i);
  await expect(sources).toContainText(/OpenStack[^.]*error/i);
  await expect(page.getByText(/Nova returned 503/).first()).toBeVisible();
  await expect(page.getByText(LOST).first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/hot/);
  await shoot(page, 'both-sources-error-light');
  await expectAccessible(page, 'overview, both sources lost');

  await cloud.repair('prometheus');
  await cloud.repair('nova');
  await expect(sources).toContainText(/Prometheus[^.]*ok/i, { timeout: 20_000 });
  await expect(sources).toContainText(/OpenStack[^.]*ok/i, { timeout: 20_000 });
});
