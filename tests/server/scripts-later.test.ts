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

  it.each([
    ['after a frame', { frames: true }],
    ['after half a second where nobody looks at the page', { frames: false }],
  ])('start %s, once', (_, { frames }) => {
    const code = /<script nonce="abc=">(.*?)<\/script>/.exec(html)?.[1] ?? '';
    const timers: { run: () => void; ms: number }[] = [];
    const waiting: (() => void)[] = [];
    const added: Record<string, unknown>[] = [];
    runInNewContext(code, {
      document: {
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
      requestAnimationFrame: (run: () => void) => waiting.push(run),
      setTimeout: (run: () => void, ms = 0) => timers.push({ run, ms }),
    });
    expect(added).toEqual([]);
    if (frames) for (const run of waiting) run();
    const due = timers.toSorted((a, b) => a.ms - b.ms);
    expect(due.at(-1)?.ms).toBe(500);
    due[0]?.run();
    expect(added).toMatchObject([{ src: '/_next/one.js', nonce: 'abc=', async: '' }]);
    for (const { run } of due) run();
    expect(added).toHaveLength(1);
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
