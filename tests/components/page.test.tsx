import { http } from 'msw';
import type { ReactElement } from 'react';
import { renderToReadableStream } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import CapacityPage from '@/app/capacity/page';
import Overview from '@/app/page';
import AuditsPage from '@/app/plans/audits/page';
import PlansPage from '@/app/plans/page';
import { servedCloud } from '../routes/served-cloud';

/** Pages as the server sends them, over a simulated cloud. */

const address = vi.hoisted(() => ({ query: '' }));
vi.mock('next/navigation', () => ({
  usePathname: () => '/',
  useSearchParams: () => new URLSearchParams(address.query),
  useRouter: () => ({ refresh() {} }),
  redirect: (to: string) => {
    throw new Error(`redirected to ${to}`);
  },
}));

const sent = vi.hoisted(() => ({ headers: {} as Record<string, string> }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(sent.headers) }));
afterEach(() => {
  sent.headers = {};
});

const ORIGIN = 'http://cloud.test';
const cloud = servedCloud({ hosts: 6, servers: 40, audits: 12 });

type Page = (props: { searchParams: Promise<Record<string, string>> }) => Promise<ReactElement>;

/** A page with all its parts in place, as text. Tags become spaces. */
async function show(page: Page, query: Record<string, string> = {}): Promise<{ html: string; text: string }> {
  address.query = new URLSearchParams(query).toString();
  const element = await page({ searchParams: Promise.resolve({ plain: '1', ...query }) });
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

describe('the overview', () => {
  it('shows capacity and the plan to recommend', async () => {
    const { html, text } = await show(Overview);
    for (const title of ['Physical CPU', 'Virtual RAM', 'VMs', 'Room for more', 'Hosts by CPU', 'Hottest hosts'])
      expect(text).toContain(title);
    expect(text).toMatch(/\d of 6 hosts (is|are) hot|No hot hosts/);
    expect(text).toMatch(/Watcher proposes \d+ migrations?/);
    expect(text).toMatch(/Best of \d+ plans that wait/);
    expect(text).toMatch(/VMs mean [\d.]+ vCPU, [\d.,]+ [GT]iB 40 [\d.]+ per host /);
    expect(text).toMatch(/by-hand .* 2 of 8 actions done/);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(text).not.toMatch(/NaN|undefined|\[object/);
  });

  it('has no style attribute, which the content security policy would drop', async () => {
    expect((await show(Overview)).html).not.toMatch(/<[a-z][^>]*\sstyle=/);
  });

  it('leads to the list of audits from addresses that name one', async () => {
    await expect(show(Overview, { audit: 'nightly', q: 'web' })).rejects.toThrow(
      'redirected to /plans/audits/?plain=1&audit=nightly&q=web',
    );
  });

  it('says that a cloud has no audits', async () => {
    cloud.serve({ hosts: 2, servers: 3, audits: 0 });
    expect((await show(Overview)).text).toContain('No audits yet');
  });

  it('shows dashes, not zeros, for an empty region', async () => {
    cloud.serve({ hosts: 0, servers: 0, audits: 0 });
    const { text } = await show(Overview);
    expect(text).toContain('No hosts in this region');
    expect(text).toContain('Physical CPU – The region has no hosts.');
    expect(text).not.toMatch(/0\.0%|0\.00×/);
  });
});

describe('the list of audits', () => {
  it('leaves out the audit’s details in its own refresh, but not when the page is opened', async () => {
    const own = 'http://visio.test/plans/audits/?audit=a';
    sent.headers = { accept: '*/*', referer: own, 'sec-fetch-dest': 'empty' };
    expect((await show(AuditsPage)).text).not.toContain('Copy link');
    sent.headers = { accept: '*/*', referer: 'http://visio.test/hosts/', 'sec-fetch-dest': 'empty' };
    const { text } = await show(AuditsPage);
    expect(text).toContain('Copy link');
    expect(text).toMatch(/Projected \d+ of \d+ migrations?/);
  });

  const title = /<h3 id="audit-title"[^>]*>([^<]+)/;

  it('shows the audit in the address, by id or by name', async () => {
    const { html, text } = await show(AuditsPage, { audit: 'stabilize-yesterday' });
    expect(title.exec(html)?.[1]).toBe('stabilize-yesterday');
    expect(text).toContain('executed');
    expect(html).not.toMatch(/<[a-z][^>]*\sstyle=/);
  });

  it('says that an audit is gone, and shows the newest', async () => {
    const first = title.exec((await show(AuditsPage)).html)?.[1];
    expect(first).toBeTruthy();
    const { html, text } = await show(AuditsPage, { audit: 'gone' });
    expect(text).toContain('That audit no longer exists. This is the newest one.');
    expect(title.exec(html)?.[1]).toBe(first);
  });

  it('has links, which work without JavaScript', async () => {
    expect((await show(AuditsPage)).html).toMatch(/<a [^>]*href="\/plans\/audits\/\?audit=[^"]+"[^>]*role="option"/);
  });

  it('says that a cloud has no audits', async () => {
    cloud.serve({ hosts: 2, servers: 3, audits: 0 });
    expect((await show(AuditsPage)).text).toContain('No audits in RegionOne yet');
  });
});

describe('the page of plans', () => {
  it('has no style attribute, and all parts', async () => {
    const { html, text } = await show(PlansPage);
    expect(html).not.toMatch(/<[a-z][^>]*\sstyle=/);
    expect(text).toMatch(/\d+ plans wait for you, \d are running/);
    expect(text).toMatch(/Running .* Waiting for a decision .* Worth doing .* Done /);
    expect(text).not.toMatch(/NaN|undefined|\[object/);
  });

  it('says what an audit is where there is none', async () => {
    cloud.serve({ hosts: 2, servers: 3, audits: 0 });
    const { text } = await show(PlansPage);
    expect(text).toContain('No plan waits');
    expect(text).toContain('An audit looks and proposes; nothing moves until you start its plan.');
  });
});

describe('a source that fails', () => {
  it('leaves allocations and plans, and dashes with the reason for load, if it is Prometheus', async () => {
    broken('prometheus');
    const { text } = await show(Overview);
    expect(text).toMatch(/Physical CPU – Prometheus [^.]+\./);
    expect(text).toMatch(/Host load unknown Prometheus [^.]+\./);
    expect(text).toMatch(/VMs mean [\d.]+ vCPU, [\d.,]+ [GT]iB 40 [\d.]+ per host /);
    expect(text).toMatch(/\d+ plans wait/);
    const audits = await show(AuditsPage);
    expect(audits.text).toContain('There is no chart, because no host is measured.');
    expect(audits.text).toContain('Plans of this audit');
  });

  it('leaves capacity, and plans name the source, if it is Watcher', async () => {
    broken('infra-optim');
    const { text } = await show(Overview);
    expect(text).toMatch(/VMs mean [\d.]+ vCPU, [\d.,]+ [GT]iB 40 [\d.]+ per host /);
    expect(text).toMatch(/Plans unavailable Watcher /);
    expect(text).not.toContain('No audits yet');
    expect((await show(AuditsPage)).html).toMatch(/role="alert"[^>]*>Watcher /);
    expect((await show(PlansPage)).html).toMatch(/role="alert"[^>]*>Watcher /);
  });

  it('leaves plans, and does not call VMs gone, if it is Nova', async () => {
    broken('compute');
    const { text } = await show(Overview);
    expect(text).toMatch(/\d+ plans wait Nova /);
    expect(text).not.toMatch(/is gone|are gone|no longer hold/);
    expect(text).toMatch(/VMs – Nova /);
    expect(text).toMatch(/Host load unavailable Nova /);
    expect((await show(AuditsPage)).text).toContain('Hosts and VMs are unknown, so there is no projection.');
    expect((await show(PlansPage)).text).not.toMatch(/is gone|are gone|no longer hold/);
  });
});

describe('the page about capacity', () => {
  it('says how many more fit and whether a host can fail', async () => {
    const { html, text } = await show(CapacityPage);
    expect(text).toMatch(/[\d,]+ more [\w.]+ fits?; /);
    expect(text).toMatch(/How many more fit .* Run today/);
    expect(text).toMatch(/az-a: (yes, any one of 6|no\. Without)/);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(text).not.toMatch(/NaN|undefined|\[object/);
  });

  it('says why nothing is counted without Placement', async () => {
    broken('placement');
    const { text } = await show(CapacityPage);
    expect(text).toContain('How many more VMs fit is unknown');
    expect(text).toMatch(/Can a host fail\?.*Placement/);
  });
});
