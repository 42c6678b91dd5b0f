import { expectAccessible } from './support/axe';
import { expect, resize, shoot, test } from './support/test';

test.use({ setup: { hosts: 48, servers: 900 } });

test.describe('the page of a host', () => {
  test('opens from the table and shows what the plan moves away', async ({ page }) => {
    await page.goto('/hosts/');
    const hottest = page.getByRole('row').nth(1).getByRole('rowheader').getByRole('link');
    const name = (await hottest.textContent()) ?? '';
    await hottest.click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(page.getByRole('img', { name: new RegExp(`^CPU of ${name}`) })).toBeVisible();
    const { leaving } = await (await page.request.get(`/api/v1/hosts/${name}/`)).json();
    const table = page.getByRole('region', { name: 'Migrations leaving' });
    await expect(table.getByRole('rowheader')).toHaveText(leaving.map((move: { vm_name: string }) => move.vm_name));
    await shoot(page, 'host-light');

    await table.getByRole('link').first().click();
    await expect(page.getByRole('heading', { level: 1, name: leaving[0].destination })).toBeVisible();
    const arriving = page.getByRole('region', { name: 'Migrations arriving' });
    await expect(arriving.getByRole('rowheader').filter({ hasText: leaving[0].vm_name })).toBeVisible();
  });

  test('shows the load over the chosen range, as a chart and as a table', async ({ page }) => {
    await page.goto('/hosts/cmp-r01-04/');
    const chart = page.getByRole('img', { name: /^CPU of cmp-r01-04: between \d+% and \d+%/ });
    await expect(chart).toBeVisible();
    await page.getByRole('button', { name: '24 h', exact: true }).click();
    await expect(page).toHaveURL(/range=24h/);
    await expect(page.getByText('a point every 10 min')).toBeVisible();
    await page.getByRole('button', { name: 'View as table' }).click();
    const table = page.getByRole('region', { name: 'Table of CPU and RAM over time' });
    await expect(table.getByRole('rowheader')).toHaveCount(145);
    await page.reload();
    await expect(page.getByRole('button', { name: '24 h', exact: true })).toHaveAttribute('aria-pressed', 'true');
  });

  test('lists VMs by usage and sorts them by any column', async ({ page }) => {
    await page.goto('/hosts/cmp-r01-04/');
    const vms = page.getByRole('region', { name: 'Table of VMs' });
    const { servers } = await (await page.request.get('/api/v1/hosts/cmp-r01-04/')).json();
    await expect(vms.getByRole('rowheader')).toHaveCount(Math.min(24, servers.length));
    await expect(vms.getByRole('columnheader', { name: 'Cores' })).toHaveAttribute('aria-sort', 'descending');
    await vms.getByRole('button', { name: 'VM' }).click();
    const names = await vms.getByRole('rowheader').allInnerTexts();
    expect(names).toEqual([...names].sort());
  });

  test('says that a host is down and that its load is unknown', async ({ page }) => {
    await page.goto('/hosts/?sort=state');
    await page.getByRole('row').nth(1).getByRole('link').click();
    await expect(page.getByText('load unknown')).toBeVisible();
    await expect(page.getByText('No exporter reports this host under a known name.')).toBeVisible();
    await shoot(page, 'host-down-light');
    await expectAccessible(page, 'host that is down');
  });

  test('shows 404 with links for a host that no longer exists', async ({ page, watch }) => {
    watch.allow(/404/);
    const answer = await page.goto('/hosts/cmp-r99-99/');
    expect(answer?.status()).toBe(404);
    await expect(page.getByText('Nova has no compute host called cmp-r99-99.')).toBeVisible();
    await shoot(page, 'host-gone-light');
    await expectAccessible(page, 'host that is gone');
    await page.getByRole('link', { name: 'Search for it' }).click();
    await expect(page.getByRole('searchbox', { name: 'Host name' })).toHaveValue('cmp-r99-99');
  });

  test('has no accessibility violations and fits every screen', async ({ page }) => {
    await page.goto('/hosts/cmp-r01-04/');
    await expect(page.getByRole('img', { name: /^CPU of/ })).toBeVisible();
    await expectAccessible(page, 'host');
    await page.getByRole('button', { name: 'View as table' }).click();
    await expectAccessible(page, 'host, history as table');
    for (const width of [320, 1280, 2560]) {
      await resize(page, { width, height: 900 });
      await page.goto('/hosts/cmp-r01-04/');
      await expect(page.getByRole('img', { name: /^CPU of/ })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`).toBe(width);
      await shoot(page, `host-${width}-dark`);
    }
  });
});
