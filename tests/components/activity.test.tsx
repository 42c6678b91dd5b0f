// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { listEvents, rowsOf } from '@/components/activity/events';
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
  audits: [{ at: at(10), audit_id: 'a1', audit_name: 'nightly', outcome: 'nothing' }],
  plans: [plan('p1', { plan_state: 'SUCCEEDED', created_at: at(20), began_at: at(60), ended_at: at(80) }), plan('p2')],
  hosts: [{ at: at(200), host: 'cmp-1', change: 'closed', person: 'ops', reason: 'fans' }],
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

  it('marks the time that it shows, and keeps the filter in the others', () => {
    show('web-1');
    expect(screen.getByRole('link', { name: '24 h' })).toHaveAttribute('aria-current', 'true');
    const week = screen.getByRole('link', { name: '7 d' });
    expect(week).not.toHaveAttribute('aria-current');
    expect(week).toHaveAttribute('href', expect.stringContaining('hours=168&q=web-1'));
  });

  it('draws plans that overlap below each other', () => {
    show();
    const [first, second] = [...screen.getByRole('img', { name: /^2 plans/ }).querySelectorAll('g')];
    const topOf = (group: Element | undefined) => Number(group?.querySelector('rect')?.getAttribute('y'));
    expect(topOf(second)).toBeGreaterThan(topOf(first));
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
