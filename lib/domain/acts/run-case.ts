import type { MoveStep } from '@/lib/contract/v1/scene';
import type { Action, ActionPlan, ServerMigration } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';
import type { Cluster } from '../cluster/cluster';
import type { ByAction } from '../plans/steps';
import type { RunActs } from './run-acts';
import type { Series, SeriesById } from './run-samples';

/** What a run and its moves are described from. */

/** When one service answered last (ms; null if never), and why it has not since; null if it did the last time. */
export type Hearing = { at: number | null; failure: { since: number; message: string } | null };

/** Everything that a run is described from, at one time. */
export type RunCase = {
  plan: ActionPlan;
  actions: Action[];
  /** What became of the actions in Nova. */
  happened: ByAction;
  /** All that Nova recorded in the time of the run, the last to begin first. */
  migrations: ServerMigration[];
  series: SeriesById;
  cluster: Cluster;
  /** When the VMs were listed; ms, null if they were not. */
  listedAt: number | null;
  watcher: Hearing;
  nova: Hearing;
  acts: RunActs;
  now: number;
};

/** One move with all that is known about it. */
export type MoveCase = {
  run: RunCase;
  step: MoveStep;
  action: Action;
  /** Nova's migration that is this move's; null without one. */
  migration: ServerMigration | null;
  series: Series | null;
};

/** The list of VMs may be this much older than Nova's record. */
const BEHIND_MS = 2 * MINUTE_MS;

/** The host that a moved VM is on, if that is not its target; null if it is, or if the list of VMs is older than the move. */
export function placeElsewhere({ run, step, migration }: MoveCase): string | null {
  const { cluster, listedAt, migrations } = run;
  const end = step.happened?.ended_at ?? null;
  if (end === null || listedAt === null || listedAt < end + BEHIND_MS) return null;
  const server = step.vm_id === null ? undefined : cluster.servers.get(step.vm_id);
  const host = server?.host == null ? null : (cluster.index.resolve(server.host) ?? server.host);
  if (host === null || step.destination === null || host === step.destination) return null;
  const movedOn = migrations.some(
    ({ serverId, id, startedAt }) => serverId === step.vm_id && id !== migration?.id && startedAt >= end,
  );
  return movedOn ? null : host;
}
