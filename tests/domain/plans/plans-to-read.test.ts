import { describe, expect, it } from 'vitest';
import { plansToRead, plansUnknownBefore } from '@/lib/domain/plans/plans-to-read';
import type { ActionPlan } from '@/lib/openstack/records';
import { DAY_MS, HOUR_MS } from '@/lib/units';
import { planRow } from '../records';

const NOW = 100 * DAY_MS;
const plan = (id: string, hoursAgo: number, more: Partial<ActionPlan> = {}) =>
  planRow({ id, createdAt: NOW - hoursAgo * HOUR_MS, ...more });
const ran = { state: 'SUCCEEDED', hostname: 'ctl-1' };
const read = (...plans: ActionPlan[]) => plansToRead(plans, NOW).map(({ id }) => id);

describe('the plans whose actions are read', () => {
  it('are the newest of each audit and those that wait or run', () => {
    const replaced = plan('replaced', 3, { state: 'CANCELLED' });
    expect(read(plan('newest', 1), plan('waits', 2), replaced, plan('other', 9, { auditId: 'b', ...ran }))).toEqual([
      'newest',
      'waits',
      'other',
    ]);
  });

  it('are all that have run in the last week, since an audit that starts its plans moves VMs at each run', () => {
    const [second, third] = [plan('second', 2, ran), plan('third', 3, { state: 'FAILED', hostname: 'ctl-1' })];
    const stopped = plan('stopped', 4, { state: 'CANCELLED', hostname: 'ctl-1' });
    expect(read(plan('first', 1, ran), second, third, stopped)).toEqual(['first', 'second', 'third', 'stopped']);
    expect(read(plan('first', 1, ran), plan('old', 8 * 24, ran))).toEqual(['first']);
  });

  it('are only the newest of very many that have run, and it is known since when all are read', () => {
    const many = Array.from({ length: 400 }, (_, i) => plan(`p${i}`, i / 4, ran));
    const wanted = plansToRead(many, NOW);
    expect(wanted.map(({ id }) => id)).toEqual(many.slice(0, 201).map(({ id }) => id));
    const actions = Object.fromEntries(wanted.map(({ id }) => [id, []]));
    expect(plansUnknownBefore(many, actions, NOW)).toBe(many[201]?.createdAt);
    expect(plansUnknownBefore(many.slice(0, 201), actions, NOW)).toBeNull();
  });

  it('are none of those that had nothing to do, which no applier has taken', () => {
    expect(read(plan('first', 1, ran), plan('empty', 2, { state: 'SUCCEEDED' }))).toEqual(['first']);
  });
});
