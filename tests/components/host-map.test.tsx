// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bandOf, countBands, describeBands } from '@/components/figures/bands';
import { moveIn, stepOf } from '@/components/widgets/host-map/layout';
import { HostMapPanel } from '@/components/widgets/host-map/panel';
import { HottestPanel } from '@/components/widgets/hottest/panel';
import { rankHosts, rowsFor } from '@/components/widgets/hottest/rank';
import type { HostMap } from '@/lib/contract/v1/host-map';
import type { PlanList } from '@/lib/contract/v1/plan-list';
import { detail, host } from './audit-samples';
import { HOSTS, HOSTS_400, proposalOf } from './host-samples';
import { LIMITS, NOW, readings, STALE } from './samples';

const state = { query: '', push: vi.fn() };
const router = { push: (address: string) => state.push(address), refresh: () => {} };
vi.mock('next/navigation', () => ({
  useRouter: () => router,
  usePathname: () => '/',
  useSearchParams: () => new URLSearchParams(state.query),
}));

let answers: Record<string, unknown> = {};

beforeEach(() => {
  state.query = '';
  state.push.mockReset();
  answers = {};
  vi.spyOn(window, 'fetch').mockImplementation(async (address) => {
    const answer = answers[String(address)];
    return answer === undefined ? new Response('{}', { status: 404 }) : Response.json(answer);
  });
});
afterEach(cleanup);

async function show(map: HostMap = HOSTS) {
  const result = render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <HostMapPanel map={map} limits={LIMITS} now={NOW} />
      <HottestPanel map={map} limits={LIMITS} now={NOW} />
    </SWRConfig>,
  );
  await act(async () => {});
  return result;
}

const grid = () => screen.getByRole('group', { name: /^Hosts\. Use arrow keys/ });
const cells = () => within(grid()).getAllByRole('link');
const legend = () => [...document.querySelectorAll('li')].map((row) => row.textContent);

describe('bands', () => {
  it('put a host at a limit beyond it', () => {
    const limits = { warm: 70, hot: 85 };
    expect([0, 24.9, 25, 50, 69.9, 70, 85, 120, null].map((load) => bandOf(load, limits))).toEqual([
      0,
      0,
      1,
      2,
      2,
      3,
      4,
      4,
      null,
    ]);
  });

  it('are worded by their limits', () => {
    expect(describeBands({ warm: 70, hot: 85 })).toEqual([
      'under 25%',
      '25–50%',
      '50–70%',
      '70–85%, warm',
      '85% and over, hot',
    ]);
    expect(describeBands({ warm: 30, hot: 60 })).toEqual([
      'under 10%',
      '10–20%',
      '20–30%',
      '30–60%, warm',
      '60% and over, hot',
    ]);
  });

  it('are counted, hosts without data separately', () => {
    expect(countBands([0, 4, 4, null, 2])).toEqual({ counts: [1, 0, 1, 0, 2], none: 1 });
  });
});

describe('the layout of the map', () => {
  it('lets arrow keys move by column and row up to the edges', () => {
    expect(moveIn({ count: 24, columns: 8 }, 3, 'ArrowDown')).toBe(11);
    expect(moveIn({ count: 24, columns: 8 }, 3, 'ArrowUp')).toBeNull();
    expect(moveIn({ count: 24, columns: 8 }, 23, 'ArrowRight')).toBeNull();
    expect(moveIn({ count: 24, columns: 8 }, 5, 'End')).toBe(23);
    expect(moveIn({ count: 24, columns: 8 }, 5, 'x')).toBeNull();
  });

  it('has smaller cells for more hosts, and no text in them above 60', () => {
    expect([3, 24, 60, 61, 400, 1000, 5000].map((hosts) => stepOf(hosts).step)).toEqual([
      8, 24, 60, 100, 400, 1000, 2000,
    ]);
    expect([60, 61].map((hosts) => stepOf(hosts).withText)).toEqual([true, false]);
  });
});

describe('the host map', () => {
  it('has a cell for each host by name, with its load and what that means', async () => {
    await show();
    expect(cells().map((cell) => cell.getAttribute('aria-label'))).toEqual([
      'cmp-r01-01 89% CPU, hot',
      'cmp-r01-02 34% CPU',
      'cmp-r01-03 96% CPU, hot',
      'cmp-r02-01 75% CPU, warm',
      'cmp-r02-02, CPU not measured',
    ]);
    expect(legend()).toEqual([
      '85% and over, hot 2',
      '70–85%, warm 1',
      '50–70% 0',
      '25–50% 1',
      'under 25% 0',
      'not measured 1',
    ]);
  });

  it('shows the load after the chosen plan, and by RAM', async () => {
    await show();
    await userEvent.click(screen.getByRole('button', { name: 'After 17' }));
    expect(cells()[0]).toHaveAttribute('aria-label', 'cmp-r01-01 61% CPU');
    expect(legend()[0]).toBe('85% and over, hot 0');
    await userEvent.click(screen.getByRole('button', { name: 'Now' }));
    await userEvent.click(screen.getByRole('button', { name: 'RAM' }));
    expect(screen.getByRole('heading', { name: 'Hosts by RAM' })).toBeInTheDocument();
    expect(cells()[3]).toHaveAttribute('aria-label', 'cmp-r02-01 88% RAM, warm');
  });

  it('is one tab stop; arrows move, Enter opens the host', async () => {
    await show();
    expect(cells().filter((cell) => cell.tabIndex === 0)).toHaveLength(1);
    cells()[0]?.focus();
    await userEvent.keyboard('{End}{ArrowLeft}');
    expect(cells()[3]).toHaveFocus();
    expect(screen.getByRole('tooltip')).toHaveTextContent('cmp-r02-01CPU 75.0%RAM 88.0%12 VMs');
    await userEvent.keyboard('{Enter}');
    expect(state.push).toHaveBeenCalledWith('/hosts/cmp-r02-01/');
  });

  it('shows the hosts after the moves that are enough, and after all', async () => {
    await show({ ...HOSTS, enough: { moves: 4, cpu: [79, 34, 80, 75, null], ram: [60, 40, 70, 88, null] } });
    const when = within(screen.getByRole('group', { name: 'When' }));
    expect(when.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Now', 'After 4', 'After 17']);
    await userEvent.click(when.getByRole('button', { name: 'After 4' }));
    expect(cells()[0]).toHaveAccessibleName(/^cmp-r01-01 79% CPU, warm/);
    await userEvent.click(when.getByRole('button', { name: 'After 17' }));
    expect(cells()[0]).toHaveAccessibleName(/^cmp-r01-01 61% CPU/);
  });

  it('says on its switch why a finished plan has no load after it', async () => {
    const reason = 'The plan is over (SUCCEEDED): what it changed is already part of the load.';
    await show({ ...HOSTS, after: { audit: { id: 'a1', name: 'nightly' }, reason, moves: 0, cpu: [], ram: [] } });
    const button = screen.getByRole('button', { name: 'After plan' });
    expect(button).toHaveAttribute('title', reason);
    await userEvent.click(button);
    expect(screen.getByRole('button', { name: 'Now' })).toHaveAttribute('aria-pressed', 'true');
  });

  it('requests the best plan where it did not come with the page, and has no switch without one', async () => {
    const { best, counts, groups } = proposalOf();
    const plans: PlanList = {
      plans: best === null ? [] : [best],
      best_plan_id: 'p1',
      total: 1,
      limit: 100,
      offset: 0,
      next_since: '2026-01-31T08:00:00.000Z',
      counts,
      groups,
      appliers: 1,
      goals: [],
      strategies: [],
      readings: readings(),
    };
    answers['/api/v1/plans/?show=waiting'] = plans;
    answers['/api/v1/audits/a1/'] = {
      ...detail(),
      projection: { ...detail().projection, hosts: [host({ host: 'cmp-r01-01', cpu_after: 50 })] },
    };
    const { unmount } = await show({ ...HOSTS, after: null, awaited: true });
    await userEvent.click(await screen.findByRole('button', { name: /^After \d/ }));
    expect(cells()[0]).toHaveAttribute('aria-label', 'cmp-r01-01 50% CPU');
    unmount();
    answers['/api/v1/plans/?show=waiting'] = { ...plans, best_plan_id: null };
    await show({ ...HOSTS, after: null, awaited: true });
    expect(screen.queryByRole('button', { name: /^After/ })).toBeNull();
    expect(screen.queryByRole('columnheader', { name: 'After' })).toBeNull();
  });

  it('requests nothing where the server knows that there is no audit', async () => {
    await show({ ...HOSTS, after: null });
    expect(screen.queryByRole('button', { name: /^After/ })).toBeNull();
    expect(screen.queryByRole('columnheader', { name: 'After' })).toBeNull();
    expect(window.fetch).not.toHaveBeenCalled();
  });

  it('hatches and dates old data', async () => {
    await show({ ...HOSTS, readings: readings({ load: STALE }) });
    expect(screen.getByRole('button', { name: 'Last known' })).toBeInTheDocument();
    expect(screen.getAllByText('as of 02:41 UTC')).toHaveLength(2);
    expect(grid()).toHaveAttribute('data-old');
  });
});

describe('the hottest hosts', () => {
  it('are as many as fit beside the map, the hottest first, without unmeasured hosts', () => {
    expect([3, 24, 25, 501].map(rowsFor)).toEqual([5, 5, 6, 8]);
    expect(rankHosts(HOSTS.hosts, 5).map(({ name }) => name)).toEqual([
      'cmp-r01-03',
      'cmp-r01-01',
      'cmp-r02-01',
      'cmp-r01-02',
    ]);
    expect(rankHosts(HOSTS_400.hosts, 6)).toHaveLength(6);
  });

  it('show CPU now and after the plan, and RAM, and lead to all hosts', async () => {
    await show();
    const row = screen.getByRole('row', { name: /cmp-r01-03/ });
    expect(row).toHaveTextContent('cmp-r01-03hot 96%64%70%');
    expect(screen.getByRole('link', { name: 'All 5 hosts by CPU' })).toHaveAttribute('href', '/hosts?sort=cpu');
  });
});
