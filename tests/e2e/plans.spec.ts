import { readFile } from 'node:fs/promises';
import type { ListedPlan, PlanList } from '@/lib/contract/v1/plan-list';
import { expectAccessible } from './support/axe';
import { expect, type Page, resize, shoot, test } from './support/test';

const read = async (page: Page, query = ''): Promise<PlanList> =>
  (await page.request.get(`/api/v1/plans/${query}`)).json();
const waiting = (page: Page) => page.getByRole('table', { name: 'Plans that wait for a decision' });
const rowsOf = (page: Page) =>
  waiting(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });

test.describe('the plans', () => {
  test('are ranked in groups, and only the best has the primary button', async ({ page }) => {
    const { plans, counts } = await read(page, '?show=waiting');
    await page.goto('/plans/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      `${counts.waiting} plans wait for you, ${counts.running} are running`,
    );
    await expect(rowsOf(page)).toHaveCount(counts.waiting);
    await expect(waiting(page).getByRole('rowheader')).toContainText([
      'Worth doing',
      ...plans.map(({ audit_name: audit }: ListedPlan) => audit).slice(0, 1),
    ]);
    for (const group of ['Worth doing', 'Little to gain', 'Not as it stands'])
      await expect(waiting(page).getByRole('rowheader', { name: group })).toHaveCount(1);
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Plans/ })).toHaveText(
      `Plans${counts.waiting} wait for a decision`,
    );
    await expect(page.getByRole('region', { name: 'Running', exact: true })).toContainText('by-hand');
    await expect(page.getByRole('table', { name: 'Plans that are done' })).toContainText('stabilize-yesterday');
    await shoot(page, 'plans-24-light');
    await expectAccessible(page, 'plans');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot(page, 'plans-24-dark');
    await expectAccessible(page, 'plans, dark');
    await waiting(page)
      .getByRole('link', { name: `Review ${plans[0]?.audit_name}` })
      .click();
    await expect(page).toHaveURL(new RegExp(`/plans/${plans[0]?.plan_id}/?$`));
  });

  test('are cards on a phone, with nothing cut off', async ({ page }) => {
    await resize(page, { width: 390, height: 844 });
    await page.goto('/plans/');
    await expect(rowsOf(page).first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await shoot(page, 'plans-24-phone-light');
    await expectAccessible(page, 'plans, phone');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot(page, 'plans-24-phone-dark');
  });
});

test.describe('the filters of the plans', () => {
  // Rows go when an answer arrives, later than the half second in which that counts as caused by input.
  test.use({ shiftless: false });

  test('are in the address, and the export follows them', async ({ page }) => {
    await page.goto('/plans/');
    await page.getByRole('searchbox', { name: 'Search plans' }).fill('consolidate');
    await expect(page).toHaveURL(/q=consolidate/);
    const { total } = await read(page, '?show=waiting&q=consolidate');
    await expect(rowsOf(page)).toHaveCount(total);
    await page.getByRole('combobox', { name: 'Strategy' }).selectOption('basic');
    await expect(page).toHaveURL(/strategy=basic/);
    await expect(rowsOf(page)).toHaveCount(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^consolidate-basic,/);
    await page.getByRole('searchbox', { name: 'Search plans' }).fill('nothing is called that');
    await expect(page.getByText('No plan matches.')).toBeVisible();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await expect(page).toHaveURL(/\/plans\/?$/);
  });

  test('show each part of the plans', async ({ page }) => {
    const { counts } = await read(page);
    await page.goto('/plans/');
    const parts = page.getByRole('group', { name: 'Which plans' });
    await parts.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('table', { name: 'Plans that are done' }).locator('tbody tr')).toHaveCount(counts.done);
    await expectAccessible(page, 'plans, done');
    await parts.getByRole('button', { name: 'No changes' }).click();
    await expect(page.getByRole('table', { name: 'Plans that changed nothing' }).locator('tbody tr')).toHaveCount(
      counts.unchanged,
    );
    await expectAccessible(page, 'plans, no changes');
    await parts.getByRole('button', { name: 'Running' }).click();
    await expect(page.getByRole('region', { name: 'Running' }).getByRole('listitem')).toHaveCount(counts.running);
    await expectAccessible(page, 'plans, running');
  });
});
