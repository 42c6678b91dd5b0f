import { describe, expect, it } from 'vitest';
import { listAuditCases } from '@/lib/domain/plans/audit-case';
import { ratesByStrategy } from '@/lib/domain/plans/strategy-rates';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { DAY_MS, HOUR_MS } from '@/lib/units';
import { actionRow, auditRow, planRow } from '../records';

const NOW = 40 * DAY_MS;
const CONTEXT = { since: NOW - 30 * DAY_MS, now: NOW, expiryMs: DAY_MS, happened: () => new Map() };

type Made = { plans: ActionPlan[]; audits?: Audit[]; actions?: Record<string, Action[]>; kept?: [string, number][] };

const rates = ({ plans, audits = [auditRow({ strategy: 'basic' })], actions = {}, kept = [] }: Made) =>
  ratesByStrategy(
    listAuditCases(audits, plans, {
      ...Object.fromEntries(plans.map(({ id }) => [id, [actionRow(`of-${id}`)]])),
      ...actions,
    }),
    { ...CONTEXT, kept: new Map(kept) },
  );

const plan = (id: string, state: string, more: Partial<ActionPlan> = {}) =>
  planRow({ id, state, createdAt: NOW - HOUR_MS, ...more });

describe('how often the plans of a strategy come to something', () => {
  it('counts what became of each', () => {
    const [basic] = rates({
      plans: [
        plan('a', 'SUCCEEDED', { hostname: 'applier' }),
        plan('b', 'FAILED', { hostname: 'applier' }),
        plan('c', 'CANCELLED', { hostname: 'applier' }),
        plan('d', 'CANCELLED'),
        plan('e', 'RECOMMENDED'),
        plan('f', 'RECOMMENDED', { createdAt: NOW - 2 * DAY_MS }),
        plan('g', 'SUPERSEDED'),
        plan('h', 'PENDING'),
        plan('i', 'SUCCEEDED'),
      ],
      actions: { i: [] },
    });
    expect(basic).toMatchObject({
      strategy: 'basic',
      plans: 9,
      done: 1,
      failed: 1,
      stopped: 1,
      refused: 1,
      waiting: 1,
      expired: 2,
      running: 1,
      no_change: 1,
      replaced: 0,
    });
  });

  it('tells plans that the next run of their audit replaced from those that somebody refused', () => {
    const audits = [auditRow({ strategy: 'basic', type: 'CONTINUOUS' })];
    const [basic] = rates({
      audits,
      plans: [
        plan('new', 'RECOMMENDED', { createdAt: NOW - HOUR_MS }),
        plan('old', 'CANCELLED', { createdAt: NOW - 2 * HOUR_MS, updatedAt: NOW - HOUR_MS }),
      ],
    });
    expect(basic).toMatchObject({ waiting: 1, replaced: 1, refused: 0 });
  });

  it('counts actions of plans that were started', () => {
    const ended = (states: string[]) => states.map((state, i) => actionRow(`${state}-${i}`, { state }));
    const [basic] = rates({
      plans: [plan('a', 'SUCCEEDED', { hostname: 'applier' }), plan('b', 'RECOMMENDED')],
      actions: { a: ended(['SUCCEEDED', 'SUCCEEDED', 'FAILED', 'SKIPPED']), b: ended(['PENDING', 'SKIPPED']) },
    });
    expect(basic).toMatchObject({ actions_done: 2, actions_failed: 1, actions_skipped: 1 });
  });

  it('counts promises as kept from 80% on', () => {
    const plans = ['a', 'b', 'c'].map((id) => plan(id, 'SUCCEEDED', { hostname: 'applier' }));
    expect(
      rates({
        plans,
        kept: [
          ['a', 0.8],
          ['b', 0.79],
        ],
      })[0],
    ).toMatchObject({ done: 3, measured: 2, kept: 1 });
  });

  it('leaves out older plans, deleted ones and steps of careful runs', () => {
    const audits = [
      auditRow({ strategy: 'basic' }),
      auditRow({ id: 'step', name: 'visio-0123abcd-step-1', strategy: 'actuator' }),
    ];
    const [basic, ...others] = rates({
      audits,
      plans: [
        plan('a', 'RECOMMENDED'),
        plan('b', 'SUCCEEDED', { createdAt: NOW - 31 * DAY_MS }),
        plan('c', 'DELETED'),
        plan('d', 'SUCCEEDED', { auditId: 'step' }),
      ],
    });
    expect(basic?.plans).toBe(1);
    expect(others).toEqual([]);
  });

  it('has the strategies with the most plans first', () => {
    const audits = [auditRow({ strategy: 'zone' }), auditRow({ id: 'two', name: 'two', strategy: 'basic' })];
    const plans = [plan('a', 'RECOMMENDED'), plan('b', 'RECOMMENDED', { auditId: 'two' }), plan('c', 'RECOMMENDED')];
    expect(rates({ audits, plans }).map(({ strategy, plans: count }) => [strategy, count])).toEqual([
      ['zone', 2],
      ['basic', 1],
    ]);
  });
});
