import type { Activity, ActivityMove } from '@/lib/contract/v1/activity';
import { formatThings } from '@/lib/format';
import { resultOf } from '@/lib/migration-result';
import type { ServerMigration } from '@/lib/openstack/records';
import { DAY_MS, HOUR_MS } from '@/lib/units';
import type { Cluster } from '../cluster/cluster';
import type { AuditCase } from '../plans/audit-case';
import type { Happenings } from '../plans/happenings';
import { partOfList } from '../plans/list-parts';
import { mayHaveRun } from '../plans/runs';
import { isOver } from '../plans/states';

/** What happened in a region between two times: moves, audits and plans. Times in ms. */

type Parts = {
  cases: AuditCase[];
  happenings: Happenings;
  cluster: Pick<Cluster, 'servers'> & { index: Pick<Cluster['index'], 'resolve'> };
  from: number;
  until: number;
  /** Who did something to a plan, by its id. */
  people?: ReadonlyMap<string, string[]>;
};

type Happened = Pick<Activity, 'title' | 'counts' | 'moves' | 'audits' | 'plans'>;

const MOST_MOVES = 2_000;
/** A VM that returns to a host later than this has simply moved there. */
const BACK_MS = DAY_MS;

/** Whether one of these names has the text in it, whatever its case; an empty text is in all. */
export type Matches = (...names: (string | null)[]) => boolean;

export function matchActivity(text: string): Matches {
  const needle = text.trim().toLowerCase();
  return (...names) => needle === '' || names.some((name) => name?.toLowerCase().includes(needle));
}

export function listActivity(parts: Parts, matches: Matches): Happened {
  const { cases, from, until } = parts;
  const owners = listOwners(parts);
  const peopleOf = (planId: string | null) => (planId === null ? [] : (parts.people?.get(planId) ?? []));
  const migrations = parts.happenings.record.migrations.filter(
    ({ startedAt }) => startedAt >= from && startedAt <= until,
  );
  const moves = migrations
    .map((migration) => describeMove(migration, owners.get(migration.id), parts))
    .filter(({ vm_name: name, vm_id: id, source, destination, audit_name: audit, plan_id: plan }) =>
      matches(name, id, source, destination, audit, ...peopleOf(plan)),
    );
  const moving = new Set(moves.map(({ plan_id: id }) => id));
  const counts = countMoves(moves);
  return {
    title: titleOf(counts, until - from),
    counts,
    moves: moves.slice(0, MOST_MOVES),
    audits: listRuns(cases, { from, until }).filter(({ audit_name: audit }) => matches(audit)),
    plans: listPlans(parts, owners).filter(
      ({ audit_name: audit, plan_id: id }) => matches(audit, ...peopleOf(id)) || moving.has(id),
    ),
  };
}

type Owner = { audit_name: string; audit_id: string; plan_id: string };

/** Which plan each migration belongs to. */
function listOwners({ cases, happenings }: Parts): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const { audit, plans, actions } of cases) {
    for (const plan of plans) {
      const owner = { audit_name: audit.name, audit_id: audit.id, plan_id: plan.id };
      for (const id of happenings.of(plan, actions[plan.id] ?? NO_ACTIONS).own) owners.set(id, owner);
    }
  }
  return owners;
}

const NO_ACTIONS: never[] = [];

function describeMove(
  migration: ServerMigration,
  owner: Owner | undefined,
  { cluster }: Pick<Parts, 'cluster'>,
): ActivityMove {
  const nameOf = (host: string | null) => (host === null ? null : (cluster.index.resolve(host) ?? host));
  return {
    at: migration.startedAt,
    vm_id: migration.serverId,
    vm_name: cluster.servers.get(migration.serverId)?.name ?? null,
    source: nameOf(migration.source),
    destination: nameOf(migration.destination),
    result: resultOf(migration),
    audit_name: owner?.audit_name ?? null,
    audit_id: owner?.audit_id ?? null,
    plan_id: owner?.plan_id ?? null,
  };
}

/** @param moves newest first */
function countMoves(moves: ActivityMove[]): Activity['counts'] {
  const moved = new Set<string>();
  const back = new Set<string>();
  const left = new Map<string, { host: string; at: number }[]>();
  for (const { vm_id: id, source, destination, result, at } of moves.toReversed()) {
    if (result !== 'moved' || source === destination) continue;
    moved.add(id);
    const earlier = left.get(id) ?? [];
    if (earlier.some(({ host, at: leftAt }) => host === destination && at - leftAt < BACK_MS)) back.add(id);
    if (source !== null) left.set(id, [...earlier, { host: source, at }]);
  }
  return { moved: moved.size, failed: moves.filter(({ result }) => result === 'failed').length, moved_back: back.size };
}

function titleOf({ moved, failed, moved_back: back }: Activity['counts'], spanMs: number): string {
  const span = spanMs > 2 * DAY_MS ? `${Math.round(spanMs / DAY_MS)} d` : `${Math.round(spanMs / HOUR_MS)} h`;
  const parts = [
    moved === 0 ? 'no VM moved' : `${formatThings(moved, 'VM')} moved`,
    failed === 0 ? null : `${formatThings(failed, 'move')} failed`,
    back === 0 ? null : `${formatThings(back, 'VM')} moved back`,
  ].filter((part) => part !== null);
  return `Last ${span}: ${parts.join(', ')}`;
}

/** A run of an audit is known by its plan, or by the audit's failure. */
function listRuns(cases: AuditCase[], { from, until }: Pick<Parts, 'from' | 'until'>): Activity['audits'] {
  const isWithin = (at: number) => at >= from && at <= until;
  return cases
    .flatMap(({ audit, plans, actions }) => {
      const of = { audit_id: audit.id, audit_name: audit.name };
      const made = plans
        .filter(({ createdAt, state }) => isWithin(createdAt) && state !== 'DELETED')
        .map((plan) => {
          const part = partOfList(plan, actions[plan.id], audit.name);
          return {
            ...of,
            at: plan.createdAt,
            outcome: part === 'unchanged' ? ('nothing' as const) : ('proposed' as const),
          };
        });
      const failedAt = audit.state === 'FAILED' ? (audit.updatedAt ?? audit.createdAt) : null;
      const failed =
        failedAt !== null && isWithin(failedAt) ? [{ ...of, at: failedAt, outcome: 'failed' as const }] : [];
      return [...failed, ...made];
    })
    .sort((a, b) => b.at - a.at);
}

function listPlans({ cases, happenings, from, until }: Parts, owners: Map<string, Owner>): Activity['plans'] {
  const first = new Map<string, number>();
  for (const { id, startedAt } of happenings.record.migrations) {
    const owner = owners.get(id);
    if (owner) first.set(owner.plan_id, Math.min(startedAt, first.get(owner.plan_id) ?? startedAt));
  }
  return cases
    .flatMap(({ audit, plans, actions }) =>
      plans.flatMap((plan) => {
        const own = actions[plan.id] ?? NO_ACTIONS;
        const part = partOfList(plan, actions[plan.id], audit.name);
        const endedAt = isOver(plan.state) ? (plan.updatedAt ?? plan.createdAt) : null;
        if (part === 'unchanged' || plan.createdAt > until || (endedAt !== null && endedAt < from)) return [];
        const ran = mayHaveRun(plan, own);
        return [
          {
            audit_id: audit.id,
            audit_name: audit.name,
            plan_id: plan.id,
            plan_state: plan.state,
            created_at: plan.createdAt,
            began_at: first.get(plan.id) ?? null,
            ended_at: endedAt,
            failed: plan.state === 'FAILED' || (ran && own.some(({ state }) => state === 'FAILED')),
          },
        ];
      }),
    )
    .sort((a, b) => b.created_at - a.created_at);
}
