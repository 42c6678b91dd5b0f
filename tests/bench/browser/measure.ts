import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';

/** Measures what a page costs a browser: bytes, times and work of the main thread. */

export type Load = {
  /** Scripts in the document and scripts loaded later, compressed with gzip; bytes. */
  firstJs: number;
  laterJs: number;
  css: number;
  fonts: number;
  html: number;
  /** ms */
  firstPaint: number;
  largestPaint: number;
  domReady: number;
  /** The longest task of the main thread, and the number of tasks over 50 ms. */
  longestTask: number;
  longTasks: number;
  /** Cumulative layout shift. */
  shift: number;
};

const OBSERVE = `
  window.__seen = { tasks: [], lcp: 0, shift: 0 };
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.__seen.tasks.push(entry.duration); }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.__seen.lcp = entry.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__seen.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
`;

type Seen = { tasks: number[]; lcp: number; shift: number };

const seenOf = (page: Page) => page.evaluate(() => (window as unknown as { __seen: Seen }).__seen);

/** Enough time for a page to finish loading. It never goes idle, because it keeps polling the sources. */
const REST_MS = 2_000;

async function rest(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load', timeout: 60_000 });
  await page.waitForTimeout(REST_MS);
}

/** Measures one load with an empty cache. @param slower slowdown factor of the processor */
export async function measureLoad(browser: Browser, url: string, slower: number): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(OBSERVE);
  const client = await context.newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const bodies: Promise<{ path: string; type: string; bytes: number; text: string }>[] = [];
  page.on('response', (response) => {
    const type = response.request().resourceType();
    if (!['document', 'script', 'stylesheet', 'font'].includes(type)) return;
    bodies.push(
      response.body().then((body) => ({
        path: new URL(response.url()).pathname,
        type,
        bytes: type === 'font' ? body.length : gzipSync(body).length,
        text: type === 'document' ? body.toString('utf8') : '',
      })),
    );
  });
  await rest(page, url);
  const seen = await seenOf(page);
  const times = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return {
      firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      domReady: navigation?.domContentLoadedEventEnd ?? 0,
    };
  });
  const parts = await Promise.all(bodies);
  await context.close();
  const html = parts.filter(({ type }) => type === 'document');
  const named = new Set(
    [...(html[0]?.text ?? '').matchAll(/<(?:script|link)[^>]*\s(?:src|href)="([^"?]+\.js)/g)].map(
      ([, source]) => source,
    ),
  );
  const sum = (wanted: (part: { path: string; type: string }) => boolean) =>
    parts.filter(wanted).reduce((all, { bytes }) => all + bytes, 0);
  return {
    firstJs: sum(({ type, path }) => type === 'script' && named.has(path)),
    laterJs: sum(({ type, path }) => type === 'script' && !named.has(path)),
    css: sum(({ type }) => type === 'stylesheet'),
    fonts: sum(({ type }) => type === 'font'),
    html: sum(({ type }) => type === 'document'),
    ...times,
    largestPaint: seen.lcp,
    longestTask: Math.max(0, ...seen.tasks),
    longTasks: seen.tasks.length,
    shift: seen.shift,
  };
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
