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

  it('leaves out the audit’s details in its own refresh, but not when the page is opened', async () => {
    sent.headers = { accept: '*/*', referer: 'http://visio.test/?audit=a', 'sec-fetch-dest': 'empty' };
    const update = await page();
    expect(update.text).toMatch(/Watcher proposes \d+ migrations?/);
    expect(update.text).not.toContain('Copy link');
    sent.headers = { accept: '*/*', referer: 'http://visio.test/hosts/', 'sec-fetch-dest': 'empty' };
    expect((await page()).text).toContain('Copy link');
  });

  it('has no style attribute, which the content security policy would drop', async () => {
    expect((await page()).html).not.toMatch(/<[a-z][^>]*\sstyle=/);
  });

  const title = /<h3 id="audit-title"[^>]*>([^<]+)/;

  it('shows the audit in the address, by id or by name', async () => {
    const { html, text } = await page({ audit: 'stabilize-yesterday' });
    expect(title.exec(html)?.[1]).toBe('stabilize-yesterday');
    expect(text).toContain('executed');
  });

  it('says that an audit is gone, and shows the newest', async () => {
    const first = title.exec((await page()).html)?.[1];
    expect(first).toBeTruthy();
    const { html, text } = await page({ audit: 'gone' });
    expect(text).toContain('That audit no longer exists. This is the newest one.');
    expect(title.exec(html)?.[1]).toBe(first);
  });

  it('lists audits as links, which work without JavaScript', async () => {
    expect((await page()).html).toMatch(/<a [^>]*href="\/\?audit=[^"]+"[^>]*role="option"/);
  });

  it('says that a cloud has no audits', async () => {
    cloud.serve({ hosts: 2, servers: 3, audits: 0 });
    expect((await page()).text).toContain('No audits in RegionOne yet');
  });

  it('shows dashes, not zeros, for an empty region', async () => {
    cloud.serve({ hosts: 0, servers: 0, audits: 0 });
    const { text } = await page();
    expect(text).toContain('No hosts in this region');
    expect(text).toContain('Physical CPU – The region has no hosts.');
    expect(text).not.toMatch(/0\.0%|0\.00×/);
  });
});

describe('a source that fails', () => {
  it('leaves allocations and audits, and dashes with the reason for load, if it is Prometheus', async () => {
    broken('prometheus');
    const { text } = await page();
    expect(text).toMatch(/Physical CPU – Prometheus [^.]+\./);
    expect(text).toMatch(/Host load unknown Prometheus [^.]+\./);
    expect(text).toMatch(/VMs [\d.]+ per host 40 /);
    expect(text).toContain('There is no chart, because no host is measured.');
    expect(text).toContain('Plans of this audit');
  });

  it('leaves capacity, and audits name the source, if it is Watcher', async () => {
    broken('infra-optim');
    const { html, text } = await page();
    expect(text).toMatch(/VMs [\d.]+ per host 40 /);
    expect(html).toMatch(/role="alert"[^>]*>Watcher /);
    expect(text).toMatch(/Audits unavailable Watcher /);
    expect(text).not.toContain('No audits yet');
  });

  it('leaves audits, and does not call VMs gone, if it is Nova', async () => {
    broken('compute');
    const { text } = await page();
    expect(text).toContain('Hosts and VMs are unknown, so there is no projection.');
    expect(text).not.toMatch(/is gone|are gone/);
    expect(text).toMatch(/VMs – Nova /);
    expect(text).toMatch(/Host load unavailable Nova /);
  });
});
