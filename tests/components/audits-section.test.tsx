// @vitest-environment happy-dom
import { MINUTE_MS } from '@/lib/units';
import '@testing-library/jest-dom/vitest';
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { searchAudits } from '@/components/audits/audit-rail';
import { AuditsSection } from '@/components/audits/audits-section';
import type { AuditSummary } from '@/lib/contract/v1/audits';
import { detail, list, summary } from './audit-samples';
import { NOW } from './samples';

vi.mock('next/navigation', () => import('./next-navigation'));
vi.mock('react-chartjs-2', () => import('./canvases'));

const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\u202f', ' ');

const AUDITS = [
  summary(),
  summary({
    id: 'a2',
    name: 'weekly',
    goal: 'server_consolidation',
    effect: { spread_change: 2, moves_estimated: 0, hosts_emptied: 2 },
  }),
  summary({ id: 'a3', name: 'yearly', type: 'CONTINUOUS' }),
];

const detailOf = (audit: AuditSummary) => detail({ audit: { ...detail().audit, ...audit } });

let answers: Record<string, () => Response>;

beforeEach(() => {
  // The clock stands still at the time of the sample.
  vi.setSystemTime(NOW);
  answers = Object.fromEntries(
    AUDITS.map((audit) => [`/api/v1/audits/${audit.id}/`, () => Response.json(detailOf(audit))]),
  );
  vi.spyOn(window, 'fetch').mockImplementation(async (address) => {
    const answer = answers[String(address)];
    return answer ? answer() : Response.json({ detail: 'There is no audit of this id or name.' }, { status: 404 });
  });
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  window.history.replaceState(null, '', '/');
});

type Given = Partial<Parameters<typeof AuditsSection>[0]>;

function show(given: Given = {}) {
  return render(
    <SWRConfig value={{ provider: () => new Map(), dedupingInterval: 0 }}>
      <AuditsSection
        list={list(AUDITS)}
        detail={detailOf(AUDITS[0] ?? summary())}
        missing={null}
        region="RegionOne"
        now={NOW}
        {...given}
      />
    </SWRConfig>,
  );
}

const options = () => screen.getAllByRole('option').filter((option) => option.tagName === 'A');
const selected = () => options().find((option) => option.getAttribute('aria-selected') === 'true')?.textContent;
const title = () => screen.getByRole('heading', { level: 3 }).textContent;

describe('the link of an audit', () => {
  it('names the audit and the plan on screen, also if they are the default', async () => {
    const user = userEvent.setup();
    show();
    await user.click(screen.getByRole('button', { name: 'Copy link' }));
    const copied = new URL(await navigator.clipboard.readText());
    const { audit, plans } = detailOf(AUDITS[0] ?? summary());
    expect(Object.fromEntries(copied.searchParams)).toEqual({
      audit: audit.id,
      plan: plans.find(({ shown }) => shown)?.id,
    });
  });

  it('leads to the plan that it names if the audit has another one by now', () => {
    window.history.replaceState(null, '', '/?plan=older');
    show();
    const link = screen.getByRole('link', { name: 'Show that plan' });
    expect(link.getAttribute('href')).toMatch(/^\/audits\/[^/]+\/plans\/older\/?$/);
  });
});

describe('the list of audits', () => {
  it('shows proposal, age and type of each audit', () => {
    const { plan } = summary();
    if (!plan) throw new Error('the sample has a plan');
    const odd = [
      ...AUDITS,
      summary({ id: 'b1', name: 'empty', plan: { ...plan, actions: 0, migrations: 0 }, effect: null }),
      summary({ id: 'b2', name: 'failed', state: 'FAILED', plan: null, effect: null }),
      summary({ id: 'b3', name: 'running', state: 'ONGOING', type: 'CONTINUOUS', plan: null, effect: null }),
      summary({ id: 'b4', name: 'unread', plan: { ...plan, actions: null, migrations: null }, effect: null }),
      summary({
        id: 'b5',
        name: 'done',
        plan: { ...plan, state: 'SUCCEEDED', actions: 1, migrations: 1 },
        effect: null,
      }),
    ];
    show({ list: list(odd) });
    expect(options().map((option) => plain(option.textContent))).toEqual([
      'nightly25 min ago2 migrations, 1 other action, spread −12.1one-shot',
      'weekly25 min ago2 migrations, empties 2 hostsone-shot',
      'yearly25 min ago2 migrations, 1 other action, spread −12.1continuous',
      'empty25 min agoNo changes proposedone-shot',
      'failed26 min agoNo planfailed',
      'running26 min agoNo plan yetcontinuous',
      'unread25 min agoPlan not loadedone-shot',
      'done25 min ago1 migrationexecuted',
    ]);
  });

  it('counts the age of a continuous audit from its last plan', () => {
    const { plan } = summary();
    const created = NOW - 9000 * MINUTE_MS;
    show({
      list: list([summary({ created_at: created, plan: plan && { ...plan, created_at: NOW - 3 * MINUTE_MS } })]),
    });
    expect(plain(options()[0]?.textContent)).toContain('3 min ago');
  });

  it('is one tab stop; arrow keys, Home and End select and move the focus', async () => {
    show();
    expect(options().map((option) => option.getAttribute('tabindex'))).toEqual(['0', '-1', '-1']);
    act(() => options()[0]?.focus());
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(title()).toBe('weekly'));
    expect(document.activeElement).toBe(options()[1]);
    expect(window.location.search).toBe('?audit=a2');
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(title()).toBe('yearly'));
    await userEvent.keyboard('{Home}');
    await waitFor(() => expect(title()).toBe('nightly'));
    expect(selected()).toContain('nightly');
  });

  it('adds a history entry on a click, but not for j and k', async () => {
    show();
    const before = window.history.length;
    await userEvent.click(options()[1] as HTMLElement);
    await waitFor(() => expect(title()).toBe('weekly'));
    expect(window.history.length).toBe(before + 1);
    act(() => (document.activeElement as HTMLElement | null)?.blur());
    await userEvent.keyboard('j');
    await waitFor(() => expect(title()).toBe('yearly'));
    await userEvent.keyboard('k');
    await waitFor(() => expect(title()).toBe('weekly'));
    expect(window.history.length).toBe(before + 1);
  });

  it('drops the filters when another audit is selected', async () => {
    window.history.replaceState(null, '', '/?audit=a1&q=web&from=cmp-1&load=ram');
    show();
    await userEvent.click(options()[1] as HTMLElement);
    await waitFor(() => expect(title()).toBe('weekly'));
    expect(window.location.search).toBe('?audit=a2&load=ram');
  });

  it('is also a native select, for narrow screens', async () => {
    show();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Audit' }), 'a3');
    await waitFor(() => expect(title()).toBe('yearly'));
  });

  it('can be searched if it has more than eight audits', async () => {
    expect(screen.queryByRole('textbox', { name: 'Search audits' })).toBeNull();
    const many = Array.from({ length: 9 }, (_, i) => summary({ id: `n${i}`, name: `audit-${i}` }));
    show({ list: list([...many, ...AUDITS]) });
    await userEvent.type(screen.getByRole('textbox', { name: 'Search audits' }), 'consolid');
    expect(options().map((option) => option.getAttribute('data-audit'))).toEqual(['a2']);
    expect(searchAudits(AUDITS, 'CONTINUOUS yearly').map(({ id }) => id)).toEqual(['a3']);
  });

  it('offers older audits if there are more than fifty', async () => {
    answers['/api/v1/audits/?limit=4&offset=0'] = () =>
      Response.json(list([...AUDITS, summary({ id: 'old', name: 'oldest' })], { total: 4, limit: 4 }));
    show({ list: list(AUDITS.slice(0, 2), { total: 4, limit: 2 }) });
    await userEvent.click(
      within(screen.getByRole('listbox').parentElement as HTMLElement).getByRole('button', { name: /Show older/ }),
    );
    await waitFor(() => expect(options()).toHaveLength(4));
    expect(screen.queryByRole('button', { name: /Show older/ })).toBeNull();
  });
});

describe('the audit in the address', () => {
  it('is found by its name', () => {
    window.history.replaceState(null, '', '/?audit=weekly');
    show({ detail: detailOf(AUDITS[1] ?? summary()) });
    expect(title()).toBe('weekly');
    expect(selected()).toContain('weekly');
  });

  it('is replaced by the newest, with a notice, if it no longer exists', async () => {
    window.history.replaceState(null, '', '/?audit=gone');
    show();
    expect(await screen.findByText('That audit no longer exists. This is the newest one.')).toBeInTheDocument();
    expect(title()).toBe('nightly');
    expect(selected()).toContain('nightly');
  });

  it('is requested if it is older than the list', async () => {
    answers['/api/v1/audits/ancient/'] = () => Response.json(detailOf(summary({ id: 'ancient', name: 'ancient' })));
    window.history.replaceState(null, '', '/?audit=ancient');
    show({ detail: null });
    await waitFor(() => expect(title()).toBe('ancient'));
    expect(selected()).toBeUndefined();
  });

  it('stays in its last known state, with the reason, if a refresh fails', async () => {
    show();
    answers['/api/v1/audits/a1/'] = () =>
      Response.json({ detail: 'Watcher did not answer in 30 s.', source: 'Watcher' }, { status: 503 });
    await userEvent.click(options()[1] as HTMLElement);
    await waitFor(() => expect(title()).toBe('weekly'));
    await userEvent.click(options()[0] as HTMLElement);
    expect(
      await screen.findByText(/^Watcher did not answer in 30 s\. Showing the last known state\.$/),
    ).toBeInTheDocument();
    expect(title()).toBe('nightly');
  });

  it('shows why it can’t be read, and keeps the list', async () => {
    answers['/api/v1/audits/a2/'] = () =>
      Response.json({ detail: 'Watcher did not answer in 30 s.', source: 'Watcher' }, { status: 503 });
    show();
    await userEvent.click(options()[1] as HTMLElement);
    expect(await screen.findByText('Watcher did not answer in 30 s.')).toBeInTheDocument();
    expect(options()).toHaveLength(3);
  });
});
