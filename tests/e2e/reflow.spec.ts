import { expectReflow, listSpills } from './support/reflow';
import { expect, type Page, shoot, test } from './support/test';

/** Every page in small windows and at 200% zoom, and tables on phones. */

const PAGES = {
  overview: '/',
  hosts: '/hosts/',
  capacity: '/capacity/',
  host: '/hosts/cmp-r01-04/',
  vms: '/vms/',
  'all-plans': '/plans/',
  repeating: '/plans/repeating/',
  'new-audit': '/audits/new/',
  audits: '/plans/audits/',
  audit: '/audits/stabilize-production/',
  plans: '/audits/balance-every-10-min/plans',
  plan: '/audits/stabilize-production/plans/newest',
  run: '/audits/by-hand/plans/newest/run/',
  activity: '/activity/',
  compare: '/compare',
  doctor: '/doctor',
};

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test.describe('at 200% zoom', () => {
  // Equivalent to a window of 1440 × 900 at 200%: half the width and height at twice the pixel ratio.
  test.use({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });

  for (const [name, address] of Object.entries(PAGES)) {
    test(`nothing is cut off: ${name}`, async ({ page }) => {
      await open(page, address);
      expect(await listSpills(page)).toEqual([]);
      await shoot(page, `zoom-${name}-light`);
    });
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  for (const [name, address] of Object.entries(PAGES)) {
    test(`the page does not scroll sideways: ${name}`, async ({ page }) => {
      await open(page, address);
      expect(await listSpills(page)).toEqual([]);
      await expectReflow(page, name);
    });
  }

  test('screen readers see migrations of three lines each as rows of a table', async ({ page, context }) => {
    await open(page, PAGES.audit);
    const table = page.getByRole('table', { name: 'Migrations of stabilize-production' });
    const rows = await table.locator('tbody tr').count();
    const columns = await table.locator('thead th').count();
    // The browser's accessibility tree includes the effects of the style sheet on rows.
    const client = await context.newCDPSession(page);
    const { nodes } = await client.send('Accessibility.getFullAXTree');
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const root = nodes.find(({ role, name }) => role?.value === 'table' && /^Migrations of/.test(name?.value ?? ''));
    const roles: string[] = [];
    const walk = (id: string) => {
      const node = byId.get(id);
      if (node?.ignored === false) roles.push(node.role?.value ?? '');
      for (const child of node?.childIds ?? []) walk(child);
    };
    walk(root?.nodeId ?? '');
    const count = (wanted: string) => roles.filter((role) => role === wanted).length;
    expect(rows).toBeGreaterThan(5);
    expect(count('row')).toBe(rows + 1);
    expect(count('columnheader')).toBe(columns);
    // VM, path, flavor and impact; there is no room for the rest.
    expect(count('cell') + count('gridcell')).toBe(4 * rows);
  });
});
