// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DrainHead } from '@/components/hosts/drain-head';
import { DrainLadder } from '@/components/hosts/drain-ladder';
import { DrainTable } from '@/components/hosts/drain-table';
import { chosenOf, describeCloser, staysInWords, titleOfDrain } from '@/components/hosts/drain-words';
import type { DrainView, DrainVmView } from '@/lib/contract/v1/drain';
import { GIB } from '@/lib/units';
import { project, readings } from './samples';

vi.mock('next/navigation', () => ({ useRouter: () => ({}), usePathname: () => '/' }));
afterEach(cleanup);

const NOW = Date.UTC(2026, 1, 13, 3, 6);

const vm = (name: string, kind: DrainVmView['kind'], more: Partial<DrainVmView> = {}): DrainVmView => ({
  id: name,
  name,
  ...project('shop'),
  flavor: 'm1.large',
  kind,
  text: null,
  who: null,
  destination: kind === 'blocks' ? null : 'cmp-2',
  destination_cpu_after: kind === 'blocks' ? null : 48,
  fits_on: 8,
  fits_of: 10,
  others: '2 against its server group',
  ram_to_copy: kind === 'live' ? 6.4 * GIB : null,
  verdict: kind === 'blocks' ? null : 'ok',
  reasons: [],
  unchecked: [],
  ...more,
});

const VMS = [
  vm('jump-10', 'blocks', {
    text: 'It is in state ERROR, in which Nova moves nothing.',
    who: 'Its owner can reset or delete it.',
  }),
  vm('web-09', 'live'),
  vm('web-10', 'cold', { text: 'It uses a PCI device of its host.' }),
];

const figures = {
  hosts_hot: 2,
  cpu_highest: 48,
  ram_allocated: 38,
  slots: 552,
  may_lose_host: true,
  worst_loss: null,
};
const drain = (more: Partial<DrainView> = {}): DrainView => ({
  host: 'cmp-1',
  state: 'up',
  status: 'enabled',
  zone: 'az-a',
  made_at: NOW,
  title: '2 of 3 VMs of cmp-1 fit elsewhere, 1 blocks',
  line: '1 moves live.',
  closed: null,
  vms: VMS,
  counts: { all: 3, fit: 2, blocks: 1, cold: 1, live: 1, off: 0 },
  ram_to_copy: 6.4 * GIB,
  disk_to_copy: 0,
  flavor: 'm1.large',
  now: figures,
  after: figures,
  unchecked: [],
  plans: [],
  way: { offered: true, text: 'As plans with exactly these moves.', warnings: [] },
  seen: 'seen',
  permission: {
    mode: 'service',
    may_act: true,
    reason: null,
    code: null,
    name: 'ops',
    roles: ['admin'],
    needs: ['admin'],
    sign_in: 'none',
    sign_in_cloud: null,
    signed_in_until: null,
  },
  close: [],
  drain: [],
  maintain: [],
  maintenance: null,
  open: [],
  run: null,
  readings: readings(),
  ...more,
});
const CLOSED = { by: 'here', person: 'ops', reason: 'swap fans', since: NOW - 60_000, back_by: null } as const;
const run = (state: 'running' | 'paused' | 'ended'): NonNullable<DrainView['run']> => ({
  id: 'run',
  of: { kind: 'drain', host: 'cmp-1' },
  title: '2 of 5 moved',
  state,
  why: state === 'paused' ? { code: 'failed', text: 'web-09 did not move as approved.', at: NOW } : null,
  person: 'ops',
  reason: 'swap fans',
  created_at: NOW - 60_000,
  moved: 2,
  wrong: 0,
  left: 3,
  total: 5,
});

const head = (view: DrainView) => render(<DrainHead drain={view} now={NOW} problem={null} />).container.textContent;
const step = (view: DrainView) => {
  const { container } = render(<DrainLadder drain={view} now={NOW} />);
  return container.querySelector('[aria-current="step"]')?.textContent;
};

describe('the page of a drain', () => {
  it('says that nothing has been done while the host is open', () => {
    expect(head(drain())).toContain('Nothing has been done yet:');
    expect(step(drain())).toMatch(/^Proof/);
  });

  it('says of a host that is closed and not empty that nothing moves its VMs', () => {
    const half = drain({ closed: CLOSED, run: run('ended') });
    expect(titleOfDrain(half)).toBe('3 VMs are still on cmp-1');
    expect(head(half)).toContain('The host is closed but not empty, and nothing moves its VMs now.');
    expect(step(half)).toMatch(/^Check again/);
  });

  it('follows the moves, and says why they are paused', () => {
    expect(titleOfDrain(drain({ closed: CLOSED, run: run('running') }))).toBe('3 of 5 VMs left on cmp-1');
    const paused = drain({ closed: CLOSED, run: run('paused') });
    expect(titleOfDrain(paused)).toBe('Paused: 3 of 5 VMs left on cmp-1');
    expect(head(paused)).toContain(
      'The moves are paused: web-09 did not move as approved. Of its 5 moves, 3 have not ended.',
    );
    expect(step(paused)).toMatch(/^Move/);
  });

  it('warns if somebody opens the host while its VMs are moved', () => {
    const opened = head(drain({ run: run('running') }));
    expect(opened).toContain('The host is open although its VMs are being moved');
    expect(opened).not.toContain('Nothing has been done yet');
  });

  it('is in maintenance once the host is closed and empty', () => {
    const counts = { all: 0, fit: 0, blocks: 0, cold: 0, live: 0, off: 0 };
    const empty = drain({ closed: CLOSED, vms: [], counts, title: 'cmp-1 is empty', run: run('ended') });
    expect(titleOfDrain(empty)).toBe('cmp-1 is empty');
    expect(step(empty)).toMatch(/^In maintenance/);
    expect(head(empty)).not.toContain('not empty');
  });

  it('shuts nothing down that nobody has ticked', () => {
    const none = chosenOf(drain(), new Set());
    expect(none.moves.map(({ name }) => name)).toEqual(['web-09']);
    expect(staysInWords(none.stays)).toBe('2 stay until you decide: jump-10 and web-10.');
    const ticked = chosenOf(drain(), new Set(['web-10', 'jump-10']));
    expect(ticked.moves.map(({ name }) => name)).toEqual(['web-09', 'web-10']);
    render(<DrainTable drain={drain()} shutDown={new Set()} onShutDown={() => {}} />);
    expect(screen.getAllByRole('checkbox')).toHaveLength(1);
    expect(screen.getByRole('checkbox', { name: 'Shut web-10 down to move it' })).toHaveProperty('checked', false);
    expect(screen.getByRole('row', { name: /jump-10/ }).textContent).toContain('Its owner can reset or delete it.');
    expect(screen.getByRole('row', { name: /web-09/ }).textContent).toContain('Fits on 8 of 10 other hosts now');
  });

  it.each([
    [CLOSED, 'Closed by ops at 03:05 UTC: swap fans'],
    [{ ...CLOSED, back_by: NOW + 3_600_000 }, 'Closed by ops at 03:05 UTC, back by 04:06 UTC: swap fans'],
    [
      { by: 'watcher', person: null, reason: 'watcher_disabled', since: null, back_by: null } as const,
      'Closed by Watcher (watcher_disabled), which never opens it again',
    ],
    [
      { by: 'unknown', person: null, reason: null, since: null, back_by: null } as const,
      'Closed without a reason. Nova does not keep who and when',
    ],
  ])('says who closed the host: %o', (closed, text) => {
    expect(describeCloser(closed, NOW)).toBe(text);
  });
});
