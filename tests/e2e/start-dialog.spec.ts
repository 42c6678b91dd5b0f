import path from 'node:path';
import Database from 'libsql';
import {
  actingVariables,
  decide,
  endRivals,
  fillStart,
  openPlan,
  planPath,
  refresh,
  startInWatcher,
  submitOf,
} from './support/acting';
import { expectAccessible } from './support/axe';
import { expect, type Locator, resize, shoot, test } from './support/test';

/** What the dialog of a start says when things change while it is open, or when the start does not work. */

const VARIABLES = actingVariables();

test.use({ setup: { hosts: 12, servers: 120, seconds: 5, variables: VARIABLES }, shiftless: false });

const AUDIT = 'stabilize-production';

/** What went wrong with the act; a check that changed is said beside it, as a warning. */
const problem = (dialog: Locator) => dialog.locator('[role="alert"][data-tone="error"]');

test.beforeAll(({ cloud }) => endRivals(cloud));

test('counts the tries that are left for the password, and wants the right number', async ({ page, app, watch }) => {
  watch.allow(/403/);
  const bar = await openPlan(page, app, AUDIT);
  const dialog = await decide(page, bar);
  await fillStart(dialog, 'hot hosts', 'wrong');
  await expect(dialog.getByLabel('Why')).toHaveValue('hot hosts');
  await dialog.getByLabel(/VMs that/).fill('1');
  await expect(submitOf(dialog)).toBeDisabled();
  await expect(dialog.getByText('Left: the number')).toBeVisible();
  await fillStart(dialog, 'hot hosts', 'wrong');
  await submitOf(dialog).click();
  await expect(problem(dialog)).toHaveText(/Keystone refused .* \d tr(y|ies) left, then a pause of 5 min\./);
  await expectAccessible(page, 'start dialog, password refused');
  await shoot(page, 'act-dialog-refused-dark');
  await resize(page, { width: 390, height: 844 });
  await expectAccessible(page, 'start dialog, phone');
  await shoot(page, 'act-dialog-phone-dark');
  await page.emulateMedia({ forcedColors: 'active' });
  await shoot(page, 'act-dialog-phone-forced');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('says what has changed, and forgets the number', async ({ page, app, cloud, watch }) => {
  watch.allow(/409/);
  const bar = await openPlan(page, app, AUDIT);
  const { moves } = await (await page.request.get(`/api/v1${new URL(page.url()).pathname}run/`)).json();
  const [first] = moves;
  const dialog = await decide(page, bar);
  await fillStart(dialog, 'hot hosts');
  await cloud.remove(`servers/${first.vm_name}`);
  await submitOf(dialog).click();
  await expect(dialog.getByText('Not started.')).toBeVisible({ timeout: 20_000 });
  await expect(dialog.getByText('Nothing was changed.')).toBeVisible();
  await expect(dialog.getByText('Something has changed.')).toBeVisible({ timeout: 20_000 });
  await expect(dialog.getByLabel(/VMs that/)).toHaveValue('');
  await shoot(page, 'act-dialog-changed-light');
  await dialog.getByRole('button', { name: 'Don’t start' }).click();
  await refresh(page);
  await expect(bar).toContainText(/1 of these \d+ moves would fail:/, { timeout: 20_000 });
  await expect(bar.getByRole('button', { name: 'Start with them anyway…' })).toBeVisible();
  await bar.getByRole('button', { name: 'Leave it out' }).click();
  await expect(bar).toContainText('1 action is left out.');
  await expect(bar.getByRole('button', { name: /^Start \d+ moves…/ })).toBeEnabled();
});

test('hands over the commands if Watcher’s policy refuses late', async ({ page, app, cloud, watch }) => {
  watch.allow(/409/);
  const bar = await openPlan(page, app, 'consolidate-night');
  const dialog = await decide(page, bar);
  await fillStart(dialog, 'night shift');
  await cloud.break('watcher', { status: 403, writes: true, times: 1 });
  await submitOf(dialog).click();
  await expect(problem(dialog)).toHaveText(/Not started\. Watcher refused to start the plan.* Nothing was changed\./, {
    timeout: 20_000,
  });
  await dialog.getByRole('button', { name: 'Commands…' }).click();
  await expect(page.getByRole('region', { name: 'Commands' })).toContainText('openstack');
});

test('says that moves are skipped for good although the start did not work', async ({ page, app, cloud, watch }) => {
  watch.allow(/502/);
  const bar = await openPlan(page, app, 'consolidate-night');
  await page
    .getByRole('checkbox', { name: /^Run the move of/ })
    .first()
    .uncheck();
  await expect(bar).toContainText(/left out\./);
  const dialog = await decide(page, bar);
  await fillStart(dialog, 'night shift');
  await cloud.set('plans/consolidate-night', 'expire-after-skip');
  await submitOf(dialog).click();
  await expect(problem(dialog)).toHaveText(/Not started\. .*skipped for good\./, { timeout: 20_000 });
});

test('starts nothing twice: another admin was faster', async ({ page, app, cloud, watch }) => {
  watch.allow(/409/);
  await cloud.set('plans/half-outdated', 'hold');
  const bar = await openPlan(page, app, 'half-outdated');
  const dialog = await decide(page, bar);
  await fillStart(dialog, 'hot hosts');
  await startInWatcher(
    page,
    cloud,
    (await planPath(page, app.url, { audit: 'half-outdated' })).split('/').at(-2) ?? '',
  );
  await submitOf(dialog).click();
  await expect(dialog.getByText('Not started.')).toBeVisible({ timeout: 20_000 });
  await expect(dialog.getByText('It can’t be started now.')).toBeVisible({ timeout: 20_000 });
  await dialog.getByRole('button', { name: 'Don’t start' }).click();
  await refresh(page);
  await expect(bar.getByRole('link', { name: 'Watch' })).toBeVisible({ timeout: 20_000 });
});

test('finds out what became of a start whose answer was lost', async ({ page, app, watch }) => {
  watch.allow(/ERR_|Failed to load/);
  const bar = await openPlan(page, app, AUDIT);
  const dialog = await decide(page, bar);
  await fillStart(dialog, 'hot hosts');
  await page.route('**/start/', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await submitOf(dialog).click();
  await expect(dialog.getByText('Unknown whether it started.')).toBeVisible({ timeout: 20_000 });
  await expect(page).toHaveURL(/\/run\/$/, { timeout: 20_000 });
});

test('changes nothing while the journal can’t be written', async ({ page, app, watch }) => {
  watch.allow(/503/);
  const bar = await openPlan(page, app, 'consolidate-basic');
  const dialog = await decide(page, bar);
  await fillStart(dialog, 'night shift');
  // Another process writes, and does not end.
  const other = new Database(path.join(VARIABLES.DATA_DIR ?? '', 'watcher-visio.db'));
  other.exec('BEGIN IMMEDIATE');
  await submitOf(dialog).click();
  await expect(problem(dialog)).toContainText('The journal can’t be written', { timeout: 30_000 });
  other.exec('ROLLBACK');
  other.close();
});
