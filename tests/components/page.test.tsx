import { http } from 'msw';
import { renderToReadableStream } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import Overview from '@/app/page';
import { servedCloud } from '../routes/served-cloud';

/** The page as the server sends it, over a simulated cloud. */

const address = vi.hoisted(() => ({ query: '' }));
vi.mock('next/navigation', () => ({
  usePathname: () => '/',
  useSearchParams: () => new URLSearchParams(address.query),
  useRouter: () => ({ refresh() {} }),
}));

const sent = vi.hoisted(() => ({ headers: {} as Record<string, string> }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(sent.headers) }));
afterEach(() => {
  sent.headers = {};
});

const ORIGIN = 'http://cloud.test';
const cloud = servedCloud({ hosts: 6, servers: 40, audits: 12 });

/** The page with all its parts in place, as text. Tags become spaces. */
async function page(query: Record<string, string> = {}): Promise<{ html: string; text: string }> {
  address.query = new URLSearchParams(query).toString();
  const element = await Overview({ searchParams: Promise.resolve({ plain: '1', ...query }) });
  const stream = await renderToReadableStream(element);
  await stream.allReady;
  const html = await new Response(stream).text();
  const text = html
    .replaceAll('<!-- -->', '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('\u202f', ' ')
    .replace(/\s+/g, ' ');
  return { html, text };
}

const broken = (part: string) =>
  cloud.server.use(http.all(`${ORIGIN}/${part}/*`, () => new Response('down', { status: 503 })));

describe('the page', () => {
  it('shows capacity and the newest audit', async () => {
    const { html, text } = await page();
    for (const title of [
      'Physical CPU',
      'Virtual RAM',
      'VMs',
      'Top flavors',
      'Hosts by CPU',
      'Hottest hosts',
      'Migrations',
    ]) {
      expect(text).toContain(title);
    }
    expect(text).toMatch(/\d of 6 hosts (is|are) hot|No hot hosts/);
    expect(text).toMatch(/Watcher proposes \d+ migrations?/);
    expect(text).toMatch(/VMs [\d.]+ per host 40 /);
    expect(text).toMatch(/Projected \d+ of \d+ migrations?/);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(text).not.toMatch(/NaN|undefined|\[object/);
  });

  it('an update of itself holds no audit’s details, which the browser has already; a way to it from elsewhere does', async () => {
    sent.headers = { accept: '*/*', referer: 'http://visio.test/?audit=a', 'sec-fetch-dest': 'empty' };
    const update = await page();
    expect(update.text).toMatch(/Watcher proposes \d+ migrations?/);
    expect(update.text).not.toContain('Copy link');
    sent.headers = { accept: '*/*', referer: 'http://visio.test/hosts/', 'sec-fetch-dest': 'empty' };
    expect((await page()).text).toContain('Copy link');
  });

  it('holds no style attribute, which a strict content policy would drop', async () => {
    expect((await page()).html).not.toMatch(/<[a-z][^>]*\sstyle=/);
  });

  const title = /<h3 id="audit-title"[^>]*>([^<]+)/;

  it('shows the audit that the address names, by id or by name', async () => {
    const { html, text } = await page({ audit: 'stabilize-yesterday' });
    expect(title.exec(html)?.[1]).toBe('stabilize-yesterday');
    expect(text).toContain('executed');
  });

  it('an audit that is gone: says so, and shows the newest', async () => {
    const first = title.exec((await page()).html)?.[1];
    expect(first).toBeTruthy();
    const { html, text } = await page({ audit: 'gone' });
    expect(text).toContain('That audit no longer exists. This is the newest one.');
    expect(title.exec(html)?.[1]).toBe(first);
  });

  it('lists audits as links, which work without JavaScript', async () => {
    expect((await page()).html).toMatch(/<a [^>]*href="\/\?audit=[^"]+"[^>]*role="option"/);
  });

  it('a cloud without audits says so', async () => {
    cloud.serve({ hosts: 2, servers: 3, audits: 0 });
    expect((await page()).text).toContain('No audits in RegionOne yet');
  });

  it('an empty region has dashes, not zeros', async () => {
    cloud.serve({ hosts: 0, servers: 0, audits: 0 });
    const { text } = await page();
    expect(text).toContain('No hosts in this region');
    expect(text).toContain('Physical CPU – The region has no hosts.');
    expect(text).not.toMatch(/0\.0%|0\.00×/);
  });
});

describe('one source fails', () => {
  it('Prometheus: allocations and audits are there, load is a dash with the reason', async () => {
    broken('prometheus');
    const { text } = await page();
    expect(text).toMatch(/Physical CPU – Prometheus [^.]+\./);
    expect(text).toMatch(/Host load unknown Prometheus [^.]+\./);
    expect(text).toMatch(/VMs [\d.]+ per host 40 /);
    expect(text).toContain('There is no chart, because no host is measured.');
    expect(text).toContain('Plans of this audit');
  });

  it('Watcher: capacity is there, and the audits say who fails', async () => {
    broken('infra-optim');
    const { html, text } = await page();
    expect(text).toMatch(/VMs [\d.]+ per host 40 /);
    expect(html).toMatch(/role="alert"[^>]*>Watcher /);
    expect(text).toMatch(/Audits unavailable Watcher /);
    expect(text).not.toContain('No audits yet');
  });

  it('Nova: audits are there, and no VM is said to be gone', async () => {
    broken('compute');
    const { text } = await page();
    expect(text).toContain('Hosts and VMs are unknown, so there is no projection.');
    expect(text).not.toMatch(/is gone|are gone/);
    expect(text).toMatch(/VMs – Nova /);
    expect(text).toMatch(/Host load unavailable Nova /);
  });
});
