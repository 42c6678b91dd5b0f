import { expectAccessible } from './axe';
import { expect, resize, shoot, test } from './test';

/**
 * The same layout from 3 to 1,000 hosts: nothing scrolls sideways or moves, and every host is shown. A cloud belongs to a
 * worker, so each size has its own file.
 */
export function testSize(hosts: number): void {
  // Prometheus is simulated in JavaScript, which is slow for the first queries of a large cloud.
  test.use({ setup: { hosts, servers: hosts * 10, variables: { UPSTREAM_TIMEOUT: '60' } } });

  test('all hosts are on the overview, on a phone and on a wide screen', async ({ page }) => {
    test.setTimeout(120_000);
    for (const width of [320, 1440, 2560]) {
      await resize(page, { width, height: 900 });
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toContainText(/hot/, { timeout: 60_000 });
      await expect(page.getByRole('heading', { name: 'Waiting for a decision' })).toBeVisible({ timeout: 60_000 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`).toBe(width);
      await shoot(page, `overview-${hosts}-${width}-light`);
    }
    await expectAccessible(page, `overview, ${hosts} hosts`);
  });

  test('the host search finds one host among all', async ({ page }) => {
    await page.goto('/hosts/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hosts');
    await expect(page.getByRole('main')).toContainText(`${hosts.toLocaleString('en-US')} hosts`);
    await page.getByRole('searchbox', { name: /Host name/ }).fill('r01-01');
    await expect(page).toHaveURL(/q=r01-01/);
    await expect(page.getByText(/^1–1 of 1 host/)).toBeVisible();
    await expect(page.getByRole('rowheader', { name: 'cmp-r01-01' })).toBeVisible();
    await expectAccessible(page, `hosts, ${hosts} hosts`);
  });
}
