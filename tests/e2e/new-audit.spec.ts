import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sendToWatcher } from './support/acting';
import { expectAccessible } from './support/axe';
import { expect, type Page, resize, shoot, test } from './support/test';

/** Creating an audit with a person’s own account, and looking after those that repeat. */

const VARIABLES = {
  AUTH: 'keystone',
  AUTH_SECRET: 'sealing-secret-0123456789-0123456789',
  ACTIONS: 'person',
  DATA_DIR: mkdtempSync(path.join(tmpdir(), 'visio-new-audit-')),
  DASHBOARD_CACHE_TTL: '15',
};

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in/');
  await page.getByLabel('User').fill('ops');
  await page.getByLabel('Password').fill('simulated');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
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
  // What needs attention comes first, so an act on an audit moves its row.

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
    await expect(row).toContainText('By ops: freeze.');
    await resize(page, { width: 390, height: 844 });
    await shoot(page, 'repeating-phone');
    await expectAccessible(page, 'repeating audits, phone');
  });

  test('ask first from now on: one that starts its plans is ended, and created again', async ({ page, cloud }) => {
    test.setTimeout(120_000);
    await sendToWatcher(page, cloud, {
      path: 'audits',
      data: {
        name: 'storms',
        audit_type: 'CONTINUOUS',
        goal: 'workload_balancing',
        strategy: 'workload_stabilization',
        interval: '3600',
        auto_trigger: true,
      },
    });
    await signIn(page);
    const panel = page.getByRole('region', { name: 'Starts plans without asking' });
    // Watcher is read again after a while.
    await expect(async () => {
      await page.goto('/plans/repeating/');
      await expect(panel).toContainText('storms', { timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await expect(page.getByRole('heading', { level: 1 })).toContainText('1 audit starts plans without asking');
    await shoot(page, 'repeating-starts');
    await expectAccessible(page, 'repeating audits, one starts plans');
    await panel.getByRole('button', { name: 'Ask me first from now on… storms' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('Name of the new audit')).toHaveValue('storms-2');
    await dialog.getByLabel('Why').fill('nobody looked at 23 moves');
    await dialog.getByLabel('Password of ops').fill('simulated');
    await shoot(page, 'ask-first-dialog');
    await expectAccessible(page, 'ask first, dialog');
    await dialog.getByRole('button', { name: 'Ask me first' }).click();
    await expect(dialog).toHaveCount(0, { timeout: 20_000 });
    await expect(panel).toHaveCount(0, { timeout: 20_000 });
    await expect(page.getByRole('row', { name: /^storms-2/ })).toContainText('You decide');
    await page.goto('/activity/');
    await expect(page.getByRole('row', { name: /storms.*nobody looked at 23 moves.*Done/ }).first()).toBeVisible();
  });
});
