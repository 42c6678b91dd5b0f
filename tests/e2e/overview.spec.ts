import { expectAccessible } from './support/axe';
import { expect, shoot, test } from './support/test';

test.use({ shiftless: false });

test.describe('the overview', () => {
  test('shows how full the region is and what the newest audit proposes', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByText('RegionOne').first()).toBeVisible();
    await shoot(page, 'overview-24-light');
  });

  test('has no finding of axe', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    await expectAccessible(page, 'overview');
  });
});
