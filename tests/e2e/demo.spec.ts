import { expectAccessible } from './support/axe';
import { expect, shoot, test } from './support/test';

/** Demo mode: there is no real cloud, and every page says so. */

test.use({ setup: { hosts: 3, variables: { USE_MOCK_DATA: 'true', MOCK_HOSTS: '24', MOCK_SERVERS: '400' } } });

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
