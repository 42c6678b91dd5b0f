import { buildWith, readRecipes, readWidget, removeCopy } from './support/recipes';
import { type AppServer, cloudVariables, startApp } from './support/servers';
import { test as base, expect, type Page, resize, shoot } from './support/test';

/** One more widget in each place of the overview, two of them by the recipes of docs/widgets.md. */

const BUILD_MS = 600_000;

const test = base.extend<object, { app: AppServer }>({
  app: [
    async ({ cloud }, use) => {
      const recipes = await readRecipes();
      expect(recipes.map(({ name }) => name)).toEqual(['hotHosts', 'vmStates']);
      const copy = await buildWith([
        ...recipes,
        await readWidget('vm-count', 'vmCount'),
        await readWidget('cpu-after', 'cpuAfter'),
      ]);
      const app = await startApp(cloudVariables(cloud.url), copy);
      await use(app);
      await app.stop();
      await removeCopy(copy);
    },
    { scope: 'worker', timeout: BUILD_MS },
  ],
});

/** Each place, and what stands in it. */
const PLACES = {
  verdicts: ['[aria-label="Summary"] > div', ':scope > div'],
  figures: ['[aria-labelledby="capacity"] > div', ':scope > section'],
  panels: [':has(> [data-place])', ':scope > [data-place]'],
} as const;

type Box = { left: number; right: number; top: number; bottom: number };

const boxesOf = (page: Page, [place, items]: readonly [string, string]): Promise<{ place: Box; items: Box[] }> =>
  page.evaluate(
    ([placeSelector, itemsSelector]) => {
      const boxOf = (element: Element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return { left, right, top, bottom };
      };
      const element = document.querySelector(placeSelector);
      if (element === null) throw new Error(`nothing is ${placeSelector}`);
      return { place: boxOf(element), items: Array.from(element.querySelectorAll(itemsSelector), boxOf) };
    },
    [place, items] as const,
  );

/** px; the widest gap is between two verdicts. */
const WIDEST_GAP = 40;
/** px; borders, and what rounding leaves. */
const NOTHING = 2;

/** Where rows of a place overlap or leave a hole. */
function faultsOf({ place, items }: { place: Box; items: Box[] }): string[] {
  const tops = [...new Set(items.map(({ top }) => Math.round(top)))];
  return tops.flatMap((top, at) => {
    const row = items.filter((item) => Math.round(item.top) === top).toSorted((a, b) => a.left - b.left);
    const bottom = Math.max(...row.map((item) => item.bottom));
    const edges = [place.left, ...row.flatMap(({ left, right }) => [left, right]), place.right];
    const gaps = edges.flatMap((edge, index) => (index % 2 === 1 ? [edge - (edges[index - 1] ?? 0)] : []));
    const outer = [gaps.at(0) ?? 0, gaps.at(-1) ?? 0];
    return [
      ...(gaps.some((gap) => gap < -NOTHING) ? [`row ${at} overlaps itself`] : []),
      ...(gaps.some((gap) => gap > WIDEST_GAP) || outer.some((gap) => gap > NOTHING) ? [`row ${at} has a hole`] : []),
      ...(tops[at + 1] !== undefined && bottom > (tops[at + 1] ?? 0) + NOTHING ? [`row ${at} overlaps the next`] : []),
    ];
  });
}

const WINDOWS = { phone: 390, tablet: 820, laptop: 1280, desktop: 1440, wide: 1920 };

test('fill their rows in every window', async ({ page }) => {
  for (const [name, width] of Object.entries(WINDOWS)) {
    await test.step(name, async () => {
      await resize(page, { width, height: 900 });
      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'Hot hosts' })).toBeVisible();
      await expect(page.getByRole('heading', { name: /VMs in the region$/ })).toBeVisible();
      await expect(page.getByRole('img', { name: /^VMs by state: \d+ ACTIVE/ })).toBeVisible();
      await expect(page.getByRole('img', { name: 'CPU after the plan' })).toBeVisible();
      for (const [place, selectors] of Object.entries(PLACES)) {
        const boxes = await boxesOf(page, selectors);
        expect(boxes.items.length, place).toBeGreaterThan(2);
        expect(faultsOf(boxes), place).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await shoot(page, `widgets-${name}`);
    });
  }
});
