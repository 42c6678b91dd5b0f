import { readFile } from 'node:fs/promises';
import { addressOf, expect, type Page, resize, test } from './support/test';

/** What an admin on call missed about plans, tried as it was found. */

const PLAN = '/audits/stabilize-production/plans/newest';
const boxes = (page: Page) => page.getByRole('checkbox', { name: /Run the move of/ });

async function copied(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function exported(page: Page, name: RegExp): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name }).click();
  return readFile(await (await download).path(), 'utf8');
}

test('links name the audit and the plan, and the variant', async ({ page }) => {
  await page.goto('/plans/audits/', { waitUntil: 'networkidle' });
  expect(new URL(await copied(page)).searchParams.get('audit')).toMatch(/^[\da-f-]{36}$/);
  await page.goto(PLAN, { waitUntil: 'networkidle' });
  await boxes(page).first().uncheck();
  const link = new URL(await copied(page));
  expect(link.pathname).toMatch(/^\/audits\/[\da-f-]{36}\/plans\/[\da-f-]{36}\/?$/);
  expect(link.search).toBe((await addressOf(page)).search);
});

test('moves can be searched, limited to hot hosts, and ticked all at once', async ({ page }) => {
  await page.goto(PLAN, { waitUntil: 'networkidle' });
  const all = await boxes(page).count();
  await page.getByRole('group', { name: 'Which moves' }).getByRole('button', { name: 'Off hot hosts' }).click();
  const hot = await boxes(page).count();
  expect(hot).toBeLessThan(all);
  await page.getByRole('button', { name: /^Untick/ }).click();
  await page.getByRole('group', { name: 'Which moves' }).getByRole('button', { name: 'All' }).click();
  await expect(page.getByRole('checkbox', { name: /Run the move of/, checked: true })).toHaveCount(all - hot);
  await page.getByRole('searchbox', { name: 'Search moves' }).fill('cmp-r01-04');
  await expect.poll(() => boxes(page).count()).toBeLessThan(all);
});

test('the order of execution and the exports are those of the variant', async ({ page }) => {
  await page.goto(PLAN, { waitUntil: 'networkidle' });
  await boxes(page).first().uncheck();
  const order = page.getByRole('region', { name: 'Execution order' });
  await expect(order.getByText('Left out')).toHaveCount(1);
  await expect(order).toContainText('No order: all 16 are given to Nova at once');
  const ticket = await exported(page, /^Change ticket/);
  expect(ticket).toContain('# Variant of the plan');
  expect(ticket).toMatch(/^- Link: <http.*off=\d+>$/m);
  expect(ticket).not.toContain('\\:');
  const whole = await page.context().newPage();
  await whole.goto(`${new URL(page.url()).origin}${PLAN}`, { waitUntil: 'networkidle' });
  expect(await exported(whole, /^Commands/)).toContain('openstack optimize actionplan start');
  await whole.close();
});

test('how the score is computed stays in its box and on the screen', async ({ page }) => {
  for (const width of [1440, 390]) {
    await resize(page, { width, height: 900 });
    await page.goto(PLAN, { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'How computed' }).click();
    const spills = await page.getByRole('dialog').evaluate((box) => {
      const { left, right } = box.getBoundingClientRect();
      const texts = [...box.querySelectorAll('p, li')].map((text) => text.getBoundingClientRect());
      return left < 0 || right > window.innerWidth || texts.some((text) => text.left < left || text.right > right);
    });
    expect(spills, `at ${width} px`).toBe(false);
  }
});
