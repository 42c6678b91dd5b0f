import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectAccessible } from './support/axe';
import { expectReflow } from './support/reflow';
import { expect, shoot, test } from './support/test';

/** A careful run, begun, watched, paused and ended in a browser. The account of the server acts. */

const VARIABLES = {
  AUTH: 'keystone',
  AUTH_SECRET: 'sealing-secret-0123456789-0123456789',
  ACTIONS: 'service',
  DATA_DIR: mkdtempSync(path.join(tmpdir(), 'visio-careful-')),
};

test.use({ setup: { hosts: 12, servers: 120, variables: VARIABLES } });

test('moves one VM first, and is paused, gone on with and ended by keyboard', async ({ page, cloud }) => {
  test.setTimeout(150_000);
  // The plans that run end, so that nothing stands in the way.
  for (const name of ['by-hand', 'being-stopped', 'just-started']) await cloud.set(`plans/${name}`, 'end');
  await cloud.set('migrations', { seconds: 1 });
  await page.goto('/sign-in/');
  await page.getByLabel('User').fill('ops');
  await page.getByLabel('Password').fill('simulated');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('/plans/');
  await page.getByRole('link', { name: 'stabilize-production' }).first().click();
  const bar = page.getByRole('region', { name: 'Start this plan' });
  const careful = bar.getByRole('button', { name: 'Careful run…' });
  await expect(careful).toBeVisible({ timeout: 30_000 });
  await careful.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('the first alone, the others in steps')).toBeVisible({ timeout: 20_000 });
  await dialog.getByLabel('Size of the steps').selectOption('2 at a time');
  await dialog.getByLabel('Why').fill('hot hosts before the peak, OPS-431');
  const wanted = /Type (\d+)/.exec((await dialog.textContent()) ?? '')?.[1] ?? '';
  await dialog.getByLabel('VMs that will move').fill(wanted);
  await shoot(page, 'act-careful-dialog');
  await expectAccessible(page, 'careful dialog');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/runs\//, { timeout: 20_000 });
  await expect(page.getByText('OPS-431')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Step 1' })).toContainText(/Moving|Measuring/, {
    timeout: 40_000,
  });
  await shoot(page, 'act-careful-run');
  await expectAccessible(page, 'careful run');
  await expectReflow(page, 'careful run');

  const decide = async (button: string, confirm: string) => {
    await page.getByRole('button', { name: button }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: confirm }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  await decide('Pause…', 'Pause');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paused');
  await decide('Go on…', 'Go on');
  await expect(page.getByRole('button', { name: 'Pause…' })).toBeVisible();
  await decide('End here…', 'End here');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('not started');
  await shoot(page, 'act-careful-ended');
  await page.goto('/activity/');
  await expect(page.getByText('OPS-431').first()).toBeVisible();
});
