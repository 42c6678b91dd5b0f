import { openStandingClock, PICTURED_AT } from '../pictures/clock';
import { PICTURES, show } from '../pictures/pictures';
import { hashPage, readShown } from '../pictures/shown';
import { expectAccessible } from './support/axe';
import { expect, shoot, test } from './support/test';

/** Demo mode: there is no real cloud, and every page says so. Its clock stands, as for the pictures of the documentation. */

test.use({ setup: { hosts: 1, variables: { USE_MOCK_DATA: 'true', ...openStandingClock().variables } } });

test.beforeEach(({ page }) => page.clock.setFixedTime(PICTURED_AT));

test('the overview says that its figures are generated', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('These figures are generated, not read from a cluster.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/of 24 hosts/);
  await expect(page.getByRole('heading', { name: 'Waiting for a decision' })).toBeVisible();
  await shoot(page, 'mock-light');
  await expectAccessible(page, 'overview, mock data');
});

test('the doctor checks the generated cloud', async ({ page }) => {
  await page.goto('/doctor');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/holds?/);
  await shoot(page, 'doctor-mock-light');
  await expectAccessible(page, 'doctor, mock data');
});

/** They show what a busy machine may read too late, and while the clock stands it is not read again. */
const READ_ONCE = new Set(['review', 'capacity']);

test.describe('the pictures of the documentation', () => {
  // Other tests look for shifts of the same pages; here they only cost repetitions on a busy machine.
  test.use({ shiftless: false });

  test('have the words that their pages have', async ({ page }) => {
    test.setTimeout(120_000);
    const shown = readShown();
    for (const picture of PICTURES.filter(({ name, scheme }) => scheme !== 'dark' && !READ_ONCE.has(name))) {
      const advice = `docs/pictures/${picture.name}.png is out of date. Run: npm run pictures`;
      // The first load of a page may come before all of it is computed.
      await expect(async () => {
        await show(page, picture);
        expect(await hashPage(page), advice).toBe(shown[picture.name]);
      }).toPass({ timeout: 20_000 });
    }
  });
});
