import { readFile } from 'node:fs/promises';
import { expectAccessible } from './support/axe';
import { addressOf, expect, type Page, shoot, test } from './support/test';
import { apart } from './support/watch';

const PLAN = '/audits/stabilize-production/plans/newest';

const score = (page: Page) => page.getByTestId('score').textContent();

test.describe('the review of a plan', () => {
  test('shows a verdict, the score now and after, and every move with its reasons', async ({ page }) => {
    await page.goto(PLAN);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan of stabilize-production');
    await expect(page.getByRole('heading', { name: /moves/ }).first()).toBeVisible();
    expect(await score(page)).toMatch(/^\d+ to \d+ of 100$/);
    await page.getByRole('button', { name: 'How computed' }).click();
    await expect(page.getByRole('dialog')).toContainText('Score = 100 − 2 × σ');
    await page.keyboard.press('Escape');
    await shoot(page, 'review-light');
  });

  test('updates at once without a request, and keeps the variant in the address', async ({ page }) => {
    const checked = page.waitForResponse(/\/check\/$/);
    await page.goto(PLAN, { waitUntil: 'networkidle' });
    await checked;
    const before = await score(page);
    const requests: string[] = [];
    page.on('request', (request) => {
      // Except the polling of the sources and the icon, which the browser requests again for each new address.
      if (!/\/api\/v1\/sources\/|\/(icon\.svg|favicon\.ico)/.test(request.url())) requests.push(request.url());
    });
    const boxes = page.getByRole('checkbox', { name: /Run the move of/ });
    const moves = await boxes.count();
    for (let i = 0; i < moves; i++) await boxes.nth(i).uncheck();
    await expect(page.getByRole('heading', { name: 'No moves left in this variant' })).toBeVisible();
    expect(await score(page)).not.toBe(before);
    expect(requests).toEqual([]);
    expect((await addressOf(page)).search).toBe(`?off=1-${moves}`);

    // The address shows the same to a colleague.
    await page.reload();
    await expect(page.getByRole('heading', { name: 'No moves left in this variant' })).toBeVisible();
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => score(page)).toBe(before);
    expect((await addressOf(page)).search).toBe('');
  });

  test('shows what Nova did with a plan that Watcher left behind', async ({ page }) => {
    await page.goto('/audits/cancelled-half-way/plans/newest');
    await expect(
      page.getByText('4 of 6 actions done, 3 of them although Watcher does not say so').first(),
    ).toBeVisible();
    const moves = page.getByRole('table', { name: 'Moves of the plan' });
    await expect(moves.getByText(/Watcher says ONGOING; Nova finished it at/)).toHaveCount(2);
    await expect(moves.getByText(/Watcher says FAILED; Nova finished it at/)).toHaveCount(1);
    await shoot(page, 'review-left-behind-light');
  });

  test('changes the destination of a VM and drains a host', async ({ page }) => {
    await page.goto(PLAN);
    await page
      .getByRole('button', { name: /^Change destination of/ })
      .first()
      .click();
    await page.getByRole('combobox', { name: /^Destination of/ }).selectOption('cmp-r02-01');
    await expect(page.getByText('1 other destination')).toBeVisible();
    // Selecting by script is no input to the browser, so the columns that adapt to the new figures would count as a shift.
    await apart(page, async () => {
      await page.getByRole('combobox', { name: 'Drain a host' }).selectOption('cmp-r01-04');
      await expect(page.getByText('cmp-r01-04 drained')).toBeVisible();
    });
    await expect(page.getByText(/\d+ moves? added/)).toBeVisible();
    expect((await addressOf(page)).search).toMatch(/^\?to=\d+%7Ecmp-r02-01&empty=cmp-r01-04$/);
    await shoot(page, 'review-variant-light');
    await page.getByRole('link', { name: 'Compare with the plan' }).click();
    await expect(page.getByText('The right one is a variant.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Only on the right' })).toBeVisible();
  });

  test('exports commands for a terminal', async ({ page }) => {
    await page.goto(PLAN);
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /Commands/ }).click();
    const script = await readFile(await (await download).path(), 'utf8');
    expect(script).toMatch(/^#!\/bin\/sh\n/);
    expect(script).toContain('server migrate --live-migration --host=');
  });

  test('says what is wrong with an outdated plan', async ({ page }) => {
    await page.goto('/audits/half-outdated/plans/newest');
    await expect(page.getByRole('heading', { name: /moves would fail/ })).toBeVisible();
    await expect(page.getByText('The VM is gone: Nova has no VM with this id.')).toBeVisible();
  });

  test('has no accessibility violations', async ({ page }) => {
    await page.goto(PLAN);
    await expect(page.getByTestId('score')).toBeVisible();
    await expectAccessible(page, 'review');
  });
});

test.describe('the plans of an audit', () => {
  test('shows the runs of a continuous audit with their results', async ({ page }) => {
    await page.goto('/audits/balance-every-10-min/plans');
    await expect(page.getByRole('row')).toHaveCount(5);
    await expect(page.getByText(/Runs every|runs every/)).toBeVisible();
    await expectAccessible(page, 'plans');
    await page.getByRole('link', { name: 'Compare the two newest' }).click();
    await expect(page.getByRole('heading', { name: 'Compare plans' })).toBeVisible();
    await expectAccessible(page, 'compare');
    await shoot(page, 'compare-light');
  });

  test('explains why an audit has no plan', async ({ page }) => {
    await page.goto('/audits/stopped-by-another-plan/plans');
    await expect(page.getByText('Another plan was running, so Watcher cancelled the audit')).toBeVisible();
  });
});

test.describe('the doctor page', () => {
  test('checks the chain link by link', async ({ page }) => {
    await page.goto('/doctor');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/holds?/);
    await expect(page.getByText(/of 24 hosts are matched/)).toBeVisible();
    await expectAccessible(page, 'doctor');
    await shoot(page, 'doctor-light');
  });
});
