import { readFile } from 'node:fs/promises';
import { expectAccessible } from './support/axe';
import { addressOf, expect, type Page, shoot, test } from './support/test';

type Move = { vm_name: string; source: string; destination: string };

const newest = async (page: Page): Promise<{ id: string; name: string; migrations: Move[] }> => {
  const { audits } = await (await page.request.get('/api/v1/audits/?limit=1')).json();
  const { audit, migrations } = await (await page.request.get(`/api/v1/audits/${audits[0].id}/`)).json();
  return { id: audit.id, name: audit.name, migrations };
};
const table = (page: Page, name: string) => page.getByRole('table', { name: `Migrations of ${name}` });
const bodyRows = (page: Page, name: string) =>
  table(page, name)
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });

/** Opens the list of audits and waits for its chart; from then on it responds to keys. */
async function open(page: Page): Promise<void> {
  await page.goto('/plans/audits/');
  await expect(page.getByRole('img', { name: /^CPU of \d+ hosts/ })).toBeVisible();
}

test.describe('the list of audits', () => {
  test('j and k step through the audits and update the address', async ({ page }) => {
    await open(page);
    const chosen = page.getByRole('listbox', { name: 'Audits' }).getByRole('option', { selected: true });
    const first = (await chosen.getAttribute('data-audit')) ?? '';
    await page.keyboard.press('j');
    await expect(page).toHaveURL(/audit=/);
    await expect(chosen).not.toHaveAttribute('data-audit', first);
    await page.keyboard.press('k');
    await expect(chosen).toHaveAttribute('data-audit', first);
  });

  test('is where links to the overview of earlier versions lead', async ({ page }) => {
    await page.goto('/?audit=consolidate-night&q=web');
    await expect(page).toHaveURL(/\/plans\/audits\/?\?audit=consolidate-night&q=web$/);
    await expect(page.getByRole('heading', { level: 3, name: 'consolidate-night' })).toBeVisible();
  });

  test('filters migrations by source from the list and the flow, and exports them as CSV', async ({ page }) => {
    await open(page);
    const { name, migrations } = await newest(page);
    const source = migrations[0]?.source ?? '';
    const own = migrations.filter((move) => move.source === source);
    await page.getByRole('combobox', { name: 'Source' }).selectOption({ label: `${source} (${own.length})` });
    await expect(bodyRows(page, name)).toHaveCount(own.length);
    await expect(page.getByText(`${own.length} of ${migrations.length} migrations`)).toBeVisible();
    await expect(page).toHaveURL(new RegExp(source));
    await shoot(page, 'migrations-of-one-source-light');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      (async () => {
        await page.getByRole('button', { name: 'Export' }).click();
        await page.getByRole('menuitem', { name: /^Migrations/ }).click();
      })(),
    ]);
    const [header = '', ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    const columns = header.split(',');
    const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [columns[at], cell])));
    expect(rows.map(({ instance }) => instance)).toEqual(own.map((move) => move.vm_name));
    expect(new Set(rows.map((row) => row.source))).toEqual(new Set([source]));

    const node = page.getByRole('toolbar', { name: 'Hosts that VMs leave' }).getByRole('button', { name: source });
    await expect(node).toHaveAttribute('aria-pressed', 'true');
    await node.click();
    await expect(bodyRows(page, name)).toHaveCount(migrations.length);
  });

  test('a link to an audit shows the same filter to anyone who opens it', async ({ page, context, watch }) => {
    await open(page);
    const { id, name, migrations } = await newest(page);
    await page.getByRole('searchbox', { name: 'Filter migrations' }).fill(migrations[0]?.vm_name ?? '');
    await expect(bodyRows(page, name)).toHaveCount(
      migrations.filter(({ vm_name: text }) => text.includes(migrations[0]?.vm_name ?? '')).length,
    );
    await expect(page).toHaveURL(new RegExp(migrations[0]?.vm_name ?? ''));
    const other = await context.newPage();
    await other.goto((await addressOf(page)).href);
    await expect(other.getByRole('searchbox', { name: 'Filter migrations' })).toHaveValue(migrations[0]?.vm_name ?? '');
    await other.close();

    await page.goto(`/audits/${id}/`);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(bodyRows(page, name)).toHaveCount(migrations.length);
    await shoot(page, 'audit-light');
    await expectAccessible(page, 'audit');
    watch.allow(/404/);
    expect((await page.goto('/audits/00000000-0000-0000-0000-000000000000/'))?.status()).toBe(404);
    await expectAccessible(page, 'audit that is gone');
  });
});

test.describe('a chosen audit', () => {
  for (const [name, words] of [
    ['consolidate-night', 'Hosts emptied'],
    ['nothing-to-do', 'No changes'],
    ['saving-energy', 'failed'],
    ['stabilize-yesterday', 'executed'],
  ] as const) {
    test(`shows every kind of audit: ${name}`, async ({ page }) => {
      await open(page);
      await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
      await expect(page.getByRole('heading', { level: 3, name })).toBeVisible();
      await expect(page.getByRole('article', { name })).toContainText(new RegExp(words, 'i'));
      await shoot(page, `audit-${name}-light`);
      await expectAccessible(page, `audit ${name}`);
    });
  }

  test('stays fast and within the page with 600 migrations and names of 200 characters', async ({ page }) => {
    await page.route('**/api/v1/audits/*/', async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      const [move] = body.migrations;
      body.migrations = Array.from({ length: 600 }, (_, at) => ({
        ...move,
        action_id: `${at}`,
        vm_name: `${'n'.repeat(196)}-${String(at).padStart(3, '0')}`,
      }));
      await route.fulfill({ response, json: body });
    });
    await open(page);
    await page.keyboard.press('j');
    await page.getByRole('button', { name: 'Show all 600' }).click();
    const rows = page.getByRole('table', { name: /^Migrations of / }).getByRole('row');
    await expect(page.getByRole('table', { name: /^Migrations of / })).toHaveAttribute('aria-rowcount', '601');
    expect(await rows.count()).toBeLessThan(150);
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect(rows.filter({ hasText: 'n-599' })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1440);
    await expectAccessible(page, 'audit, 600 migrations');
  });
});
