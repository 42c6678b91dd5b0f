import { describe, expect, it } from 'vitest';
import { listActivity, matchActivity } from '@/lib/domain/explain/activity';
import { listAuditCases } from '@/lib/domain/plans/audit-case';
import { openHappenings } from '@/lib/domain/plans/happenings';
import type { Action, ActionPlan, Audit, ServerMigration } from '@/lib/openstack/records';
import { HOUR_MS } from '@/lib/units';
import { cluster, hypervisor, migrate, server } from '../build';
import { at, migration, plan, record } from '../plans/nova-scene';
import { auditRow } from '../records';

const FROM = at(0);
const UNTIL = FROM + 24 * HOUR_MS;

type Made = {
  migrations?: ServerMigration[];
  plans?: ActionPlan[];
  actions?: Record<string, Action[]>;
  audits?: Audit[];
  people?: ReadonlyMap<string, string[]>;
};

function activity({ migrations = [], plans = [], actions = {}, audits = [auditRow()], people }: Made, q = '') {
  const joined = cluster({
    hypervisors: ['a', 'b', 'c'].map((host) => hypervisor(host)),
    servers: [server('vm', 'b', { name: 'web-1' }), server('other', 'c', { name: 'db-1' })],
  });
  const happenings = openHappenings({
    plans,
    actions,
    record: record(migrations),
    cluster: joined,
    knowsServers: true,
  });
  const cases = listAuditCases(audits, plans, actions);
  return listActivity({ cases, happenings, cluster: joined, from: FROM, until: UNTIL, people }, matchActivity(q));
}

const move = (id: string, [vm, from, to]: [string, string, string], more: Partial<ServerMigration> = {}) =>
  migration({ id, serverId: vm, source: from, destination: to, startedAt: at(10), updatedAt: at(11), ...more });

describe('what happened lately', () => {
  it('counts VMs that moved, moves that failed and VMs that came back within a day', () => {
    const { title, counts } = activity({
      migrations: [
        move('3', ['vm', 'b', 'a'], { startedAt: at(60), updatedAt: at(61) }),
        move('2', ['other', 'a', 'c'], { status: 'error', startedAt: at(50) }),
        move('1', ['vm', 'a', 'b']),
      ],
    });
    expect(counts).toEqual({ moved: 1, failed: 1, moved_back: 1 });
    expect(title).toBe('Last 24 h: 1 VM moved, 1 move failed, 1 VM moved back');
    expect(activity({}).title).toBe('Last 24 h: no VM moved');
  });

  it('finds the plans of a person, with their moves', () => {
    const done = plan({ id: 'plan', state: 'SUCCEEDED', auditId: 'audit', updatedAt: at(42) });
    const made = {
      plans: [done],
      actions: { plan: [migrate('action', ['vm', 'a', 'b'], { state: 'SUCCEEDED', updatedAt: at(41) })] },
      migrations: [
        move('by-hand', ['other', 'b', 'c'], { startedAt: at(100), updatedAt: at(101) }),
        move('by-plan', ['vm', 'a', 'b'], { startedAt: at(40), updatedAt: at(41) }),
      ],
      people: new Map([['plan', ['ops']]]),
    };
    const found = activity(made, 'OPS');
    expect(found.plans.map(({ plan_id: id }) => id)).toEqual(['plan']);
    expect(found.moves.map(({ vm_name: name }) => name)).toEqual(['web-1']);
    expect(activity(made, 'admin')).toMatchObject({ plans: [], moves: [] });
  });

  it('says which plan moved a VM, and that no plan did', () => {
    const done = plan({ id: 'plan', state: 'SUCCEEDED', auditId: 'audit', updatedAt: at(42) });
    const { moves } = activity({
      plans: [done],
      actions: { plan: [migrate('action', ['vm', 'a', 'b'], { state: 'SUCCEEDED', updatedAt: at(41) })] },
      migrations: [
        move('by-hand', ['other', 'b', 'c'], { startedAt: at(100), updatedAt: at(101) }),
        migration({ id: 'own', userId: 'watcher' }),
      ],
    });
    expect(moves.map(({ vm_name: name, audit_name: audit, plan_id: id }) => [name, audit, id])).toEqual([
      ['db-1', null, null],
      ['web-1', 'nightly', 'plan'],
    ]);
  });

  it('has audits that proposed, found nothing and failed', () => {
    const audits = [auditRow(), auditRow({ id: 'broken', name: 'broken', state: 'FAILED', updatedAt: at(30) })];
    const { audits: runs } = activity({
      audits,
      plans: [
        plan({ id: 'one', auditId: 'audit', createdAt: at(20) }),
        plan({ id: 'two', auditId: 'audit', createdAt: at(40) }),
      ],
      actions: { one: [migrate('action', ['vm', 'a', 'b'])], two: [] },
    });
    expect(runs.map(({ audit_name: audit, outcome }) => [audit, outcome])).toEqual([
      ['nightly', 'nothing'],
      ['broken', 'failed'],
      ['nightly', 'proposed'],
    ]);
  });

  it('leaves out what was over before', () => {
    const { moves, plans } = activity({
      plans: [plan({ id: 'old', state: 'SUCCEEDED', createdAt: at(-200), updatedAt: at(-100), hostname: 'applier' })],
      migrations: [move('old', ['vm', 'a', 'b'], { startedAt: at(-100) })],
    });
    expect([moves, plans]).toEqual([[], []]);
  });

  it('finds hosts, VMs and audits by a part of their name', () => {
    const made = { migrations: [move('1', ['vm', 'a', 'b']), move('2', ['other', 'b', 'c'])] };
    const named = (q: string) => activity(made, q).moves.map(({ vm_name: name }) => name);
    expect(named('WEB')).toEqual(['web-1']);
    expect(named('c')).toEqual(['db-1']);
    expect(named('nothing')).toEqual([]);
  });
});
