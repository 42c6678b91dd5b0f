import { actingVariables, barOf, decide, endRivals, openPlan, planPath, refresh, START } from './support/acting';
import { expectAccessible } from './support/axe';
import { cloudVariables, startApp } from './support/servers';
import { expect, resize, shoot, test } from './support/test';

/** Every refusal of an act, in the bar and in the dialog: what it says, and what it offers instead. */

// Refusals appear while a page is open; what is read again soon shows them soon.
const VARIABLES = { ...actingVariables(), DASHBOARD_CACHE_TTL: '5' };
test.use({ setup: { hosts: 12, servers: 120, seconds: 5, variables: VARIABLES }, shiftless: false });

const AUDIT = 'stabilize-production';

type Case = {
  name: string;
  audit?: string;
  state?: string;
  user?: string;
  says: RegExp;
  offers: string | RegExp;
  /** Breaks the simulated cloud, and repairs it. */
  breaks?: [control: string, broken: unknown, repaired: unknown];
};

const CASES: Case[] = [
  {
    name: 'may look',
    user: 'reader',
    says: /You may look, not act: acting needs the role admin/,
    offers: /^Copy link for someone who may/,
  },
  {
    name: 'replaced',
    audit: 'balance-every-10-min',
    state: 'CANCELLED',
    says: /A newer plan replaced this one at/,
    offers: 'Open the newer plan',
  },
  { name: 'expired', audit: 'expired', says: /This plan expired at/, offers: 'Other plans of this audit' },
  {
    name: 'started already',
    audit: 'just-started',
    says: /This plan has been started already: it is PENDING/,
    offers: 'Watch',
  },
  { name: 'no applier', says: /Nothing would run this plan/, offers: 'Doctor', breaks: ['appliers', 0, 1] },
  { name: 'another runs', says: /is running|waits to run/, offers: /^Tell me when .* is done$/ },
];

for (const { name, audit = AUDIT, state, user, says, offers, breaks } of CASES) {
  test(`the bar says what is in the way, and what else can be done: ${name}`, async ({ page, app, cloud }) => {
    if (breaks) await cloud.set(breaks[0], breaks[1]);
    const bar = await openPlan(page, app, audit, { user, state });
    await expect(bar).toContainText(says, { timeout: 20_000 });
    await expect(bar.getByRole('button', { name: offers }).or(bar.getByRole('link', { name: offers }))).toBeVisible();
    const mayStart = name === 'another runs' ? 1 : 0;
    await expect(bar.getByRole('button', { name: START })).toHaveCount(mayStart);
    if (user === 'reader') {
      await expect(bar.getByRole('button', { name: /Refuse|Archive/ })).toHaveCount(0);
      await expect(page.getByRole('button', { name: /Signed in as reader/ })).toContainText('may look');
      await expectAccessible(page, 'start bar, may look');
    }
    await bar.screenshot({ path: `test-results/screens/act-bar-${name.replaceAll(' ', '-')}.png` });
    if (breaks) await cloud.set(breaks[0], breaks[2]);
  });
}

test('without Nova nothing can be checked, until it answers again', async ({ page, app, cloud, watch }) => {
  watch.allow(/503/);
  await openPlan(page, app, AUDIT);
  await cloud.break('nova', { status: 503 });
  await page.reload();
  const bar = barOf(page);
  await expect(bar).toContainText(/Nova/, { timeout: 20_000 });
  await expect(bar.getByRole('link', { name: 'Doctor' })).toBeVisible();
  await cloud.repair('nova');
  await bar.getByRole('button', { name: 'Retry now' }).click();
  await expect(bar.getByRole('button', { name: START })).toBeVisible({ timeout: 20_000 });
});

test('the page tells when the other plan is done, and then starts nothing', async ({ page, app, cloud }) => {
  const bar = await openPlan(page, app, AUDIT);
  const tell = bar.getByRole('button', { name: /^Tell me when/ });
  await tell.click();
  await expect(tell).toHaveAttribute('aria-pressed', 'true');
  await endRivals(cloud);
  await expect(async () => {
    // A check reads the plans again.
    await page.request.get(`/api/v1${new URL(page.url()).pathname}check/`);
    await refresh(page);
    await expect(page).toHaveTitle(/ is done/, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await expect(bar.getByRole('button', { name: /^Start \d+ moves…/ })).toBeEnabled({ timeout: 20_000 });
});

test('old loads are no obstacle, but said', async ({ page, app, cloud, watch }) => {
  watch.allow(/503/);
  await endRivals(cloud);
  const bar = await openPlan(page, app, AUDIT);
  await expect(bar.getByRole('button', { name: START })).toBeEnabled({ timeout: 20_000 });
  await cloud.break('prometheus', { status: 503 });
  await expect(async () => {
    await refresh(page);
    await expect(bar).toContainText(/Loads are from/, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  const dialog = await decide(page, bar);
  await expect(dialog).toContainText(/Loads are from/, { timeout: 20_000 });
  await cloud.repair('prometheus');
  await dialog.getByRole('button', { name: 'Don’t start' }).click();
  await expect(async () => {
    await refresh(page);
    await expect(bar).not.toContainText(/Loads are from/, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
});

test.describe('another server', () => {
  test('on which acting is off has the commands', async ({ page, cloud, watch }) => {
    watch.allow(/another origin/);
    const off = await startApp(cloudVariables(cloud.url));
    await page.goto(`${off.url}${await planPath(page, off.url, { audit: 'consolidate-basic' })}`);
    const bar = barOf(page);
    await expect(bar).toContainText('Acting is switched off here', { timeout: 20_000 });
    await expect(bar.getByRole('button', { name: START })).toHaveCount(0);
    await bar.getByRole('button', { name: 'Commands…' }).click();
    const commands = page.getByRole('region', { name: 'Commands' });
    await expect(commands).toContainText('openstack optimize actionplan start');
    await expectAccessible(page, 'commands');
    await off.stop();
  });

  test('over an older Watcher starts all moves or none', async ({ page, app, cloud }) => {
    await cloud.set('release', '2025.1');
    const bar = await openPlan(page, app, 'consolidate-basic');
    await page
      .getByRole('checkbox', { name: /^Run the move of/ })
      .first()
      .uncheck();
    await expect(bar).toContainText(/This Watcher \(2025\.1 or older\) can’t skip/, { timeout: 20_000 });
    await expect(bar.getByRole('button', { name: 'Commands…' })).toBeVisible();
    await expect(bar.getByRole('button', { name: START })).toHaveCount(0);
    await bar.getByRole('button', { name: 'Tick all moves' }).click();
    await expect(bar.getByRole('button', { name: START })).toBeEnabled();
    await resize(page, { width: 390, height: 844 });
    await shoot(page, 'act-decide-phone-light');
  });
});
