import 'server-only';
import { countMoved, type Moved } from '@/lib/domain/audit-form/moved';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { openHappenings } from '@/lib/domain/plans/happenings';
import { mayHaveRun } from '@/lib/domain/plans/runs';
import { isRunning } from '@/lib/domain/plans/states';
import { groupBy } from '@/lib/group-by';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { readRecentActions } from '@/lib/readings/audit-form';
import { DAY_MS, MINUTE_MS } from '@/lib/units';
import { clusterOf, happeningsOf } from './joined';
import type { ReadingSet } from './reading-set';
import { partOf, takeOf } from './take-of';

/** What audits have moved whose plans start without asking. */

export type StartedMoves = { moved: Moved | null; reason: string | null };

/** Asked for the actions of a day, which may be thousands. */
const FRESH_MS = MINUTE_MS;

const NOTHING: Moved = { vms: 0, back: 0 };

/**
 * By audit id, for those that start their plans; of the last 24 hours.
 *
 * @param readings with optimizer, inventory and migrations
 */
export async function takeStartedMoves(
  readings: ReadingSet,
  cases: AuditCase[],
  now: number,
): Promise<ReadonlyMap<string, StartedMoves>> {
  const starting = cases
    .filter(({ audit }) => audit.autoTrigger)
    .map(({ audit, plans }) => ({ audit, plans: plans.filter((plan) => mayHaveMoved(plan, now)) }));
  const plans = starting.flatMap((one) => one.plans);
  if (plans.length === 0)
    return new Map(starting.map(({ audit }) => [audit.id, { moved: NOTHING, reason: null }] as const));
  const taken = await takeOf(readings, {
    name: 'recent-actions',
    source: 'watcher',
    ttlMs: FRESH_MS,
    load: () => readRecentActions(readings.sources.session, Date.now() - DAY_MS),
  });
  const { value: recent, reason } = partOf(taken);
  if (recent === null) return new Map(starting.map(({ audit }) => [audit.id, { moved: null, reason }] as const));
  const actions = byPlan(recent, new Set(plans.map(({ id }) => id)));
  const cluster = clusterOf(readings);
  const { record } = happeningsOf(readings);
  const happenings = openHappenings({ plans, actions, record, cluster, knowsServers: false });
  const hostNamed = (name: string) => cluster.index.resolve(name) ?? name;
  return new Map(
    starting.map(({ audit, plans: own }) => {
      const runs = [...own]
        .sort((a, b) => a.createdAt - b.createdAt)
        .map((plan) => {
          const list = actions[plan.id] ?? [];
          return { plan, actions: list, happened: happenings.of(plan, list).byAction };
        });
      return [audit.id, { moved: countMoved(runs, hostNamed), reason: null }] as const;
    }),
  );
}

const mayHaveMoved = (plan: ActionPlan, now: number): boolean =>
  plan.createdAt > now - DAY_MS && (isRunning(plan.state) || mayHaveRun(plan));

function byPlan(recent: Action[], wanted: ReadonlySet<string>): Record<string, Action[]> {
  const own = recent.filter(({ planId }) => wanted.has(planId));
  return Object.fromEntries(groupBy(own, ({ planId }) => planId));
}
