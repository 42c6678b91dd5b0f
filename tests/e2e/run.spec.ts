import { expectAccessible } from './support/axe';
import { expect, type Page, resize, shoot, test } from './support/test';

/** A plan that runs, watched; and one that has run. */

async function openRun(page: Page, audit: string): Promise<void> {
  const { plans } = await (await page.request.get(`/api/v1/audits/${audit}/plans/`)).json();
  await page.goto(`/audits/${audit}/plans/${plans[0].id}/run/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('a plan that runs shows its moves, loads, events and what stopping would do', async ({ page }) => {
  await openRun(page, 'by-hand');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1 of 2 moved');
  await expect(page).toHaveTitle('(1 of 2) by-hand · Watcher Visio');
  await expect(page.getByRole('region', { name: 'If you stop now' })).toBeVisible();
  await expect(page.getByRole('log', { name: 'Events' }).getByRole('listitem').first()).toBeVisible();
  await shoot(page, 'run-light');
  await expectAccessible(page, 'run');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'run-dark');
  await resize(page, { width: 390, height: 844 });
  await shoot(page, 'run-phone-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot(page, 'run-phone-light');
  await expectAccessible(page, 'run, phone');
});

test('a plan that has run shows what was promised and delivered', async ({ page }) => {
  await openRun(page, 'stabilize-yesterday');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('4 of 4 moved');
  await expect(page.getByRole('table', { name: 'CPU promised and delivered by host' })).toBeVisible({
    timeout: 20_000,
  });
  await shoot(page, 'run-done-light');
  await expectAccessible(page, 'run that has ended');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'run-done-dark');
  await resize(page, { width: 390, height: 844 });
  await shoot(page, 'run-done-phone-dark');
});
