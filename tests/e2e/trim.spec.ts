import { expectAccessible } from './support/axe';
import { addressOf, expect, type Page, resize, shoot, test } from './support/test';

const PLAN = '/audits/stabilize-production/plans/newest';
const PHONE = { width: 390, height: 844 };

const slider = (page: Page) => page.getByRole('slider', { name: 'Number of moves to run' });
const ticked = (page: Page) => page.getByRole('checkbox', { name: /Run the move of/, checked: true });
const stop = (page: Page, name: RegExp) => page.getByRole('button', { name });

/** Opens the plan. Without loads there is none, so during the first reading the page is loaded again. */
async function open(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto(PLAN, { waitUntil: 'networkidle' });
    await expect(slider(page)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
}

/** How many moves the plan has. */
const countMoves = async (page: Page) => Number(await slider(page).getAttribute('max'));

/** Drags the thumb from where it is to a number of moves. */
async function drag(page: Page, moves: number): Promise<void> {
  await slider(page).scrollIntoViewIfNeeded();
  const box = await slider(page).boundingBox();
  if (box === null) throw new Error('the slider is not on screen');
  const all = await countMoves(page);
  const at = Number(await slider(page).inputValue());
  const thumb = 24;
  const x = (value: number) => box.x + thumb / 2 + (value / all) * (box.width - thumb);
  const y = box.y + box.height / 2;
  await page.mouse.move(x(at), y);
  await page.mouse.down();
  await page.mouse.move(x(moves), y, { steps: 4 });
  await page.mouse.up();
}

test.describe('the trim of a plan', () => {
  test('starts with all moves, and chooses six of them with one drag', async ({ page }) => {
    await open(page);
    const all = await countMoves(page);
    await expect(slider(page)).toHaveValue(String(all));
    await expect(ticked(page)).toHaveCount(all);
    await expect(page.getByRole('heading', { name: /moves (are enough to cool|bring)/ })).toBeVisible();
    await shoot(page, 'trim-all-light');

    await drag(page, 6);
    await expect(slider(page)).toHaveValue('6');
    await expect(slider(page)).toHaveAttribute(
      'aria-valuetext',
      new RegExp(`^6 of ${all} moves, spread [\\d.]+ points, hottest host \\d+%$`),
    );
    await expect(ticked(page)).toHaveCount(6);
    await expect(
      page.getByText(new RegExp(`^6 moves above bring \\d+% of the gain\\. The ${all - 6} below are left out\\.$`)),
    ).toBeVisible();
    await shoot(page, 'trim-six-light');

    // The server reviews the same moves, and a colleague sees them.
    const { search } = await addressOf(page);
    expect(search).toContain('off=');
    const response = await page.request.get(`/api/v1${PLAN}/review/${search}`);
    const { result } = await response.json();
    expect(result.left_out, search).toHaveLength(all - 6);
    await page.reload();
    await expect(ticked(page)).toHaveCount(6);
  });

  test('keeps what is unticked above the cut, and the cut where it is', async ({ page }) => {
    await open(page);
    await slider(page).focus();
    await page.keyboard.press('Home');
    await expect(slider(page)).toHaveValue('0');
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
    await expect(slider(page)).toHaveValue('6');
    await ticked(page).last().uncheck();
    await expect(slider(page)).toHaveValue('6');
    await expect(ticked(page)).toHaveCount(5);
    expect((await addressOf(page)).searchParams.get('k')).toBe('6');
    await slider(page).focus();
    await page.keyboard.press('ArrowRight');
    await expect(slider(page)).toHaveValue('7');
    await expect(ticked(page)).toHaveCount(6);
  });

  test('works by keyboard: page keys go from stop to stop, and the result is said', async ({ page }) => {
    await open(page);
    const all = await countMoves(page);
    await slider(page).focus();
    await page.keyboard.press('PageDown');
    await expect(slider(page)).not.toHaveValue(String(all));
    const enough = await slider(page).inputValue();
    await expect(stop(page, new RegExp(`${enough} moves$`)).first()).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('status').filter({ hasText: new RegExp(`^${enough} moves, `) })).toBeAttached();
    await page.keyboard.press('End');
    await expect(slider(page)).toHaveValue(String(all));
    expect((await addressOf(page)).search).toBe('');
  });

  test('stops at a button, leaves out warnings, and is a table too', async ({ page }) => {
    await open(page);
    await stop(page, /^No hot host/).click();
    await expect(
      page.getByRole('table', { name: /Now, with the chosen moves/ }).getByRole('row', { name: /^Hot hosts/ }),
    ).toContainText(/0/);
    await stop(page, /^All \d+ moves$/).click();
    await stop(page, /^Leave out warnings/).click();
    await expect(stop(page, /^Leave out warnings/)).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('heading', { name: /No problems found/ })).toBeVisible();
    await page.getByRole('button', { name: 'View as table' }).click();
    const rows = page.getByRole('table', { name: 'Figures by number of moves' }).getByRole('row');
    await expect(rows).toHaveCount((await countMoves(page)) + 2);
  });

  test('has nothing to choose where a plan empties one host, which stays open if a VM stays', async ({ page }) => {
    await page.goto('/audits/consolidate-night/plans/newest', { waitUntil: 'networkidle' });
    await expect(page.getByRole('heading', { name: /^All \d+ moves are needed to empty cmp-r\d+-\d+$/ })).toBeVisible();
    await expect(slider(page)).toHaveCount(0);
    const disable = page.getByRole('checkbox', { name: /^Run: disable/ });
    await expect(disable).toBeChecked();
    await ticked(page).first().uncheck();
    await expect(disable).not.toBeChecked();
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect(disable).toBeChecked();
  });

  test('is no choice for maintenance', async ({ page }) => {
    await page.goto('/audits/swap-fans-of-cmp-r01-02/plans/newest', { waitUntil: 'networkidle' });
    await expect(page.getByText(/A host is empty or it isn’t/)).toBeVisible();
    await expect(slider(page)).toHaveCount(0);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is accessible on a phone and on a wide screen, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await open(page);
      await drag(page, 4);
      await expectAccessible(page, 'trim');
      await page.emulateMedia({ colorScheme });
      await shoot(page, `trim-four-${colorScheme}`);
      await resize(page, PHONE);
      await drag(page, 9);
      await expect(slider(page)).toHaveValue('9');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
      await expectAccessible(page, 'trim on a phone');
      await page.emulateMedia({ colorScheme });
      await shoot(page, `trim-phone-${colorScheme}`);
    });
  }
});
