import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { startScriptsLater } from '@/lib/server/scripts-later';

/** What the head of a page becomes, and what its lines do in a browser. */

const script = (name: string) => `<script src="/_next/${name}.js" async="" nonce="abc="></script>`;
const STYLES = '<link rel="stylesheet" href="/_next/one.css" nonce="abc="/>';
const BODY =
  '</head><body><p>Größe</p><script src="/_next/main.js" nonce="abc=" id="_R_" async=""></script></body></html>';
const page = (head: string) => `<!DOCTYPE html><html><head><meta charSet="utf-8"/>${head}<title>Über</title>${BODY}`;
const changed = (html: string) => startScriptsLater(Buffer.from(html)).toString();

describe('the scripts of a page', () => {
  const html = changed(page(STYLES + script('one') + script('two')));

  it('are loaded with the nonce of the page, and not started', () => {
    expect(html).toContain(
      '<link rel="preload" as="script" fetchPriority="low" href="/_next/one.js" nonce="abc=" data-later=""/>',
    );
    expect(html.match(/data-later=""\/>/g)).toHaveLength(2);
    expect(html.slice(0, html.indexOf('</head>'))).not.toContain('<script src');
    expect(html.endsWith(`<title>Über</title>${BODY}`)).toBe(true);
  });

  it('are started by a script before the style sheets, which would hold it back', () => {
    expect(html.indexOf('<script nonce="abc=">')).toBeGreaterThan(0);
    expect(html.indexOf('<script nonce="abc=">')).toBeLessThan(html.indexOf(STYLES));
  });

  /** A browser that runs those lines, and what they do in it. */
  function browser({ visibility = 'visible' } = {}) {
    const code = /<script nonce="abc=">(.*?)<\/script>/.exec(html)?.[1] ?? '';
    const timers: { run: () => void; ms: number }[] = [];
    const added: Record<string, unknown>[] = [];
    const painted: ((name: string) => void)[] = [];
    runInNewContext(code, {
      document: {
        visibilityState: visibility,
        querySelectorAll: () => [
          { href: 'http://visio.test/_next/one.js', getAttribute: () => '/_next/one.js', nonce: 'abc=' },
        ],
        createElement: () => ({
          setAttribute(name: string, value: string) {
            Object.assign(this, { [name]: value });
          },
        }),
        body: {},
        head: { append: (element: Record<string, unknown>) => added.push(element) },
      },
      PerformanceObserver: class {
        constructor(report: (seen: { getEntriesByName(name: string): unknown[] }) => void) {
          painted.push((name) => report({ getEntriesByName: (wanted) => (wanted === name ? [{}] : []) }));
        }
        observe() {}
      },
      setTimeout: (run: () => void, ms = 0) => timers.push({ run, ms }),
    });
    return { added, timers, paint: (name: string) => painted.forEach((report) => void report(name)) };
  }

  it('start once text is painted, and not with the background alone', () => {
    const { added, paint, timers } = browser();
    paint('first-paint');
    expect(added).toEqual([]);
    paint('first-contentful-paint');
    expect(added).toMatchObject([{ src: '/_next/one.js', nonce: 'abc=', async: '' }]);
    paint('first-contentful-paint');
    for (const { run } of timers) run();
    expect(added).toHaveLength(1);
  });

  it('start after two seconds in a browser that reports no paint', () => {
    const { added, timers } = browser();
    expect(timers.map(({ ms }) => ms)).toEqual([2_000]);
    timers[0]?.run();
    expect(added).toHaveLength(1);
  });

  it('start at once in a page that nobody looks at', () => {
    expect(browser({ visibility: 'hidden' }).added).toHaveLength(1);
  });

  it.each([
    ['without style sheets', page(script('one'))],
    ['without a nonce', page('<link rel="stylesheet" href="a.css"/><script src="one.js" async=""></script>')],
    ['without scripts', page(STYLES)],
    ['whose head is not whole', STYLES + script('one')],
  ])('stay as they are in a page %s', (_, given) => {
    expect(changed(given)).toBe(given);
  });
});
