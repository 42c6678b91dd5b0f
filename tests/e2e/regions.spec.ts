import { expectAccessible } from './support/axe';
import { addressOf, expect, type Page, resize, shoot, test } from './support/test';

/** The demo with two regions; its simulated cloud is in the server. */
test.use({
  setup: {
    hosts: 1,
    servers: 1,
    variables: {
      USE_MOCK_DATA: 'true',
      MOCK_REGIONS: '2',
      MOCK_HOSTS: '12',
      MOCK_SERVERS: '120',
      DASHBOARD_CACHE_TTL: '5',
    },
  },
});

const TWO = 'simulated/RegionTwo';
const openMenu = async (page: Page) => {
  await expect(async () => {
    await page.getByRole('button', { name: /^Region / }).click();
    await expect(page.getByRole('dialog', { name: 'Regions' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  return page.getByRole('dialog', { name: 'Regions' });
};

/** Links to pages of this server that would leave the region. */
const leaving = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('main a[href], header a[href]')]
      .filter((link) => link.origin === window.location.origin && !link.closest('[role="dialog"]'))
      .filter((link) => !link.getAttribute('href')?.startsWith('#') && !link.pathname.startsWith('/api/'))
      .filter((link) => !new URLSearchParams(link.search).has('region'))
      .map((link) => link.pathname),
  );

test.describe('several regions', () => {
  test('are behind the name in the bar, each with a sentence', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('button', { name: 'Region RegionOne' })).toBeVisible();
    const menu = await openMenu(page);
    await expect(menu.getByRole('link')).toHaveCount(2);
    await expect(menu.getByRole('link', { name: /RegionTwo.*hot.*plans? waits?|RegionTwo.*plans wait/ })).toBeVisible();
    await expect(menu).toContainText('Nothing is added up across them.');
    await expectAccessible(page, 'the menu of regions');
    await shoot(page, 'regions-menu-light');
    await menu.getByRole('link', { name: /RegionTwo/ }).click();
    await expect(page.getByRole('button', { name: 'Region RegionTwo' })).toBeVisible();
    expect((await addressOf(page)).searchParams.get('region')).toBe(TWO);
    await expect(page).toHaveTitle('RegionTwo · Watcher Visio');
    await page.getByRole('link', { name: 'Capacity', exact: true }).first().click();
    await expect(page).toHaveTitle('Capacity · RegionTwo · Watcher Visio');
  });

  test('stay on every page, in every link and every request', async ({ page }) => {
    test.setTimeout(120_000);
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      const isOurs = /^\/(?:api\/v1|hosts|plans|vms|capacity|activity|audits|doctor)?\//.test(pathname);
      if (isOurs && !pathname.startsWith('/_next/') && searchParams.get('region') !== TWO) elsewhere.push(pathname);
    });
    const at = (path: string) => `${path}?region=${TWO}`;
    const { audits } = await (await page.request.get(at('/api/v1/audits/'))).json();
    const planned = audits.find(({ plan }: { plan: { state: string } | null }) => plan?.state === 'RECOMMENDED');
    const { vms } = await (await page.request.get(`${at('/api/v1/vms/')}&limit=1`)).json();
    const { hosts } = await (await page.request.get(`${at('/api/v1/hosts/')}&limit=1`)).json();
    for (const path of [
      '/',
      '/plans/',
      '/plans/audits/',
      '/plans/repeating/',
      `/audits/${planned.id}/`,
      `/audits/${planned.id}/plans/`,
      `/audits/${planned.id}/plans/${planned.plan.id}/`,
      '/audits/new/',
      '/hosts/',
      `/hosts/${hosts[0].name}/`,
      `/hosts/${hosts[0].name}/drain/`,
      '/vms/',
      `/vms/${vms[0].id}/`,
      '/capacity/',
      '/activity/',
      '/doctor/',
    ]) {
      await page.goto(at(path));
      await expect(
        page
          .getByRole('heading', { level: 1 })
          .or(page.getByRole('heading', { level: 2 }))
          .first(),
      ).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await leaving(page), path).toEqual([]);
    }
    expect([...new Set(elsewhere)]).toEqual([]);
  });

  test('are kept by links, keys, the finder and filters, and left by choice for the same page', async ({ page }) => {
    await page.goto(`/?region=${TWO}`);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Hosts' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible();
    expect((await addressOf(page)).searchParams.get('region')).toBe(TWO);
    await page.getByRole('searchbox', { name: 'Host name' }).fill('r01');
    await expect(page).toHaveURL(/q=r01/);
    expect((await addressOf(page)).searchParams.get('region')).toBe(TWO);
    await page.getByRole('rowheader').getByRole('link').first().click();
    await expect(page).toHaveURL(/\/hosts\/[^/?]+\//);
    expect((await addressOf(page)).searchParams.get('region')).toBe(TWO);
    await page.keyboard.press('g');
    await page.keyboard.press('v');
    await expect(page.getByRole('heading', { level: 1, name: 'VMs' })).toBeVisible();
    expect((await addressOf(page)).searchParams.get('region')).toBe(TWO);
    await page.getByRole('rowheader').getByRole('link').first().click();
    await expect(page).toHaveURL(/\/vms\/[^/?]+\//);
    // From a VM to the VMs of the other region.
    await (await openMenu(page)).getByRole('link', { name: /RegionOne/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'VMs' })).toBeVisible();
    expect((await addressOf(page)).search).toBe('');
  });

  test('fail alone', async ({ page, app }) => {
    const url = /"url":"(http[^"]+)"/.exec(app.output())?.[1];
    await fetch(`${url}/RegionTwo/_sim/faults/nova`, { method: 'PUT', body: JSON.stringify({ status: 503 }) });
    await expect(async () => {
      await page.goto('/regions/');
      await expect(page.getByRole('link', { name: /RegionTwo/ })).toContainText('not reached since', {
        timeout: 1_000,
      });
    }).toPass({ timeout: 40_000 });
    await expect(page.getByRole('link', { name: /RegionOne/ })).not.toContainText('not reached');
    await resize(page, { width: 390, height: 844 });
    await shoot(page, 'regions-390');
    await fetch(`${url}/RegionTwo/_sim/faults/nova`, { method: 'DELETE' });
  });

  test('that do not exist are no page', async ({ page }) => {
    const response = await page.request.get('/hosts/?region=simulated/RegionNine');
    expect(response.status()).toBe(404);
    expect(await response.text()).toContain('/regions/');
  });
});
