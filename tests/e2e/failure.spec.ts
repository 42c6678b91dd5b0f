import { expect, shoot, test } from './support/test';

test.use({
  shiftless: false,
  setup: {
    hosts: 24,
    variables: { DASHBOARD_CACHE_TTL: '1', SOURCE_STATUS_CACHE_TTL: '1', DASHBOARD_MAX_STALE: '600' },
  },
});

const LOST = /Prometheus can’t answer|Prometheus can't answer|Prometheus answered/;

test('Prometheus is lost, its last numbers stay with their age, and it comes back', async ({ page, cloud }) => {
  await page.goto('/');
  const sources = page.getByRole('status').filter({ hasText: 'Prometheus' });
  await expect(sources).toContainText(/Prometheus[^.]*ok/i);

  await cloud.break('prometheus', { status: 503 });
  await expect(sources).toContainText(/Prometheus[^.]*error/i);
  await expect(page.getByText(LOST).first()).toBeVisible();
  await expect(page.getByText(/as of \d\d:\d\d UTC/i).first()).toBeVisible();
  await shoot(page, 'source-error-light');

  await cloud.mend('prometheus');
  await expect(sources).toContainText(/Prometheus[^.]*ok/i, { timeout: 20_000 });
  await expect(page.getByText(LOST)).toHaveCount(0, { timeout: 20_000 });
});
