import { startInWatcher } from './support/acting';
import { expectAccessible } from './support/axe';
import { expect, type Page, resize, shoot, test } from './support/test';

/** A plan that runs, watched; and one that has run. What moves changes its place, so that shifts are expected. */

// A cloud of their own: a plan that these tests start would be running in the tests of the files that follow.
test.use({ setup: { hosts: 24, servers: 400, seconds: 24 }, shiftless: false });

type Move = { vm_name: string };

const AUDIT = 'stabilize-production';

async function planOf(page: Page, audit: string): Promise<string> {
  const { plans } = await (await page.request.get(`/api/v1/audits/${audit}/plans/`)).json();
  return plans[0].id;
}

async function openRun(page: Page, audit: string): Promise<void> {
  await page.goto(`/audits/${audit}/plans/${await planOf(page, audit)}/run/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('a plan is watched from its start: what is copied, what fails, what does not converge', async ({
  page,
  cloud,
}) => {
  test.setTimeout(240_000);
  const plan = await planOf(page, AUDIT);
  const waiting = await (await page.request.get(`/api/v1/audits/${AUDIT}/plans/${plan}/run/`)).json();
  const [stuck, broken] = waiting.moves.map(({ vm_name: name }: Move) => name);
  // Another plan runs already: a second applier takes this one.
  await cloud.set('appliers', 4);
  await cloud.set('migrations', { seconds: 24, never: [stuck], fail: [broken] });
  await openRun(page, AUDIT);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This plan has not been started');
  await startInWatcher(page, cloud, plan);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/^0 of \d+ moved/, { timeout: 20_000 });
  await expect(page.getByRole('progressbar').first()).toBeVisible({ timeout: 30_000 });
  await expect(page).toHaveTitle(/^\(\d+ of \d+\) stabilize-production/);
  const moves = page.getByRole('table', { name: 'How each move stands' });
  await expect(moves.getByText('Queued', { exact: true }).first()).toBeVisible();
  await shoot(page, 'run-light');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1 failed', { timeout: 60_000 });
  await expect(moves.getByText('Not converging')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('region', { name: 'If you stop now' })).toContainText('Stopping ends nothing here.');
  await expect(page.getByRole('log', { name: 'Events' })).toContainText('has gained nothing');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'run-dark');
  await expectAccessible(page, 'run');
  await resize(page, { width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'run-phone-dark');
  await expectAccessible(page, 'run, phone');
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot(page, 'run-phone-light');
});

test('the last word stays with its time while Nova does not answer', async ({ page, cloud, watch }) => {
  watch.allow(/503/);
  await openRun(page, 'by-hand');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('of 2 moved');
  await cloud.break('nova', { status: 503 });
  await expect(page.getByText(/What Nova says here is from/)).toBeVisible({ timeout: 30_000 });
  await cloud.repair('nova');
  await expect(page.getByText(/What Nova says here is from/)).toBeHidden({ timeout: 30_000 });
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
