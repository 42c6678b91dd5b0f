import { actingVariables, endRivals, signIn } from './support/acting';
import { expectAccessible } from './support/axe';
import { expectReflow } from './support/reflow';
import { cloudVariables, startApp } from './support/servers';
import { expect, type Page, resize, shoot, test } from './support/test';

/** A host that is proven, closed, drained and brought back. What moves changes its place, so that shifts are expected. */

test.use({
  setup: { hosts: 12, servers: 120, variables: { ...actingVariables(), ACTIONS: 'service' } },
  shiftless: false,
});

/** The open host with the fewest VMs that all fit elsewhere, and can be moved in this way. */
async function smallHost(page: Page, url: string, way: 'drain' | 'maintain' = 'drain'): Promise<string> {
  const { hosts } = await (await page.request.get(`${url}/api/v1/hosts/?limit=100&sort=vms&order=asc`)).json();
  const open = hosts.filter(
    (host: { vms: number; status: string; state: string }) =>
      host.vms > 2 && host.status === 'enabled' && host.state === 'up',
  );
  for (const { name } of open) {
    const { [way]: refusals, counts } = await (await page.request.get(`${url}/api/v1/hosts/${name}/drain/`)).json();
    if (refusals.length === 0 && counts.blocks === 0 && counts.cold === 0) return name;
  }
  throw new Error('The simulated cloud has no host that can be drained.');
}

async function decide(page: Page, button: RegExp, reason: string): Promise<void> {
  const opener = page.getByRole('region', { name: 'Drain this host' }).getByRole('button', { name: button });
  await expect(opener).toBeEnabled({ timeout: 20_000 });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill(reason);
  const wanted = /Type (\d+) to confirm/.exec((await dialog.textContent()) ?? '')?.[1];
  if (wanted !== undefined) await dialog.getByLabel('VMs that will move').fill(wanted);
}

test('a host is drained to empty and brought back, by keyboard', async ({ page, cloud, app }) => {
  test.setTimeout(300_000);
  await endRivals(cloud);
  await cloud.set('migrations', { seconds: 1 });
  await signIn(page, app.url);
  const host = await smallHost(page, app.url);
  await page.goto(`${app.url}/hosts/${host}/`);
  await page.getByRole('link', { name: 'Drain this host…' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    new RegExp(`^All \\d+ VMs of ${host} fit elsewhere$`),
  );
  await expect(page.getByText('Nothing has been done yet:')).toBeVisible();
  await shoot(page, 'act-drain-light');
  await expectAccessible(page, 'drain');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'act-drain-dark');
  await expectReflow(page, 'drain');
  await resize(page, { width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot(page, 'act-drain-phone');
  await expectAccessible(page, 'drain, phone');
  await resize(page, { width: 1440, height: 900 });

  await decide(page, /^Close and move \d+…$/, 'swap fans, OPS-412');
  await shoot(page, 'act-drain-dialog');
  await expectAccessible(page, 'drain dialog');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByText('The host is closed:')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/Closed by ops at .+: swap fans, OPS-412/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Watch, pause or end the moves' })).toBeVisible();
  await shoot(page, 'act-drain-moving');
  // Each step is measured for two minutes; the first VM has left by then.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\d+ of \d+ VMs left on /);
  await page.getByRole('link', { name: 'Watch, pause or end the moves' }).click();
  await expect(page).toHaveURL(/\/runs\//);
});

test('a host is closed only, found out of service, and opened again', async ({ page, cloud, app }) => {
  test.setTimeout(120_000);
  await endRivals(cloud);
  await signIn(page, app.url);
  const host = await smallHost(page, app.url);
  await page.goto(`${app.url}/hosts/${host}/drain/`);
  await decide(page, /^Close only…$/, 'bad NIC');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The host is closed but not empty, and nothing moves its VMs now.')).toBeVisible({
    timeout: 30_000,
  });
  await page.goto(`${app.url}/hosts/?show=out-of-service`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\d+ of \d+ hosts are out of service/);
  const row = page.getByRole('row', { name: new RegExp(host) });
  await expect(row).toContainText('Closed, not empty');
  await expect(row).toContainText('bad NIC');
  await expect(row).toContainText('ops');
  await shoot(page, 'act-out-of-service-light');
  await expectAccessible(page, 'out of service');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'act-out-of-service-dark');
  await expectReflow(page, 'out of service');
  await resize(page, { width: 390, height: 844 });
  await shoot(page, 'act-out-of-service-phone');
  await expectAccessible(page, 'out of service, phone');
  await resize(page, { width: 1440, height: 900 });
  await page.goto(`${app.url}/hosts/${host}/`);
  await expect(page.getByText(/Closed by ops at .+: bad NIC/)).toBeVisible();
  await page.getByRole('link', { name: 'Drain or bring back…' }).click();
  await decide(page, /^Bring it back…$/, 'NIC replaced');
  await page.getByRole('dialog').getByRole('checkbox').uncheck();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Open ${host}` })
    .press('Enter');
  await expect(page.getByText('Nothing has been done yet:')).toBeVisible({ timeout: 30_000 });
});

test('a VM that must not move blocks, with words for the person who can change that', async ({ page, app }) => {
  await signIn(page, app.url);
  const host = await smallHost(page, app.url);
  const { vms } = await (await page.request.get(`${app.url}/api/v1/hosts/${host}/drain/`)).json();
  const { id, name } = vms.find(({ kind }: { kind: string }) => kind === 'live');
  const change = async (path: string) => {
    const headers = { origin: app.url, 'idempotency-key': `${path}-${id}` };
    const sent = await page.request.post(`${app.url}/api/v1/servers/${id}/${path}/`, {
      headers,
      data: { reason: 'licence bound to the host' },
    });
    expect(sent.status(), await sent.text()).toBe(200);
  };
  await change('mark');
  await page.goto(`${app.url}/hosts/${host}/drain/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\d+ of \d+ VMs of .+ fit elsewhere, 1 blocks$/);
  const row = page.getByRole('row', { name: new RegExp(`^${name} `) });
  await expect(row).toContainText('marked by ops: licence bound to the host');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await row.getByRole('button', { name: /^Copy for owner/ }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`The host ${host} is to be drained for maintenance, and your VM ${name} (${id}`);
  expect(copied).toContain('licence bound to the host');
  await shoot(page, 'act-drain-blocked');
  await expectAccessible(page, 'drain, blocked');
  await change('unmark');
});

test('where Watcher offers no list of moves, it makes a plan that somebody starts', async ({
  browser,
  cloud,
  setup,
}) => {
  test.setTimeout(120_000);
  // The page that is watched belongs to the other server.
  const context = await browser.newContext();
  const page = await context.newPage();
  await endRivals(cloud);
  await cloud.set('withheld', ['actuator']);
  // A server that has not asked yet what Watcher offers.
  const { url, stop } = await startApp({
    ...cloudVariables(cloud.url),
    ...setup.variables,
    ...actingVariables(),
    ACTIONS: 'service',
  });
  try {
    await signIn(page, url);
    const host = await smallHost(page, url, 'maintain');
    await page.goto(`${url}/hosts/${host}/drain/`);
    await expect(page.getByText(/takes every VM, also those you would leave/)).toBeVisible();
    await shoot(page, 'act-drain-maintenance');
    await expectAccessible(page, 'drain by host_maintenance');
    await decide(page, /^Close and ask for a plan…$/, 'swap fans, OPS-412');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/Closed by ops at .+: swap fans, OPS-412/)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Look at the plan and start it' }).click({ timeout: 60_000 });
    await expect(page).toHaveURL(/\/plans\//);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`drain-${host}`);
  } finally {
    await context.close();
    await stop();
    await cloud.set('withheld', []);
  }
});

test('people who may look see the proof and what role acting needs', async ({ page, app }) => {
  await signIn(page, app.url, 'reader');
  const host = await smallHostForReaders(page, app.url);
  await page.goto(`${app.url}/hosts/${host}/drain/`);
  const bar = page.getByRole('region', { name: 'Drain this host' });
  await expect(bar).toContainText('You may look, not act');
  await expect(bar.getByRole('button')).toHaveCount(0);
});

async function smallHostForReaders(page: Page, url: string): Promise<string> {
  const { hosts } = await (await page.request.get(`${url}/api/v1/hosts/?limit=1`)).json();
  return hosts[0].name;
}
