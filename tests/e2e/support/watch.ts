import type { Page } from '@playwright/test';

/** What goes wrong in a page without anybody seeing it. */
export type Watch = {
  /** Complaints on the console, exceptions, failed requests, requests to elsewhere. */
  complaints: string[];
  /** What a test brings about on purpose. */
  allow(pattern: RegExp): void;
};

/** Keeps the layout shifts that no input caused where a test can read them. https://web.dev/articles/cls */
const OBSERVE_SHIFTS = `
  window.__shifts = { total: 0, nodes: [], apart: [] };
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, startTime, value, sources } of list.getEntries()) {
      if (hadRecentInput || window.__shifts.apart.some(([from, to]) => startTime >= from && startTime <= to)) continue;
      window.__shifts.total += value;
      window.__shifts.nodes.push(...sources.map(({ node }) => (node?.nodeName ?? '?') + '.' + (node?.className ?? '')));
    }
  }).observe({ type: 'layout-shift', buffered: true });
`;

export async function watchPage(page: Page, origin: string): Promise<Watch> {
  const found: string[] = [];
  const allowed: RegExp[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) found.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => found.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) found.push(`request to elsewhere: ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) found.push(`${response.status()}: ${new URL(response.url()).pathname}`);
  });
  await page.addInitScript(OBSERVE_SHIFTS);
  return {
    get complaints() {
      return found.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint)));
    },
    allow: (pattern) => allowed.push(pattern),
  };
}

type Shifts = { total: number; nodes: string[] };
/** `apart`: from when to when moves do not count. */
type Kept = { __shifts?: Shifts & { apart: [from: number, to: number][] } };

/** What moved since the page was loaded without anybody's input. */
export const shiftsOf = (page: Page): Promise<Shifts> =>
  page.evaluate(() => (window as unknown as { __shifts: Shifts }).__shifts);

/** What moves while the window gets another size, or a picture of the whole page is taken, is the test's own doing. */
export async function apart<T>(page: Page, act: () => Promise<T>): Promise<T> {
  await page.evaluate(() => {
    (window as unknown as Kept).__shifts?.apart.push([performance.now(), Number.POSITIVE_INFINITY]);
  });
  const done = await act();
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    const last = (window as unknown as Kept).__shifts?.apart.at(-1);
    if (last) last[1] = performance.now();
  });
  return done;
}

/** Gives the window another size. */
export const resize = (page: Page, size: { width: number; height: number }): Promise<void> =>
  apart(page, () => page.setViewportSize(size));
