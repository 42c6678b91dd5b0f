import type { Page } from '@playwright/test';

/** Records problems in a page that are not visible. */
export type Watch = {
  /** Console errors, exceptions, failed requests, requests to other origins. */
  problems: string[];
  /** Ignores problems that a test causes on purpose. */
  allow(pattern: RegExp): void;
};

/**
 * Records layout shifts that no input caused. https://web.dev/articles/cls counts half a second after an input as caused by
 * it; on a slow machine the answer to what the input asked for comes later.
 */
const OBSERVE_SHIFTS = `
  window.__shifts = { total: 0, nodes: [], apart: [] };
  const { apart } = window.__shifts;
  let lastInput = -Infinity;
  for (const type of ['keydown', 'pointerdown', 'input'])
    addEventListener(type, () => { lastInput = performance.now(); }, true);
  const { fetch } = window;
  window.fetch = (...given) => {
    const answer = fetch(...given);
    if (performance.now() - lastInput < 2_000) {
      const period = [lastInput, Infinity];
      apart.push(period);
      const end = () => { period[1] = performance.now() + 2_000; };
      answer.then((response) => response.clone().arrayBuffer()).then(end, end);
    }
    return answer;
  };
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, startTime, value, sources } of list.getEntries()) {
      if (hadRecentInput || apart.some(([from, to]) => startTime >= from && startTime <= to)) continue;
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
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) found.push(`request to another origin: ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) found.push(`${response.status()}: ${new URL(response.url()).pathname}`);
  });
  await page.addInitScript(OBSERVE_SHIFTS);
  return {
    get problems() {
      return found.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint)));
    },
    allow: (pattern) => allowed.push(pattern),
  };
}

type Shifts = { total: number; nodes: string[] };
/** `apart`: periods in which shifts do not count; `own`: the one that the test has opened. */
type Period = [from: number, to: number];
type Kept = { __shifts?: Shifts & { apart: Period[]; own?: Period } };

/** Layout shifts without input since the page was loaded. */
export const shiftsOf = (page: Page): Promise<Shifts> =>
  page.evaluate(() => (window as unknown as { __shifts: Shifts }).__shifts);

/** Does not count shifts while the test resizes the window or takes a screenshot of the whole page. */
export async function apart<T>(page: Page, act: () => Promise<T>): Promise<T> {
  await page.evaluate(() => {
    const shifts = (window as unknown as Kept).__shifts;
    if (shifts === undefined) return;
    shifts.own = [performance.now(), Number.POSITIVE_INFINITY];
    shifts.apart.push(shifts.own);
  });
  const done = await act();
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    const own = (window as unknown as Kept).__shifts?.own;
    if (own) own[1] = performance.now();
  });
  return done;
}

/** Resizes the window. */
export const resize = (page: Page, size: { width: number; height: number }): Promise<void> =>
  apart(page, () => page.setViewportSize(size));
