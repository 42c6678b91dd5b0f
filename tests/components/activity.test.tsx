// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { listEvents, rowsOf } from '@/components/activity/events';
import { placeLabels } from '@/components/activity/labels';
import { Timeline } from '@/components/activity/timeline';
import type { Activity } from '@/lib/contract/v1/activity';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { NOW, readings } from './samples';

const { push } = vi.hoisted(() => ({ push: vi.fn() }));
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }) }));

afterEach(() => {
  cleanup();
  push.mockClear();
});

const FROM = NOW - 24 * HOUR_MS;
const at = (minutes: number) => FROM + minutes * MINUTE_MS;
const plan = (id: string, more: Partial<Activity['plans'][number]> = {}): Activity['plans'][number] => ({
  audit_id: 'a1',
  audit_name: 'nightly',
  plan_id: id,
  plan_state: 'RECOMMENDED',
  created_at: at(30),
  began_at: null,
  ended_at: null,
  failed: false,
  ...more,
});

const ACTIVITY: Activity = {
  title: 'Last 24 h: 1 VM moved',
  counts: { moved: 1, failed: 1, moved_back: 0 },
  from: FROM,
  until: NOW,
  moves: [
    {
      at: at(90),
      vm_id: 'v1',
      vm_name: 'web-1',
      source: 'a',
      destination: 'b',
      result: 'failed',
      audit_name: null,
      audit_id: null,
      plan_id: null,
    },
  ],
  moves_since: FROM,
  moves_reason: null,
  plans_since: null,
  audits: [{ at: at(10), audit_id: 'a1', audit_name: 'nightly', outcome: 'nothing' }],
  plans: [plan('p1', { plan_state: 'SUCCEEDED', created_at: at(20), began_at: at(60), ended_at: at(80) }), plan('p2')],
  hosts: [{ at: at(200), host: 'cmp-1', change: 'closed', person: 'ops', reason: 'fans' }],
  out_of_service: [
    { host: 'cmp-1', from: at(200), until: null, is_out: true, by: 'person', text: 'ops: fans' },
    { host: 'cmp-2', from: null, until: null, is_out: true, by: 'down', text: 'nova-compute is silent' },
    { host: 'cmp-3', from: at(10), until: at(60), is_out: false, by: 'watcher', text: 'plan of nightly' },
  ],
  hot_hosts: [{ host: 'cmp-4', times: [{ from: at(60), until: at(120) }], is_hot: false }],
  hot_hosts_total: 9,
  load: [],
  load_reason: 'Prometheus is silent.',
  readings: readings(),
};

const show = (q = '') => render(<Timeline activity={ACTIVITY} hours="24" q={q} />);
const slider = () => screen.getByRole('slider', { name: 'Events on the timeline' });
const shown = () => slider().getAttribute('aria-valuetext');

describe('the timeline', () => {
  it('is stepped through with the arrow keys, from the newest on', async () => {
    show();
    expect(shown()).toBe('None chosen');
    slider().focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(shown()).toContain('cmp-1: closed by ops');
    await userEvent.keyboard('{ArrowLeft}');
    expect(shown()).toContain('web-1: did not move from a to b');
    await userEvent.keyboard('{Home}{ArrowLeft}');
    expect(shown()).toContain('nightly: nothing to do');
    await userEvent.keyboard('{End}');
    expect(slider()).toHaveAttribute('aria-valuenow', '4');
  });

  it('shows with Enter only what has the name of the chosen event', async () => {
    show();
    slider().focus();
    await userEvent.keyboard('{Enter}');
    expect(push).not.toHaveBeenCalled();
    await userEvent.keyboard('{End}{Enter}');
    expect(push).toHaveBeenCalledWith('/activity/?hours=24&q=cmp-1', { scroll: false });
    expect(screen.getByRole('link', { name: 'Only cmp-1' })).toHaveAttribute(
      'href',
      expect.stringContaining('hours=24&q=cmp-1'),
    );
  });

  it('is stepped through with buttons too, up to its ends', async () => {
    show();
    const button = (name: string) => screen.getByRole('button', { name });
    await userEvent.click(button('Earlier event'));
    expect(shown()).toContain('cmp-1: closed by ops');
    expect(button('Later event')).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(button('Earlier event'));
    expect(shown()).toContain('web-1: did not move from a to b');
    await userEvent.click(button('Later event'));
    expect(shown()).toContain('cmp-1: closed by ops');
  });

  it('marks the time that it shows, and keeps the filter in the others', () => {
    show('web-1');
    expect(screen.getByRole('link', { name: '24 h' })).toHaveAttribute('aria-current', 'true');
    const week = screen.getByRole('link', { name: '7 d' });
    expect(week).not.toHaveAttribute('aria-current');
    expect(week).toHaveAttribute('href', expect.stringContaining('hours=168&q=web-1'));
  });

  it('shows when hosts were out of service and hot, and since when nobody knows', () => {
    show();
    const out = screen.getByRole('img', { name: /^Out of service: 3 hosts/ });
    expect([...out.querySelectorAll('p')].map(({ textContent }) => textContent)).toEqual([
      'cmp-2, nova-compute is silent',
      'cmp-1, ops: fans',
      'cmp-3, plan of nightly',
    ]);
    expect(out.querySelector('title')).toHaveTextContent('cmp-2 out of service since when is unknown');
    expect(out.querySelectorAll('[data-vague]')).toHaveLength(1);
    expect(screen.getByRole('img', { name: /^Hosts that were hot: 9 hosts/ })).toBeInTheDocument();
    expect(screen.getByText('8 more hosts')).toBeInTheDocument();
  });

  it('draws plans that overlap below each other', () => {
    show();
    const [first, second] = [...screen.getByRole('img', { name: /^2 plans/ }).querySelectorAll('g')];
    const topOf = (group: Element | undefined) => Number(group?.querySelector('rect')?.getAttribute('y'));
    expect(topOf(second)).toBeGreaterThan(topOf(first));
  });
});

describe('names of bars', () => {
  const bar = (start: number, end: number, more = {}) => ({
    name: 'nightly',
    start,
    end,
    fillsFrom: 100,
    row: 0,
    ...more,
  });

  it('are in the outline of a bar, or left of it', () => {
    expect(placeLabels([bar(0, 50), bar(70, 71)])).toEqual([
      { side: 'inside', at: 0 },
      { side: 'left', at: 70 },
    ]);
  });

  it('are left out where they would cover another bar, or could not be read', () => {
    expect(placeLabels([bar(0, 50), bar(51, 52)])[1]).toBeNull();
    expect(placeLabels([bar(0, 50, { fillsFrom: 1 })])).toEqual([null]);
    expect(placeLabels([bar(0, 50), bar(51, 52, { row: 1 })])[1]).toEqual({ side: 'left', at: 51 });
  });
});

describe('rows of what overlaps', () => {
  it('are shared by what comes after each other', () => {
    const spans = [
      { from: 0, until: 10 },
      { from: 5, until: 20 },
      { from: 12, until: 15 },
      { from: 21, until: 30 },
    ];
    expect(rowsOf(spans, { most: 8, gap: 1 })).toEqual([0, 1, 0, 0]);
    expect(rowsOf(spans, { most: 8, gap: 3 })).toEqual([0, 1, 2, 0]);
  });

  it('are no more than there is room for', () => {
    const spans = Array.from({ length: 5 }, () => ({ from: 0, until: 10 }));
    expect(rowsOf(spans, { most: 3, gap: 0 })).toEqual([0, 1, 2, 2, 2]);
  });
});

describe('events of the timeline', () => {
  it('leave out what is outside its time', () => {
    expect(listEvents({ ...ACTIVITY, from: at(70) }).map(({ name }) => name)).toEqual(['web-1', 'cmp-1']);
  });
});
