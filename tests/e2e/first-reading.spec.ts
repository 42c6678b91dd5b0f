import { expectAccessible } from './support/axe';
import { type AppServer, cloudVariables, startServer } from './support/servers';
import { test as base, expect, resize, shoot } from './support/test';

/** A server that has just started with a cloud whose Nova takes four seconds for each of eight pages of VMs. */

const test = base.extend<object, { app: AppServer }>({
  app: [
    async ({ cloud }, use) => {
      await cloud.break('nova', { delayMs: 4_000 });
      const app = await startServer(() => ['lib/server/start.mjs'], {
        ready: '/api/health/live/',
        variables: { ...cloudVariables(cloud.url), UPSTREAM_TIMEOUT: '120' },
      });
      await use(app);
      await app.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

test.use({ setup: { hosts: 100, servers: 8_000, audits: 4 }, shiftless: false });

test('shows the progress of the first reading as normal work, then everything', async ({ page, cloud, app }) => {
  test.setTimeout(300_000);
  const read = async () => (await (await fetch(`${app.url}/api/v1/progress/`)).json()).progress?.servers_read;
  await expect.poll(read, { timeout: 90_000 }).toBeGreaterThan(0);
  // The next page of VMs takes as long as the test looks at what is known until then.
  await cloud.break('nova', { delayMs: 70_000 });
  await page.goto('/');
  const bar = page.getByRole('progressbar', { name: 'VMs read' });
  await expect(bar).toBeVisible();
  await expect(page.getByText(/[\d,]+ of about [78],\d{3} VMs, about \d+.(s|min) left/)).toBeVisible({
    timeout: 60_000,
  });
  // What can be counted only then waits in its place.
  await expect(page.getByText('Counted once all VMs are read.')).toHaveCount(1, { timeout: 30_000 });
  await expect(page.getByRole('region', { name: 'Room for more' })).toContainText('Loading');
  await expect(page.getByText(/has given no data|Retry now|unavailable/)).toHaveCount(0);
  await page.goto('/hosts/');
  await expect(bar).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
  await page.goto('/');
  await expectAccessible(page, 'overview, first reading');
  for (const [name, size] of [
    ['laptop', { width: 1440, height: 900 }],
    ['phone', { width: 390, height: 844 }],
  ] as const) {
    await resize(page, size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await shoot(page, `first-reading-${name}-${colorScheme}`);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width);
  }
  await cloud.repair('nova');
  await expect(bar).toHaveCount(0, { timeout: 150_000 });
  await expect(page.getByText('Counted once all VMs are read.')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'VMs', exact: true })).toContainText('8,000', { timeout: 60_000 });
});
