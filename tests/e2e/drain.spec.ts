import { actingVariables, endRivals, signIn } from './support/acting';
import { expectAccessible } from './support/axe';
import { expectReflow } from './support/reflow';
import { expect, type Page, resize, shoot, test } from './support/test';

/** A host that is proven, closed, drained and brought back. What moves changes its place, so that shifts are expected. */

test.use({
  setup: { hosts: 12, servers: 120, variables: { ...actingVariables(), ACTIONS: 'service' } },
  shiftless: false,
});

/** The open host with the fewest VMs that all fit elsewhere. */
async function smallHost(page: Page, url: string): Promise<string> {
  const { hosts } = await (await page.request.get(`${url}/api/v1/hosts/?limit=100&sort=vms&order=asc`)).json();
  const open = hosts.filter(
    (host: { vms: number; status: string; state: string }) =>
      host.vms > 2 && host.status === 'enabled' && host.state === 'up',
  );
  for (const { name } of open) {
    const { drain, counts } = await (await page.request.get(`${url}/api/v1/hosts/${name}/drain/`)).json();
    if (drain.length === 0 && counts.blocks === 0 && counts.cold === 0) return name;
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
