import { actingVariables, barOf, endRivals, planPath, signIn } from './support/acting';
import { expectAccessible } from './support/axe';
import { expect, type Locator, type Page, shoot, test } from './support/test';

/** Deciding, acting and looking it up, with a person’s own account. */

async function signInByForm(page: Page): Promise<void> {
  await page.goto('/sign-in/');
  await page.getByLabel('User').fill('ops');
  await page.getByLabel('Password').fill('simulated');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test.use({ setup: { hosts: 12, servers: 120, seconds: 60, variables: actingVariables() } });

test.describe('a plan that waits', () => {
  test('is started by keyboard alone, watched, and stopped, and found in the journal', async ({ page, cloud }) => {
    test.setTimeout(90_000);
    await endRivals(cloud);
    await signInByForm(page);
    await page.goto('/plans/');
    await page.getByRole('link', { name: 'stabilize-production' }).first().click();
    const bar = page.getByRole('region', { name: 'Start this plan' });
    const start = bar.getByRole('button', { name: /^Start \d+ moves?…/ });
    // A check may be ten seconds old; the page then asks again.
    await expect(start).toBeEnabled({ timeout: 40_000 });
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
    await press(page, page.getByRole('button', { name: 'Abort…' }).first());
    await expect(page.getByRole('dialog', { name: /^Abort the move of/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await press(page, page.getByRole('button', { name: 'Stop…' }));
    await expectAccessible(page, 'stop dialog');
    await press(page, page.getByRole('dialog').getByRole('button', { name: 'Stop' }));
    await expect(page.getByText(/Stopped by ops/).first()).toBeVisible({ timeout: 20_000 });
    await page.goto('/activity/');
    await expect(
      page.getByRole('row', { name: /Started the plan.*stabilize-production.*OPS-431.*Done/ }),
    ).toBeVisible();
    await shoot(page, 'act-journal');
    await expectAccessible(page, 'journal');
  });
});

/** Presses a button by keyboard. */
async function press(page: Page, button: Locator): Promise<void> {
  await expect(button).toBeEnabled({ timeout: 20_000 });
  await button.focus();
  await page.keyboard.press('Enter');
}

async function confirmBy(page: Page, reason: string, button: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill(reason);
  const password = dialog.getByLabel(/^Password/);
  if (await password.isVisible()) await password.fill('simulated');
  await expect(dialog.getByRole('button', { name: button })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0, { timeout: 20_000 });
}

test.describe('by keyboard alone', () => {
  test.use({ shiftless: false });

  test('a single move is skipped for good, and a plan is refused and archived', async ({ page, app }) => {
    await signIn(page, app.url);
    const path = await planPath(page, app.url, { audit: 'consolidate-basic' });
    await page.goto(path);
    const tick = page.getByRole('checkbox', { name: /^Run the move of/ }).first();
    await tick.focus();
    await page.keyboard.press('Space');
    await press(page, page.getByRole('button', { name: /^Skip for good…/ }).first());
    await expectAccessible(page, 'skip dialog');
    await confirmBy(page, 'licence', /^Skip it for good$/);
    await expect(page.getByText(/Reason: licence/).first()).toBeVisible({ timeout: 20_000 });
    await press(page, barOf(page).getByRole('button', { name: 'Refuse…' }));
    await confirmBy(page, 'not tonight', /^Refuse the plan$/);
    await press(page, barOf(page).getByRole('button', { name: 'Archive…' }));
    await confirmBy(page, 'cleaned up', /^Archive the plan$/);
    await expect(page).toHaveURL(/\/plans\/?$/);
    await page.goto('/activity/');
    for (const what of [/licence/, /not tonight/, /cleaned up/])
      await expect(page.getByRole('row', { name: what })).toBeVisible();
  });

  test('leaves a VM out once it is marked, until somebody names it', async ({ page, app }) => {
    await signIn(page, app.url);
    await page.goto(await planPath(page, app.url, { audit: 'half-outdated' }));
    const table = page.getByRole('region', { name: 'Moves of the plan' });
    // The VM of the first move is on its way, and that of the second was deleted.
    const tick = table.getByRole('checkbox', { name: /^Run the move of/ }).nth(3);
    const name = (await tick.getAttribute('aria-label'))?.replace('Run the move of ', '') ?? '';
    const row = table
      .getByRole('row')
      .filter({ has: page.getByRole('checkbox', { name: `Run the move of ${name}`, exact: true }) })
      .first();
    await press(page, row.getByRole('button', { name: `Mark ${name}: must not move…` }));
    await expectAccessible(page, 'mark dialog');
    await shoot(page, 'mark-dialog');
    await confirmBy(page, 'licence bound to the host', /^Mark it$/);
    await expect(row.getByText('Marked by ops: licence bound to the host.')).toBeVisible({ timeout: 20_000 });
    const own = row.getByRole('checkbox', { name: `Run the move of ${name}` });
    await expect(own).not.toBeChecked();
    await shoot(page, 'must-not-move');
    await own.click();
    const dialog = page.getByRole('dialog', { name: `Move ${name} all the same?` });
    await expectAccessible(page, 'anyway dialog');
    await shoot(page, 'must-not-move-anyway');
    await dialog.getByRole('button', { name: 'Leave it out' }).click();
    await expect(own).not.toBeChecked();
    await own.click();
    await dialog.getByRole('button', { name: 'Move it all the same' }).click();
    await expect(own).toBeChecked();
    await expect(page).toHaveURL(/anyway=\d/);
    await own.click();
    await expect(own).not.toBeChecked();
    await press(page, row.getByRole('button', { name: `Take the mark off ${name}…` }));
    await confirmBy(page, 'new licence', /^Take the mark off$/);
    await expect(own).toBeChecked({ timeout: 20_000 });
  });

  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`the bar never covers what has the focus, at ${viewport.width} px`, async ({ page, app }) => {
      await page.setViewportSize(viewport);
      await signIn(page, app.url);
      await page.goto(await planPath(page, app.url, { audit: 'empty-nodes' }));
      await expect(barOf(page).getByRole('button').first()).toBeEnabled({ timeout: 20_000 });
      const covered: string[] = [];
      for (let pressed = 0; pressed < 60; pressed++) {
        await page.keyboard.press('Tab');
        covered.push(...(await page.evaluate(coveredByBar)));
      }
      expect(covered).toEqual([]);
    });
  }
});

/** What has the focus, if the bar lies over it. */
function coveredByBar(): string[] {
  const bar = document.querySelector('[data-foot-bar]');
  const focused = document.activeElement;
  if (!bar || !focused || bar.contains(focused) || focused === document.body) return [];
  const [over, under] = [bar.getBoundingClientRect(), focused.getBoundingClientRect()];
  const isCovered = under.top < over.bottom && under.bottom > over.top + 1 && under.height > 0;
  return isCovered && under.height < 200 ? [focused.outerHTML.slice(0, 120)] : [];
}
