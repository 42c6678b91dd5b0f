import { expectAccessible } from './support/axe';
import { cloudVariables, startApp } from './support/servers';
import { expect, resize, shoot, test } from './support/test';

/** A server that has just started with a large, slow cloud: 20 pages of VMs, each of which takes a second. */

test.use({ setup: { hosts: 1_000, servers: 20_000, variables: { UPSTREAM_TIMEOUT: '60' } }, shiftless: false });

test('shows the progress of the first reading as normal work, then everything', async ({ page, cloud }) => {
  test.setTimeout(240_000);
  await cloud.break('nova', { delayMs: 2_000 });
  const app = await startApp(cloudVariables(cloud.url));
  try {
    await page.goto(app.url);
    const bar = page.getByRole('progressbar', { name: 'VMs read' });
    await expect(bar).toBeVisible();
    await expect(page.getByText(/[\d,]+ of about 20,000 VMs, about \d+.s left/)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('Counted once all VMs are read.')).toHaveCount(2);
    await expect(page.getByText(/has given no data|Retry now|unavailable/)).toHaveCount(0);
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
    await expectAccessible(page, 'overview, first reading');
    for (const path of ['/hosts/', '/hosts/cmp-r01-01/', '/compare/']) {
      await page.goto(app.url + path);
      await expect(bar, path).toBeVisible();
      await expect(page.getByRole('alert').filter({ hasText: /\S/ }), path).toHaveCount(0);
    }
    await page.goto(app.url);
    await cloud.repair('nova');
    await expect(bar).toHaveCount(0, { timeout: 120_000 });
    await expect(page.getByText('Counted once all VMs are read.')).toHaveCount(0);
    await expect(page.getByText('20,000', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  } finally {
    await app.stop();
  }
});
