import { expectAccessible } from './support/axe';
import { expect, resize, shoot, test } from './support/test';

test.describe('the overview', () => {
  test('shows the hottest host in the summary, the map and the table, and links to it', async ({ page }) => {
    await page.goto('/');
    const { hosts, counts } = await (await page.request.get('/api/v1/hosts/?sort=cpu&order=desc&limit=1')).json();
    const [hottest] = hosts;
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${counts.hot} of 24 hosts are hot`);
    const summary = page.getByRole('region', { name: 'Summary' });
    await expect(summary.getByRole('link', { name: hottest.name })).toBeVisible();
    await expect(page.getByRole('link', { name: new RegExp(`^${hottest.name} \\d+% CPU, hot`) })).toBeVisible();
    const first = page.getByRole('table', { name: 'Hottest hosts' }).getByRole('row').nth(1);
    await expect(first.getByRole('rowheader')).toHaveText(hottest.name);
    await shoot(page, 'overview-24-light');
    await first.getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1, name: hottest.name })).toBeVisible();
  });

  test('shows what the newest plan moves', async ({ page }) => {
    await page.goto('/');
    const { audits } = await (await page.request.get('/api/v1/audits/?limit=1')).json();
    const [{ name, plan }] = audits;
    await expect(
      page.getByRole('heading', { level: 2, name: `Watcher proposes ${plan.migrations} migrations` }),
    ).toBeVisible();
    await expect(page.getByRole('listbox', { name: 'Audits' }).getByRole('option', { selected: true })).toContainText(
      name,
    );
    const table = page.getByRole('table', { name: `Migrations of ${name}` });
    await expect(table.getByRole('row')).toHaveCount(plan.migrations + 1);
  });

  test('shows the map after the plan', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('group', { name: 'When' }).getByRole('button', { name: 'After plan' }).click();
    await expect(page.getByRole('link', { name: /^cmp-r01-04 \d+% CPU/ })).not.toHaveAccessibleName(/hot/);
    await page.getByRole('group', { name: 'Load' }).getByRole('button', { name: 'RAM' }).click();
    await expect(page.getByRole('link', { name: /^cmp-r01-04 \d+% RAM/ })).toBeVisible();
  });

  test('keeps the chosen theme without flashing the other', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('/');
    const toggle = page.getByRole('button', { name: /^Theme/ });
    await toggle.click();
    await toggle.click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    const answer = await page.request.get('/');
    expect(await answer.text()).toMatch(/<html[^>]*data-theme="dark"/);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await shoot(page, 'overview-24-dark');
  });

  test('has no accessibility violations and fits every screen', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('img', { name: /^CPU of \d+ hosts/ })).toBeVisible();
    await expectAccessible(page, 'overview');
    await page.getByRole('group', { name: 'When' }).getByRole('button', { name: 'After plan' }).click();
    await page.getByRole('button', { name: 'View as table' }).click();
    await expectAccessible(page, 'overview, map after the plan, chart as table');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await expectAccessible(page, 'overview, keys');
    for (const width of [320, 1024, 2560]) {
      await resize(page, { width, height: 900 });
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`).toBe(width);
      await expectAccessible(page, `overview, ${width} px`);
      await shoot(page, `overview-24-${width}-dark`);
    }
  });
});
