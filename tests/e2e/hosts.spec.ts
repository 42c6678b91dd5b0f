import { readFile } from 'node:fs/promises';
import { expectAccessible } from './support/axe';
import { addressOf, expect, type Page, resize, shoot, test } from './support/test';

test.use({ setup: { hosts: 48, servers: 600 } });

const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('rowheader') });
test.describe('the table of hosts', () => {
  test('lists the hottest host first', async ({ page }) => {
    await page.goto('/hosts/');
    await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible();
    await expect(rows(page)).toHaveCount(24);
    const { hosts } = await (await page.request.get('/api/v1/hosts/?sort=cpu&order=desc&limit=1')).json();
    await expect(rows(page).first().getByRole('rowheader')).toHaveText(hosts[0].name);
    await expect(page.getByRole('columnheader', { name: 'CPU', exact: true })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await shoot(page, 'hosts-48-light');
  });

  test('searches with `/`, filters and reverses the order, and the address shows the same to anyone', async ({
    page,
    context,
  }) => {
    await page.goto('/hosts/');
    const search = page.getByRole('searchbox', { name: 'Host name' });
    // Keys do nothing before the page's scripts run.
    await expect(async () => {
      await page.keyboard.press('/');
      await expect(search).toBeFocused({ timeout: 500 });
    }).toPass();
    await page.keyboard.type('r02');
    await expect(page).toHaveURL(/q=r02/);
    await expect(search).toBeFocused();
    await page.getByRole('button', { name: /^In plan/ }).click();
    await expect(page).toHaveURL(/show=in-plan/);
    await page.getByRole('button', { name: 'VMs' }).click();
    await expect(page.getByRole('columnheader', { name: 'VMs' })).toHaveAttribute('aria-sort', 'descending');
    await page.getByRole('button', { name: 'VMs' }).click();
    await expect(page.getByRole('columnheader', { name: 'VMs' })).toHaveAttribute('aria-sort', 'ascending');
    const names = await rows(page).getByRole('rowheader').allInnerTexts();
    expect(names.length).toBeGreaterThan(0);
    expect(names.every((name) => name.startsWith('cmp-r02-'))).toBe(true);

    const other = await context.newPage();
    await other.goto((await addressOf(page)).href);
    await expect(rows(other).getByRole('rowheader')).toHaveText(names);
    await expect(other.getByRole('searchbox', { name: 'Host name' })).toHaveValue('r02');
    await other.close();

    await page.goBack();
    await expect(page.getByRole('button', { name: /^All/ })).toHaveAttribute('aria-pressed', 'true');
  });

  test('is paginated', async ({ page }) => {
    await page.goto('/hosts/');
    await expect(page.getByText('1–24 of 48 hosts')).toBeVisible();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await expect(page.getByText('25–48 of 48 hosts')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Next', exact: true })).toBeDisabled();
    await page.goto('/hosts/?page=99');
    await expect(page.getByText('25–48 of 48 hosts')).toBeVisible();
  });

  test('says when nothing matches and how to clear the filter', async ({ page }) => {
    await page.goto('/hosts/?q=nowhere');
    await expect(page.getByText('No host matches.')).toBeVisible();
    await shoot(page, 'hosts-none-light');
    await page.getByRole('button', { name: 'Clear search and filter' }).click();
    await expect(rows(page)).toHaveCount(24);
  });

  test('marks hosts that are out of service, and gives a reason for every dash', async ({ page }) => {
    await page.goto('/hosts/?sort=state');
    const down = rows(page).filter({ hasText: 'Down' }).first();
    await expect(down).toBeVisible();
    await expect(down.getByTitle(/down and no exporter reports it/).first()).toBeVisible();
    await expect(page.getByText(/– for cmp-.*: The host is down/)).toBeVisible();
    await shoot(page, 'hosts-state-light');
  });

  test('shows the load after another plan', async ({ page }) => {
    await page.goto('/hosts/');
    const select = page.getByRole('combobox', { name: 'Plan' });
    const options = await select
      .locator('option')
      .evaluateAll((all) => all.map((option) => option.getAttribute('value')));
    const second = options[1] ?? '';
    await select.selectOption(second);
    await expect(page).toHaveURL(new RegExp(`audit=${second}`));
    await expect(select).toHaveValue(second);
    await select.selectOption('none');
    await expect(page.getByRole('button', { name: /^In plan/ })).toHaveAttribute('aria-disabled', 'true');
    await page.goto('/hosts/?audit=gone');
    await expect(page.getByText('That audit no longer exists.')).toBeVisible();
  });

  test('exports the filtered and sorted hosts as CSV', async ({ page }) => {
    await page.goto('/hosts/?show=in-plan&sort=ram');
    const shown = await page
      .getByText(/of \d+ hosts/)
      .first()
      .textContent();
    const total = Number(/of (\d+) hosts/.exec(shown ?? '')?.[1]);
    const names = await rows(page).getByRole('rowheader').allInnerTexts();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^hosts-\d{8}-\d{4}Z\.csv$/);
    const [header, ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(total);
    expect(lines.slice(0, names.length).map((line) => line.split(',')[0])).toEqual(names);
    const column = header?.split(',').indexOf('ram_percent') ?? -1;
    const loads = lines.map((line) => Number(line.split(',')[column]));
    expect(loads).toEqual([...loads].sort((a, b) => b - a));
  });

  test('fits every screen', async ({ page }) => {
    for (const width of [320, 1280, 2560]) {
      await resize(page, { width, height: 900 });
      await page.goto('/hosts/');
      await expect(rows(page)).toHaveCount(24);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`).toBe(width);
      await shoot(page, `hosts-48-${width}-light`);
    }
  });

  test('has no accessibility violations', async ({ page }) => {
    for (const [what, address] of [
      ['hosts', '/hosts/'],
      ['hosts, by state', '/hosts/?sort=state'],
      ['hosts, none', '/hosts/?q=nowhere'],
    ] as const) {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page, what);
    }
    await resize(page, { width: 320, height: 900 });
    await page.goto('/hosts/');
    await expectAccessible(page, 'hosts, 320 px');
  });
});
