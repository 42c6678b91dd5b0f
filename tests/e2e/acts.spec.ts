import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectAccessible } from './support/axe';
import { expect, type Page, shoot, test } from './support/test';

/** Deciding, acting and looking it up, with a person’s own account. */

const VARIABLES = {
  AUTH: 'keystone',
  AUTH_SECRET: 'sealing-secret-0123456789-0123456789',
  ACTIONS: 'person',
  DATA_DIR: mkdtempSync(path.join(tmpdir(), 'visio-acts-')),
};

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in/');
  await page.getByLabel('User').fill('ops');
  await page.getByLabel('Password').fill('simulated');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test.use({ setup: { hosts: 12, servers: 120, variables: VARIABLES } });

test.describe('a plan that waits', () => {
  test('is started by keyboard alone, watched, and found in the journal', async ({ page }) => {
    await signIn(page);
    await page.goto('/plans/');
    await page.getByRole('link', { name: 'stabilize-production' }).first().click();
    const bar = page.getByRole('region', { name: 'Start this plan' });
    const start = bar.getByRole('button', { name: /^Start \d+ moves?…/ });
    await expect(start).toBeEnabled({ timeout: 20_000 });
    await start.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Checked again')).toBeVisible({ timeout: 20_000 });
    await shoot(page, 'act-start-dialog');
    await expectAccessible(page, 'start dialog');
    const confirm = dialog.getByRole('button', { name: /^Start \d+ move/ });
    await expect(confirm).toBeDisabled();
    await dialog.getByLabel('Why').fill('hot hosts before the peak, OPS-431');
    const number = dialog.getByLabel('VMs that will move');
    const wanted = /Type (\d+)/.exec((await dialog.textContent()) ?? '')?.[1] ?? '';
    await number.fill('1');
    await expect(confirm).toBeDisabled();
    await number.fill(wanted);
    await dialog.getByLabel('Password of ops').fill('simulated');
    for (const choice of await dialog.getByRole('checkbox').all()) await choice.check();
    await expect(confirm).toBeEnabled();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/run\/$/, { timeout: 20_000 });
    await expect(page.getByText('OPS-431')).toBeVisible();
    await shoot(page, 'act-run');
    await page.goto('/activity/');
    await expect(
      page.getByRole('row', { name: /Started the plan.*stabilize-production.*OPS-431.*Done/ }),
    ).toBeVisible();
    await shoot(page, 'act-journal');
    await expectAccessible(page, 'journal');
  });
});
