import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectAccessible } from './support/axe';
import { expect, type Page, resize, shoot, test } from './support/test';

/** Creating an audit with a person’s own account, and looking after those that repeat. */

const VARIABLES = {
  AUTH: 'keystone',
  AUTH_SECRET: 'sealing-secret-0123456789-0123456789',
  ACTIONS: 'person',
  DATA_DIR: mkdtempSync(path.join(tmpdir(), 'visio-new-audit-')),
};

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in/');
  await page.getByLabel('User').fill('ops');
  await page.getByLabel('Password').fill('simulated');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Sends Watcher a request that somebody with another tool might send. */
async function askWatcher(cloud: string, [method, path]: [string, string], body: unknown): Promise<void> {
  const domain = { id: 'default' };
  const identity = { methods: ['password'], password: { user: { name: 'ops', password: 'simulated', domain } } };
  const auth = { identity, scope: { project: { name: 'admin', domain } } };
  const send = (address: string, how: RequestInit) => fetch(`${cloud}${address}`, how);
  const signedIn = await send('/identity/v3/auth/tokens', { method: 'POST', body: JSON.stringify({ auth }) });
  const headers = { 'x-auth-token': signedIn.headers.get('x-subject-token') ?? '', 'content-type': 'application/json' };
  const answer = await send(`/infra-optim/v1/${path}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`Watcher answers ${answer.status}: ${await answer.text()}`);
}

test.use({ setup: { hosts: 12, servers: 120, variables: VARIABLES } });

test.describe('a new audit', () => {
  test('is created by keyboard alone, and followed to its plan', async ({ page }) => {
    await signIn(page);
    await page.goto('/audits/new/');
    const will = page.getByRole('region', { name: 'What will happen' });
    await expect(will).toContainText('12 hosts');
    await shoot(page, 'new-audit-light');
    await expectAccessible(page, 'new audit');
    const create = will.getByRole('button', { name: 'Create audit…' });
    await expect(create).toBeDisabled();
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.type('12345');
    await expect(will).toContainText('A name of digits only');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('even-out');
    await page.getByRole('checkbox', { name: 'Run although another plan runs' }).focus();
    await page.keyboard.press('Space');
    await expect(create).toBeEnabled();
    await create.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why').fill('az-a runs hot, OPS-7');
    await dialog.getByLabel('Password of ops').fill('simulated');
    await shoot(page, 'new-audit-dialog');
    await expectAccessible(page, 'new audit, dialog');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/audits\/[0-9a-f-]{36}\/plans\//, { timeout: 30_000 });
    await expect(page.getByRole('heading', { level: 1 })).toContainText('even-out');
    await page.goto('/activity/');
    await expect(page.getByRole('row', { name: /Created the audit.*even-out.*OPS-7.*Done/ })).toBeVisible();
  });

  test('says what is wrong with its settings, and when it would run', async ({ page }) => {
    await signIn(page);
    await page.goto('/audits/new/');
    await page.getByLabel('Begin with usual settings').selectOption('Even out CPU, every weekday night');
    await expect(page.getByText('Weekdays at 02:00 UTC').first()).toBeVisible();
    await page.getByLabel('How often').fill('0 25 * * *');
    await expect(page.getByText('outside its field').first()).toBeVisible();
    await page.getByLabel('Targets chosen by').selectOption('retry');
    await page.getByLabel('Tries').fill('12');
    await expect(page.getByText('Use 1 to 11.').first()).toBeVisible();
    await page.getByRole('radio', { name: /Empty one host/ }).check();
    await page.getByLabel('Host to empty').fill('nowhere');
    await expect(page.getByText('Nova has no host with this name.').first()).toBeVisible();
  });

  test('fits a phone', async ({ page }) => {
    await signIn(page);
    await resize(page, { width: 390, height: 844 });
    await page.goto('/audits/new/?like=balance-every-10-min');
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('balance-every-10-min-2');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await shoot(page, 'new-audit-phone');
    await expectAccessible(page, 'new audit, phone');
  });
});

test.describe('audits that repeat', () => {
  test('ask first, if they started their plans', async ({ page, cloud }) => {
    await askWatcher(cloud.url, ['POST', 'audits'], {
      name: 'trickle-az-a',
      audit_type: 'CONTINUOUS',
      goal: 'workload_balancing',
      strategy: 'workload_balance',
      interval: '900',
      auto_trigger: true,
    });
    const odd = [{ op: 'replace', path: '/interval', value: 'every day' }];
    await askWatcher(cloud.url, ['PATCH', 'audits/paused'], odd);
    await signIn(page);
    await expect(async () => {
      await page.goto('/plans/repeating/');
      await expect(page.getByRole('heading', { level: 1 })).toContainText('1 audit starts plans', { timeout: 1_000 });
    }).toPass();
    const panel = page.getByRole('region', { name: 'Starts plans without asking' });
    await expect(panel).toContainText(/trickle-az-a moved/);
    await shoot(page, 'repeating-starts-light');
    await expectAccessible(page, 'audits that start plans');
    await panel.getByRole('button', { name: /Ask me first from now on/ }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('First, trickle-az-a is ended.');
    await expect(dialog.getByLabel('Name of the new audit')).toHaveValue('trickle-az-a-2');
    await dialog.getByLabel('Why').fill('it moves VMs back and forth');
    await dialog.getByLabel('Password of ops').fill('simulated');
    await shoot(page, 'repeating-ask-first');
    await page.keyboard.press('Enter');
    const row = page.getByRole('row', { name: /trickle-az-a-2/ });
    await expect(row).toContainText('You decide', { timeout: 20_000 });
    await expect(panel).toHaveCount(0);
  });

  test('are suspended with a reason', async ({ page }) => {
    await signIn(page);
    await page.goto('/plans/repeating/');
    const row = page.getByRole('row', { name: /balance-every-10-min/ });
    await expect(row).toContainText('every 10');
    await shoot(page, 'repeating-light');
    await expectAccessible(page, 'repeating audits');
    await row.getByRole('button', { name: 'Suspend… balance-every-10-min' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('makes its plan all the same');
    await dialog.getByLabel('Why').fill('freeze');
    await dialog.getByLabel('Password of ops').fill('simulated');
    await dialog.getByRole('button', { name: 'Suspend' }).click();
    await expect(row).toContainText('Suspended for');
    await resize(page, { width: 390, height: 844 });
    await shoot(page, 'repeating-phone');
    await expectAccessible(page, 'repeating audits, phone');
  });
});
