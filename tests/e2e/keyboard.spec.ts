import { expectAccessible } from './support/axe';
import { expect, type Page, shoot, test } from './support/test';

// Typing a search makes the table shorter once the response arrives.
test.use({ shiftless: false });

/** Presses Tab until the focused element has the name. */
async function tabTo(page: Page, name: RegExp, most = 40): Promise<void> {
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const said = await focused.evaluate((element) => element.getAttribute('aria-label') ?? element.textContent ?? '');
    if (name.test(said)) return;
  }
  throw new Error(`nothing called ${name} within ${most} stops`);
}

test('every step from the verdict to a host and to the table works with the keyboard alone', async ({ page }) => {
  // Some forty presses, each of which is waited for: half a minute on a busy machine.
  test.setTimeout(90_000);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  // The map is one tab stop; arrow keys move within it.
  await tabTo(page, /^cmp-r01-01 \d+% CPU/);
  await page.keyboard.press('End');
  await expect(page.locator(':focus')).toHaveAccessibleName(/^cmp-r02-12 \d+% CPU/);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'cmp-r01-02' })).toBeVisible();

  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('r01-04');
  await expect(page.getByText('1–1 of 1 host')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('1–24 of 24 hosts')).toBeVisible();
  await tabTo(page, /^RAM\s*$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('columnheader', { name: 'RAM', exact: true })).toHaveAttribute('aria-sort', 'descending');

  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByRole('heading', { level: 1, name: /wait for you/ })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await expect(page).toHaveURL(/\/$/);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a VM is found by its address from any page, and opened, with the keyboard alone', async ({ page, app }) => {
  // Some VMs have a floating address; the list has it, the finder finds by it.
  const response = await page.request.get(`${app.url}/api/v1/vms/?q=203.0.113.7`);
  const [vm] = (await response.json()).vms;
  await page.goto('/hosts/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: /^Find VMs/ })).toBeFocused();
  await page.keyboard.type(vm.addresses[1]);
  const found = page.getByRole('listbox').getByRole('option', { selected: true });
  await expect(found).toContainText(vm.name);
  await expect(found).toContainText(`project ${vm.project_name}`);
  await expectAccessible(page, 'finder');
  await shoot(page, 'finder');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: vm.name })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Its moves' })).toBeVisible();
  await expectAccessible(page, 'vm');
  await shoot(page, 'vm');

  // The list, by key: j steps through its rows.
  await page.keyboard.press('g');
  await page.keyboard.press('v');
  await expect(page.getByRole('heading', { level: 1, name: /^400 VMs/ })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.locator('tbody tr').nth(1).getByRole('link').first()).toBeFocused();
  await expectAccessible(page, 'vms');
  await shoot(page, 'vms');
});
