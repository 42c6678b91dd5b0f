import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { type AppServer, type CloudOptions, type CloudServer, cloudVariables, startApp, startCloud } from './servers';
import { apart, resize, shiftsOf, type Watch, watchPage } from './watch';

export type { Locator, Page };
export { expect, resize };

type Setup = CloudOptions & {
  /** Settings of the server in addition to the cloud's addresses. */
  variables?: Record<string, string>;
};

type WorkerFixtures = { setup: Setup; cloud: CloudServer; app: AppServer };
/** `shiftless`: whether to expect that nothing moves; off for tests in which a banner appears. */
type TestFixtures = { watch: Watch; shiftless: boolean };

/** Maximum layout shift; up to 0.1 counts as good on the web. */
const SHIFT = 0.005;

const SHOTS = path.resolve(import.meta.dirname, '../../../test-results/screens');

/** Tests with their own cloud and server, which fail on console errors, failed requests and layout shifts. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  setup: [
    { hosts: 24, servers: 400 },
    { option: true, scope: 'worker' },
  ],
  cloud: [
    async ({ setup: { variables: _, ...options } }, use) => {
      const cloud = await startCloud(options);
      await use(cloud);
      await cloud.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  app: [
    async ({ cloud, setup }, use) => {
      const app = await startApp({ ...cloudVariables(cloud.url), ...setup.variables });
      await use(app);
      await app.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ app }, use) => use(app.url),
  shiftless: [true, { option: true }],
  watch: [
    async ({ page, app, shiftless }, use) => {
      const watch = await watchPage(page, app.url);
      awaitHydration(page);
      await use(watch);
      expect(watch.problems, 'console errors, exceptions and failed requests').toEqual([]);
      if (!shiftless || !page.url().startsWith(app.url)) return;
      const { total, nodes } = await shiftsOf(page);
      expect(total, `layout shifts: ${nodes}`).toBeLessThan(SHIFT);
    },
    { auto: true },
  ],
});

/** Makes `goto` and `reload` wait until the page answers keys and clicks: React comes only after the browser has painted. */
function awaitHydration(page: Page): void {
  const thenHydrated =
    <How extends unknown[], Answer>(open: (...how: How) => Promise<Answer>) =>
    async (...how: How): Promise<Answer> => {
      const answer = await open(...how);
      await untilHydrated(page);
      return answer;
    };
  page.goto = thenHydrated(page.goto.bind(page));
  page.reload = thenHydrated(page.reload.bind(page));
}

/** React keeps the props of each element that it knows with that element. What Redoc writes as HTML it doesn't know. */
const untilHydrated = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll(':is(button, input, select, textarea):not(.redoc-json *)')].every((element) =>
      Object.keys(element).some((key) => key.startsWith('__reactProps')),
    ),
  );

/**
 * The address as the page itself has it. `page.url()` hears of one that a script writes a moment later, even after
 * `toHaveURL`, which asks the page, has seen it.
 */
export const addressOf = async (page: Page): Promise<URL> => new URL(await page.evaluate(() => window.location.href));

/** Takes a screenshot for people, in test-results/screens. */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(SHOTS, { recursive: true });
  const file = path.join(SHOTS, `${name}.png`);
  await apart(page, () => page.screenshot({ path: file, fullPage: true, animations: 'disabled' }));
}
