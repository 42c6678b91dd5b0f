import { describe, expect, it } from 'vitest';
import type { Happened } from '@/lib/contract/v1/happened';
import { type NewsOfPlan, newsOfHosts, newsOfPlan } from '@/lib/domain/explain/news';
import { actionRow, auditRow, planRow } from '../records';

const happened = (result: Happened['result'], at: number): Happened => ({
  result,
  evidence: 'migration',
  started_at: at - 10,
  ended_at: at,
  destination: null,
  migration_id: 'm',
  differs: false,
  text: '',
});
const moves = [
  actionRow('1', { state: 'SUCCEEDED', parameters: { resource_id: 'x', resource_name: 'db-1', source_node: 'cmp-1' } }),
  actionRow('2', { state: 'FAILED', parameters: { resource_id: 'y', resource_name: 'db-2', source_node: 'cmp-1' } }),
];
const news = (more: Partial<NewsOfPlan> = {}, since = 0) =>
  newsOfPlan(
    {
      audit: auditRow(),
      plan: planRow({ state: 'SUCCEEDED', hostname: 'ctl', updatedAt: 500 }),
      actions: moves,
      happened: new Map([
        ['1', happened('moved', 300)],
        ['2', happened('failed', 400)],
      ]),
      cluster: { index: { resolve: (name) => name }, servers: new Map() },
      ...more,
    },
    since,
  );

describe('what happened to a plan', () => {
  it('is its end, as a failure if a move failed, and each such move', () => {
    expect(news()).toMatchObject([
      { kind: 'plan-ended', at: 500, failed: true, outcome: '1 of 2 actions done, 1 failed.', plan_id: 'plan' },
      { kind: 'move-failed', at: 400, vm: 'db-2', stays_on: 'cmp-1', audit: 'nightly' },
    ]);
  });

  it('is only the moves that failed while it runs, and nothing before it was started', () => {
    const running = planRow({ state: 'ONGOING', updatedAt: 200 });
    expect(news({ plan: running }).map(({ kind }) => kind)).toEqual(['move-failed']);
    expect(news({ plan: planRow() })).toEqual([]);
  });

  it('leaves out what is older', () => {
    expect(news({}, 450).map(({ kind }) => kind)).toEqual(['plan-ended']);
    expect(news({}, 501)).toEqual([]);
  });
});

it('names hosts that were left disabled, if it is known since when', () => {
  const left = { host: 'cmp-9', reason: 'watcher_disabled', since: 100, audit: 'night' };
  expect(newsOfHosts([left, { ...left, since: null }], 50)).toEqual([
    { kind: 'host-closed', at: 100, host: 'cmp-9', audit: 'night' },
  ]);
  expect(newsOfHosts([left], 101)).toEqual([]);
});
