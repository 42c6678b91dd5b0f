import type { Browser, CDPSession, Page } from '@playwright/test';

/** Measures what choosing another audit costs the main thread of the page. */

/** How an audit is chosen. `idle`: a key that does nothing, to measure what the page does anyway. */
export type Way = 'idle' | 'key, first time' | 'key, seen before' | 'click, pointed at';

export type Switch = {
  way: Way;
  /** CPU time of the main thread, and the wall-clock time of its tasks; ms. */
  cpu: number;
  tasks: number;
  /** The longest task of at least 50 ms. */
  longest: number;
  /** Time from the input until the new audit is painted; ms, null if nothing changes. */
  shown: number | null;
};

type Seen = { tasks: number[]; at: number; shown: number | null };

/** The page records itself when a new audit has been painted, so that no polling disturbs it. */
const OBSERVE = `
  window.__switch = { tasks: [], at: 0, shown: null };
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.__switch.tasks.push(entry.duration); }).observe({ type: 'longtask' });
  for (const type of ['keydown', 'click']) addEventListener(type, (event) => { window.__switch.at = event.timeStamp; }, true);
  new MutationObserver(() => {
    requestAnimationFrame(() => setTimeout(() => { window.__switch.shown ??= performance.now() - window.__switch.at; }));
  }).observe(document.getElementById('audit-title').closest('article').parentElement, { childList: true, characterData: true, subtree: true });
`;

/** Enough time for a page to finish loading. */
const REST_MS = 2_000;
/** Enough time for everything that an input triggers. */
const SPAN_MS = 1_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Tab = { page: Page; client: CDPSession };

async function readClocks(client: CDPSession): Promise<{ cpu: number; tasks: number }> {
  const { metrics } = await client.send('Performance.getMetrics');
  const of = (wanted: string) => 1000 * (metrics.find(({ name }) => name === wanted)?.value ?? 0);
  // The measurement's own commands are not work of the page.
  return { cpu: of('ThreadTime'), tasks: of('TaskDuration') - of('DevToolsCommandDuration') };
}

async function measure(way: Way, { page, client }: Tab, act: () => Promise<void>): Promise<Switch> {
  await page.evaluate(() => {
    Object.assign((window as unknown as { __switch: Seen }).__switch, { tasks: [], shown: null });
  });
  const before = await readClocks(client);
  await act();
  await pause(SPAN_MS);
  const after = await readClocks(client);
  const seen = await page.evaluate(() => (window as unknown as { __switch: Seen }).__switch);
  return {
    way,
    cpu: after.cpu - before.cpu,
    tasks: after.tasks - before.tasks,
    longest: Math.max(0, ...seen.tasks),
    shown: seen.shown,
  };
}

function press(client: CDPSession, key: string) {
  return async () => {
    const event = { key, code: `Key${key.toUpperCase()}`, windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0) };
    await client.send('Input.dispatchKeyEvent', { type: 'keyDown', text: key, ...event });
    await client.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  };
}

/** Points at the option first, as people do; only the click itself is measured. */
async function pointAt({ page, client }: Tab, at: number): Promise<() => Promise<void>> {
  const option = page.getByRole('listbox', { name: 'Audits' }).getByRole('option').nth(at);
  await option.hover();
  const box = await option.boundingBox();
  if (box === null) throw new Error(`no audit at position ${at}`);
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2, button: 'left', clickCount: 1 } as const;
  await pause(SPAN_MS);
  return async () => {
    await client.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...point });
    await client.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...point });
  };
}

/**
 * Steps down through the audits, back up to the first, and clicks on those further down.
 *
 * @param options.slower slowdown factor of the processor
 * @param options.times repetitions of each way
 */
export async function measureSwitches(
  browser: Browser,
  url: string,
  { slower, times }: { slower: number; times: number },
): Promise<Switch[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  const tab = { page, client };
  await client.send('Performance.enable');
  await client.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto(url, { waitUntil: 'load', timeout: 60_000 });
  await page.waitForTimeout(REST_MS);
  // Evaluated rather than added as a script, which the content security policy would block.
  await page.evaluate(OBSERVE);
  const done: Switch[] = [];
  const repeat = async (way: Way, act: (time: number) => Promise<() => Promise<void>>) => {
    for (let time = 0; time < times; time++) done.push(await measure(way, tab, await act(time)));
  };
  await repeat('idle', async () => press(client, 'x'));
  await repeat('key, first time', async () => press(client, 'j'));
  await repeat('key, seen before', async () => press(client, 'k'));
  await repeat('click, pointed at', (time) => pointAt(tab, times + 1 + time));
  await context.close();
  return done;
}
