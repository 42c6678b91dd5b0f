import { expectAccessible } from './support/axe';
import { expect, type Locator, resize, shoot, test } from './support/test';

/** Presses a choice until it is taken: a page that has just loaded may not hear a press yet. */
const choose = (choice: Locator): Promise<void> =>
  expect(async () => {
    await choice.click();
    await expect(choice).toHaveAttribute('aria-pressed', 'true', { timeout: 1_000 });
  }).toPass();

test.describe('the overview', () => {
  test('shows the hottest host in the summary, the map and the table, and links to it', async ({ page }) => {
    await page.goto('/');
    const { hosts, counts } = await (await page.request.get('/api/v1/hosts/?sort=cpu&order=desc&limit=1')).json();
    const [hottest] = hosts;
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${counts.hot} of 24 hosts are hot`);
    const summary = page.getByRole('region', { name: 'Summary' });
    await expect(summary.getByRole('link', { name: hottest.name })).toBeVisible();
    await expect(page.getByRole('link', { name: new RegExp(`^${hottest.name} \\d+% CPU, hot`) })).toBeVisible();
    const first = page.getByRole('table', { name: 'Hottest hosts' }).getByRole('row').nth(1);
    await expect(first.getByRole('rowheader')).toHaveText(hottest.name);
    await shoot(page, 'overview-24-light');
    await first.getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1, name: hottest.name })).toBeVisible();
  });

  test('is all there without JavaScript, in one request', async ({ browser, app }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL: app.url });
    const page = await context.newPage();
    await page.goto('/');
    const lower = page.getByRole('table', { name: 'Hottest hosts' });
    await expect(lower.getByRole('row').nth(1)).toBeVisible();
    await expect(page.getByRole('contentinfo')).toBeVisible();
    await context.close();
  });

  test('recommends the plan worth most, and leads to it and to all others', async ({ page }) => {
    const { plans, best_plan_id: best, counts } = await (await page.request.get('/api/v1/plans/?show=waiting')).json();
    const { audit_name: audit, worth } = plans.find(({ plan_id: id }: { plan_id: string }) => id === best);
    await page.goto('/');
    await expect(
      page.getByRole('heading', {
        level: 2,
        name: `Watcher proposes ${worth.moves} migrations; ${worth.enough} are enough`,
      }),
    ).toBeVisible();
    const summary = page.getByRole('region', { name: 'Summary' });
    await expect(summary).toContainText(`Best of ${counts.waiting} plans that wait, from ${audit}`);
    const waiting = page.getByRole('table', { name: /^Plans that wait for a decision/ });
    await expect(waiting.getByRole('rowheader')).toHaveCount(3);
    await expect(waiting.getByRole('rowheader').first()).toContainText(audit);
    await summary.getByRole('link', { name: /^Review/ }).click();
    await expect(page).toHaveURL(new RegExp(`/plans/${best}/?$`));
    await page.goto('/');
    await summary.getByRole('link', { name: `All ${counts.waiting} plans` }).click();
    await expect(page).toHaveURL(/\/plans\/?$/);
  });

  test('leads from the room for more to how many fit in each zone and whether a host can fail', async ({ page }) => {
    const { flavors } = await (await page.request.get('/api/v1/capacity/')).json();
    const [common] = flavors;
    await page.goto('/');
    await page.getByRole('region', { name: 'Room for more' }).getByRole('link', { name: common.name }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`more ${common.name} fit`);
    await page.getByRole('button', { name: 'Why not more p1.large' }).click();
    await expect(page.getByRole('region', { name: 'Why not more p1.large' })).toContainText('No pinned CPU');
    const failures = page.getByRole('region', { name: 'Can a host fail?' });
    await expect(failures.getByRole('listitem')).toHaveCount(2);
    await choose(failures.getByRole('button', { name: '1 rack' }));
    await expect(failures).toContainText(/cmp-r01: no\. Without .* no place was found for/);
    await expectAccessible(page, 'capacity');
    await shoot(page, 'capacity-24-light');
  });

  test('shows the plan that runs, there and in the bar', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('region', { name: 'Running now' })).toContainText(/actions? done/);
    await expect(page.getByRole('banner').getByRole('link', { name: '2 plans run' })).toBeVisible();
  });

  test('shows what happened since the last look, in its place from the start', async ({ page }) => {
    await page.addInitScript(() => {
      // Well over six days, whichever of the server and this page looks at the clock first.
      const away = Date.now() - 6.5 * 24 * 3_600_000;
      window.localStorage.setItem('watcher-visio.looked', `.${away}`);
    });
    await page.goto('/');
    const since = page.getByRole('region', { name: 'Since you last looked' });
    await expect(since.getByRole('listitem').filter({ hasText: 'failed to move' })).toHaveCount(1);
    await expect(since).toContainText('6 d ago');
    // Not followed: the foot of the next page would count as moved where that takes longer than half a second.
    await expect(since.getByRole('link', { name: 'stabilize-yesterday' })).toHaveAttribute('href', /\/run\/?$/);
  });

  test('shows the map after the moves that are enough, and after all', async ({ page }) => {
    const { plans, best_plan_id: best } = await (await page.request.get('/api/v1/plans/?show=waiting')).json();
    const { worth } = plans.find(({ plan_id: id }: { plan_id: string }) => id === best);
    await page.goto('/');
    const when = page.getByRole('group', { name: 'When' });
    await choose(when.getByRole('button', { name: `After ${worth.enough}`, exact: true }));
    await expect(page.getByRole('link', { name: /^cmp-r01-04 \d+% CPU/ })).not.toHaveAccessibleName(/hot/);
    await expect(page.getByText('85% and over, hot 0')).toBeVisible();
    await choose(when.getByRole('button', { name: `After ${worth.moves}`, exact: true }));
    await expect(page.getByRole('link', { name: /^cmp-r01-04 \d+% CPU/ })).not.toHaveAccessibleName(/hot/);
    await page.getByRole('group', { name: 'Load' }).getByRole('button', { name: 'RAM' }).click();
    await expect(page.getByRole('link', { name: /^cmp-r01-04 \d+% RAM/ })).toBeVisible();
  });

  test('keeps the chosen theme without flashing the other', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('/');
    for (const step of ['system', 'light']) {
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('menuitem', { name: `Theme: ${step}` }).click();
    }
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    const answer = await page.request.get('/');
    expect(await answer.text()).toMatch(/<html[^>]*data-theme="dark"/);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await shoot(page, 'overview-24-dark');
  });

  test('has no accessibility violations and fits every screen', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Waiting for a decision' })).toBeVisible();
    await expectAccessible(page, 'overview');
    await page
      .getByRole('group', { name: 'When' })
      .getByRole('button', { name: /^After/ })
      .last()
      .click();
    await expectAccessible(page, 'overview, map after the plan');
    await page.getByRole('button', { name: 'Menu' }).click();
    await expectAccessible(page, 'overview, menu');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Sources/ }).click();
    await expect(page.getByRole('link', { name: 'Doctor' })).toBeVisible();
    await expectAccessible(page, 'overview, sources');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await expectAccessible(page, 'overview, keys');
    for (const width of [320, 1024, 2560]) {
      await resize(page, { width, height: 900 });
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`).toBe(width);
      await expectAccessible(page, `overview, ${width} px`);
      await shoot(page, `overview-24-${width}-dark`);
    }
  });
});
