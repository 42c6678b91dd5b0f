import type { Happened } from '@/lib/contract/v1/happened';
import { groupBy } from '@/lib/group-by';
import type { Action, ActionPlan, ServerMigration } from '@/lib/openstack/records';
import type { MigrationRecord } from '@/lib/readings/migrations';
import type { Cluster } from '../cluster/cluster';
import { readAction } from './actions';
import { happenedTo, matching, resizesOf, type Witness } from './happened';
import type { ActionsByPlan } from './shown-plan';

/** What became of the moves of all plans, with each of Nova's migrations attributed to one plan at most. */

/** What became of a plan's moves, by action id, and which of Nova's migrations are its own. */
export type PlanHappenings = { byAction: ReadonlyMap<string, Happened>; own: ReadonlySet<string> };

export type Happenings = {
  /** @param actions all actions of the plan */
  of(plan: ActionPlan, actions: Action[]): PlanHappenings;
  /** Migrations that are no plan's, as far as the plans' actions were read. */
  foreign: ServerMigration[];
  record: MigrationRecord;
};

type Parts = {
  plans: ActionPlan[];
  actions: ActionsByPlan;
  record: MigrationRecord;
  cluster: Cluster;
  knowsServers: boolean;
};

const NO_MIGRATIONS: ServerMigration[] = [];

export function openHappenings({ plans, actions, record, cluster, knowsServers }: Parts): Happenings {
  const byServer = groupBy(record.migrations, ({ serverId }) => serverId);
  const owners = new Map<string, string>();
  const watchers = new Set<string>();
  const { covered, reason } = record;

  /**
   * Nova as an action of a plan sees it: without what belongs to other plans, and without what somebody else than Watcher asked
   * for, unless Watcher says that it did it.
   */
  const witnessFor = (planId: string, state: string): Witness => ({
    cluster,
    knowsServers,
    covered,
    reason,
    migrationsOf: (id) =>
      (byServer.get(id) ?? NO_MIGRATIONS).filter((one) => {
        const owner = owners.get(one.id);
        if (owner !== undefined) return owner === planId;
        const isWatchers = one.userId === null || watchers.size === 0 || watchers.has(one.userId);
        return isWatchers || state === 'SUCCEEDED';
      }),
  });

  const matches = (plan: ActionPlan, action: Action): ServerMigration[] => {
    const read = readAction(action);
    const witness = witnessFor(plan.id, action.state);
    if (read.kind === 'migrate') return matching({ action, plan, move: read }, witness);
    return read.kind === 'resize' && read.id !== null ? resizesOf(read.id, { action, plan }, witness) : [];
  };

  // What Watcher calls done comes first: it shows Watcher's account, and leaves less to choose for what is less certain.
  const ran = plans.filter(({ id, state }) => id in actions && RAN.has(state));
  for (const states of CERTAIN_FIRST) {
    for (const plan of ran) {
      for (const action of actions[plan.id] ?? []) {
        if (!states.includes(action.state)) continue;
        for (const one of matches(plan, action)) {
          owners.set(one.id, plan.id);
          if (action.state === 'SUCCEEDED' && one.userId !== null) watchers.add(one.userId);
        }
      }
    }
  }

  const known = new WeakMap<Action[], PlanHappenings>();
  return {
    record,
    foreign: record.migrations.filter(({ id }) => !owners.has(id)),
    of(plan, own) {
      const found = known.get(own);
      if (found) return found;
      const made = join(plan, own);
      known.set(own, made);
      return made;
    },
  };

  function join(plan: ActionPlan, own: Action[]): PlanHappenings {
    if (!RAN.has(plan.state)) return NOTHING;
    const byAction = new Map<string, Happened>();
    const ids = new Set<string>();
    for (const action of own) {
      const happened = happenedTo(action, plan, witnessFor(plan.id, action.state));
      if (happened !== null) byAction.set(action.id, happened);
      if (BEGUN.has(action.state)) for (const { id } of matches(plan, action)) ids.add(id);
    }
    return { byAction, own: ids };
  }
}

const NOTHING: PlanHappenings = { byAction: new Map(), own: new Set() };

const RAN = new Set(['ONGOING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED']);
const BEGUN = new Set(['SUCCEEDED', 'ONGOING', 'FAILED', 'CANCELLED', 'CANCELLING']);
const CERTAIN_FIRST = [['SUCCEEDED'], ['ONGOING', 'FAILED'], ['CANCELLED', 'CANCELLING']];
