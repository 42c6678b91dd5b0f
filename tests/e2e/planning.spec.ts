import { addressOf, expect, resize, shoot, test } from './support/test';

/** What somebody plans with: where a VM is and was, what fits, what if hosts fail, what happened. */

test.describe('what a choice changes', () => {
  // Lists get longer or shorter once the response arrives.
  test.use({ shiftless: false });

  test('a zone is chosen on the overview, and with the number of hosts that fail on the page about capacity', async ({
    page,
  }) => {
    await page.goto('/', { waitUntil: 'networkidle' });
    await page.getByRole('combobox', { name: 'Zone' }).selectOption('az-b');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/of 12 hosts/);
    expect((await addressOf(page)).searchParams.get('zone')).toBe('az-b');

    await page.goto('/capacity/', { waitUntil: 'networkidle' });
    await page.getByRole('combobox', { name: 'Zone' }).selectOption('az-b');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('in az-b');
    const panel = page.getByRole('region', { name: 'Can a host fail?' });
    await panel.getByRole('button', { name: '2 hosts' }).click();
    await expect(panel.getByText(/^az-b: .*cmp-r02/)).toBeVisible();
    await panel.getByRole('combobox', { name: 'How many hosts fail' }).selectOption('4');
    await expect(panel.getByRole('button', { name: '4 hosts' })).toHaveAttribute('aria-pressed', 'true');
    await expect(panel.getByText(/^(As far as was tried|Not even)/)).toBeVisible();
    const { searchParams } = await addressOf(page);
    expect([searchParams.get('zone'), searchParams.get('k')]).toEqual(['az-b', '4']);
  });

  test('the finder names whose a VM is, and its page shows where it was', async ({ page }) => {
    const { vms } = await (await page.request.get('/api/v1/vms/?sort=moves&order=desc&limit=1')).json();
    const [{ name, host, project_name: project }] = vms;
    await page.goto('/', { waitUntil: 'networkidle' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /find/i }).fill(name);
    const found = page.getByRole('option', { name: new RegExp(`^${name}`) }).first();
    await expect(found).toContainText(`project ${project}`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
    const places = page.getByRole('region', { name: 'Where it was' });
    await expect(places.getByRole('img')).toHaveAccessibleName(new RegExp(host));
    await expect(places.getByText(host, { exact: true })).toBeVisible();
  });
});

test('the timeline is stepped through with keys and buttons, and filtered by what is chosen', async ({ page }) => {
  await page.goto('/activity/', { waitUntil: 'networkidle' });
  const events = page.getByRole('slider', { name: 'Events on the timeline' });
  await events.focus();
  await page.keyboard.press('ArrowLeft');
  const newest = (await events.getAttribute('aria-valuetext')) ?? '';
  expect(newest).toMatch(/^\d\d:\d\d|^\d+ \w+/);
  await page.getByRole('button', { name: 'Earlier event' }).click();
  await expect(events).not.toHaveAttribute('aria-valuetext', newest);
  await page.getByRole('button', { name: 'Later event' }).click();
  await expect(events).toHaveAttribute('aria-valuetext', newest);
  await expect(page.getByRole('img', { name: /^Out of service: / })).toContainText('nova-compute is silent');
  await events.focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await addressOf(page)).searchParams.get('q')).not.toBeNull();

  await page.goto('/activity/', { waitUntil: 'networkidle' });
  await page.getByRole('link', { name: '7 d' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Last 7 d');
  await resize(page, { width: 390, height: 844 });
  await shoot(page, 'activity-week-390');
});

test('the page about the API shows every group of endpoints', async ({ page }) => {
  await page.goto('/docs/api/', { waitUntil: 'networkidle' });
  // A large script and document.
  await expect(page.getByRole('main')).toContainText('/capacity/host-failures', { timeout: 30_000 });
});
