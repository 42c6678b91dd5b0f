import { formatStamp } from '@/lib/format';
import { resultOf } from '@/lib/migration-result';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { VmChange } from '@/lib/readings/vm-changes';
import type { Cluster } from '../cluster/cluster';
import type { Happenings } from '../plans/happenings';
import { mayHaveRun } from '../plans/runs';
import type { ActionsByPlan } from '../plans/shown-plan';
import { isRunning } from '../plans/states';
import { isDone, listMoves } from '../plans/steps';
import { destinationOf } from './walk';

/** What changed the load of hosts besides a plan: moves of other plans and of no plan, and VMs that came, went or changed. */

export type Disturbance = {
  hosts: string[];
  /** When it began and ended; ms. `until` is infinite while it lasts. */
  from: number;
  until: number;
  /** The plan it belongs to; null if it belongs to none. */
  planId: string | null;
  /** Nova's migration; null for what is no migration, or unknown to Nova's record. */
  migrationId: string | null;
  serverId: string;
  /** In a sentence. */
  text: string;
};

export type Changes = { cluster: Cluster; changes: VmChange[] };

const nameOf = ({ servers }: Cluster, id: string): string => servers.get(id)?.name ?? id;
const placesOf = (...hosts: (string | null)[]): string[] => hosts.filter((host) => host !== null);

/** Moves by plans whose actions are known, and migrations that are no plan's. */
export function listDisturbances(
  { plans, actions }: { plans: ActionPlan[]; actions: ActionsByPlan },
  happenings: Happenings,
  { cluster, changes }: Changes,
): Disturbance[] {
  const started = plans.filter((plan) => isRunning(plan.state) || mayHaveRun(plan, actions[plan.id]));
  const own = started.flatMap((plan) => ofPlan(plan, actions[plan.id] ?? [], { happenings, cluster }));
  const foreign = happenings.foreign.flatMap((migration): Disturbance[] => {
    const { id, serverId, type, source, destination, startedAt, updatedAt } = migration;
    const result = resultOf(migration);
    // Others have left the load where it was.
    const moved = result === 'moved' || result === 'running' || migration.status === 'reverted';
    if (!moved) return [];
    const [from, to] = [source, destination].map((host) =>
      host === null ? null : (cluster.index.resolve(host) ?? host),
    );
    const way = `${from ?? 'an unknown host'} to ${to ?? 'an unknown host'}`;
    const when = formatStamp(result === 'running' ? startedAt : (updatedAt ?? startedAt));
    return [
      {
        hosts: placesOf(from ?? null, to ?? null),
        from: startedAt,
        until: result === 'running' ? Number.POSITIVE_INFINITY : (updatedAt ?? startedAt),
        planId: null,
        migrationId: id,
        serverId,
        text: `${nameOf(cluster, serverId)}: ${WORDS[type] ?? type} from ${way}, not by this plan, ${when}.`,
      },
    ];
  });
  return [...own, ...foreign, ...changes.map((change) => ofChange(change, cluster))];
}

const WORDS: Record<string, string> = {
  'live-migration': 'live migration',
  migration: 'cold migration',
  evacuation: 'evacuation',
  resize: 'resize',
};

type Tools = { happenings: Happenings; cluster: Cluster };

function ofPlan(plan: ActionPlan, actions: Action[], { happenings, cluster }: Tools): Disturbance[] {
  const { byAction } = happenings.of(plan, actions);
  const ends = new Map(actions.map(({ id, updatedAt }) => [id, updatedAt]));
  return listMoves(actions, cluster.index, byAction).flatMap((step): Disturbance[] => {
    const { vm_id: id, source, happened } = step;
    const at = happened?.ended_at ?? ends.get(step.action_id) ?? plan.updatedAt;
    const runs = happened?.result === 'running';
    if (id === null || at === null || !(isDone(step) || runs)) return [];
    const to = destinationOf(step);
    return [
      {
        hosts: placesOf(source, to),
        from: happened?.started_at ?? at,
        until: runs ? Number.POSITIVE_INFINITY : at,
        planId: plan.id,
        migrationId: happened?.migration_id ?? null,
        serverId: id,
        text: `${nameOf(cluster, id)}: moved from ${source ?? '–'} to ${to ?? '–'} by another plan, ${formatStamp(at)}.`,
      },
    ];
  });
}

function ofChange({ serverId, name, kind, host, at }: VmChange, { index }: Cluster): Disturbance {
  return {
    hosts: [index.resolve(host) ?? host],
    from: at,
    until: at,
    planId: null,
    migrationId: null,
    serverId,
    text: `${name}: ${kind}, ${formatStamp(at)}.`,
  };
}

/** The VMs of a host that were created in a time; ms. */
export function listCreated({ byName }: Cluster, host: string, [from, until]: [number, number]): Disturbance[] {
  const servers = byName.get(host)?.servers ?? [];
  return servers.flatMap(({ id, name, createdAt }): Disturbance[] =>
    createdAt === null || createdAt < from || createdAt > until
      ? []
      : [
          {
            hosts: [host],
            from: createdAt,
            until: createdAt,
            planId: null,
            migrationId: null,
            serverId: id,
            text: `${name}: created, ${formatStamp(createdAt)}.`,
          },
        ],
  );
}
