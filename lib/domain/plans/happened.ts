import type { Happened } from '@/lib/contract/v1/happened';
import { formatStamp } from '@/lib/format';
import { type MigrationResult, resultOf } from '@/lib/migration-result';
import type { Action, ActionPlan, ServerMigration } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';
import type { Cluster } from '../cluster/cluster';
import { type Migrate, readAction } from './actions';
import { describeHappened } from './happened-words';
import { isRunning } from './states';

/**
 * What became of one action of a plan: the only place where Watcher's word is joined with Nova's. Where Nova's record shows
 * what happened, it decides; else the host that Nova has the VM on; Watcher's state alone only where it claims success.
 */

export type Witness = {
  cluster: Cluster;
  /** Whether the cluster has all of Nova's VMs, so that one that it lacks is gone. */
  knowsServers: boolean;
  /** The time in which every migration is known, ms; null if none is. */
  covered: { from: number; until: number } | null;
  /** Why Nova's record is missing or ends early; null if it does not. */
  reason: string | null;
  /** The migrations of a VM that may be this plan's, the last to begin first. */
  migrationsOf(serverId: string): ServerMigration[];
};

type Case = { action: Action; plan: ActionPlan; move: Migrate };
type Found = Omit<Happened, 'differs' | 'text'> & { reason?: string };

/** States of plans whose actions may have begun. */
const BEGUN = new Set(['ONGOING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED']);
/** How far apart the clocks of Watcher and Nova may be. */
const SKEW_MS = MINUTE_MS;
/** Watcher notices within seconds that Nova has ended a move; a cold one it confirms first. */
const NOTICE_MS = 10 * MINUTE_MS;
/** The list of VMs may be this much older than Nova's record. */
const BEHIND_MS = 2 * MINUTE_MS;

/** Null for what is no move, or has not begun. */
export function happenedTo(action: Action, plan: ActionPlan, witness: Witness): Happened | null {
  const move = readAction(action);
  if (move.kind !== 'migrate' || !hasBegun(action, plan)) return null;
  const found = find({ action, plan, move }, witness);
  return found && describeHappened(found, { state: action.state, isRunning: isRunning(plan.state) });
}

/** Whether the action may have been tried. Watcher notes the applier's host when it starts a plan. */
function hasBegun({ state }: Action, plan: ActionPlan): boolean {
  if (!BEGUN.has(plan.state) || ['SKIPPED', 'DELETED'].includes(state)) return false;
  return plan.state !== 'CANCELLED' || plan.hostname !== null || !['PENDING', 'CANCELLED'].includes(state);
}

function find(given: Case, witness: Witness): Found | null {
  const { action, plan, move } = given;
  const isOver = !isRunning(plan.state);
  if (action.state === 'PENDING') return isOver ? { ...NOTHING, result: 'never-started', evidence: 'watcher' } : null;
  const [migration] = matching(given, witness);
  if (migration) return ofMigration(migration, move, witness);
  if (action.state === 'SUCCEEDED') {
    const destination = move.destination === null ? null : nameOf(move.destination, witness);
    return { ...NOTHING, result: 'moved', evidence: 'watcher', ended_at: action.updatedAt, destination };
  }
  const placed = ofPlace(given, witness);
  if (placed) return placed;
  if (!isOver && action.state === 'ONGOING') return null;
  const missing = whyUnknown(given, witness);
  return missing === null
    ? { ...NOTHING, result: 'never-started', evidence: 'no-migration' }
    : { ...NOTHING, result: 'unknown', evidence: null, reason: missing };
}

const NOTHING = { started_at: null, ended_at: null, destination: null, migration_id: null };

/** The end of a plan's run, as far as Watcher reports it; infinite while it runs. */
const endOf = ({ state, updatedAt }: ActionPlan): number =>
  isRunning(state) ? Number.POSITIVE_INFINITY : (updatedAt ?? Number.POSITIVE_INFINITY);

/** When the migration of an action can have begun, and until when it must have lasted at least; ms. */
function timesOf({ action, plan }: Omit<Case, 'move'>): { from: number; until: number; lasting: number } {
  const changed = action.updatedAt;
  const made = plan.createdAt - SKEW_MS;
  const end = endOf(plan) + SKEW_MS;
  if (changed === null) return { from: made, until: end, lasting: made };
  // Watcher's last change of an ONGOING action is its start.
  if (action.state === 'ONGOING') return { from: Math.max(made, changed - SKEW_MS), until: end, lasting: made };
  // A restarted applier cancels what ran when it stopped, however long ago that was.
  const isCancelled = action.state === 'CANCELLED';
  return { from: made, until: changed + SKEW_MS, lasting: isCancelled ? made : changed - NOTICE_MS };
}

/** The migrations that are this action's: of its VM, between its hosts, in its time. The one that got furthest is first. */
export function matching(given: Case, witness: Witness): ServerMigration[] {
  const { move } = given;
  if (move.id === null) return [];
  const { from, until, lasting } = timesOf(given);
  const isSame = (named: string | null, host: string | null) =>
    named === null || host === null || nameOf(named, witness) === nameOf(host, witness);
  const inTime = witness
    .migrationsOf(move.id)
    .filter(
      (one) =>
        one.startedAt >= from &&
        one.startedAt <= until &&
        (!isFinal(one) || (one.updatedAt ?? one.startedAt) >= lasting) &&
        isSame(move.destination, one.destination),
    );
  // Releases before 2026.1 move a VM that has left its source from where it is.
  const fromSource = inTime.filter(({ source }) => isSame(move.source, source));
  const own = fromSource.length > 0 ? fromSource : inTime;
  return [...own].sort((a, b) => RANK[resultOf(a)] - RANK[resultOf(b)] || b.startedAt - a.startedAt);
}

/** The resizes of a VM in the time of an action that resizes it: Nova records them as migrations, on the same host too. */
export function resizesOf(serverId: string, given: Omit<Case, 'move'>, witness: Witness): ServerMigration[] {
  const { from, until } = timesOf(given);
  return witness
    .migrationsOf(serverId)
    .filter(({ type, startedAt }) => type === 'resize' && startedAt >= from && startedAt <= until);
}

const RANK: Record<MigrationResult, number> = { moved: 0, running: 1, unknown: 2, failed: 3, cancelled: 4 };

const isFinal = (one: ServerMigration): boolean => resultOf(one) !== 'running';

const nameOf = (host: string, { cluster }: Pick<Witness, 'cluster'>): string => cluster.index.resolve(host) ?? host;

function hostOf({ id }: Migrate, { cluster }: Witness): string | null {
  const host = id === null ? null : (cluster.servers.get(id)?.host ?? null);
  return host === null ? null : nameOf(host, { cluster });
}

function ofMigration(migration: ServerMigration, move: Migrate, witness: Witness): Found {
  const result = resultOf(migration);
  const { source, destination, startedAt, updatedAt, id } = migration;
  const base = { evidence: 'migration', started_at: startedAt, migration_id: id } as const;
  if (result === 'unknown') {
    return { ...NOTHING, ...base, result, evidence: null, reason: `Nova’s state ${migration.status} is unknown.` };
  }
  const to = destination === null ? null : nameOf(destination, witness);
  if (result === 'running') return { ...base, result, ended_at: null, destination: null };
  if (result !== 'moved') return { ...base, result, ended_at: updatedAt, destination: null };
  // Until the list of VMs has it on its new host, its load is that of the old one.
  const isNew = updatedAt !== null && updatedAt > (witness.covered?.until ?? 0) - BEHIND_MS;
  const isListedAway = source !== null && hostOf(move, witness) === nameOf(source, witness);
  if (isNew && isListedAway) return { ...base, result: 'running', ended_at: null, destination: null };
  return { ...base, result: 'moved', ended_at: updatedAt, destination: to };
}

/** What the VM's host and task show, where Nova's record shows nothing. */
function ofPlace({ action, plan, move }: Case, witness: Witness): Found | null {
  const server = move.id === null ? undefined : witness.cluster.servers.get(move.id);
  const host = hostOf(move, witness);
  if (!server || host === null || whyUnknown({ action, plan, move }, witness) === null) return null;
  const base = { ...NOTHING, evidence: 'place' } as const;
  if (server.taskState === 'migrating' && isRunning(plan.state)) return { ...base, result: 'running' };
  const isThere = move.destination !== null && host === nameOf(move.destination, witness);
  const wasThere = server.updatedAt !== null && server.updatedAt < plan.createdAt - SKEW_MS;
  return isThere && host !== (move.source === null ? null : nameOf(move.source, witness)) && !wasThere
    ? { ...base, result: 'moved', destination: host }
    : null;
}

/** Why the absence of a migration proves nothing; null if it does. */
function whyUnknown(given: Case, { covered, reason, cluster, knowsServers }: Witness): string | null {
  const { from, until } = timesOf(given);
  const { id } = given.move;
  if (covered === null) return reason ?? 'Nova’s migrations have not been read.';
  const end = Number.isFinite(until) ? until - SKEW_MS : covered.until;
  if (covered.until < end) return reason ?? 'Nova’s migrations of that time have not been read yet.';
  if (covered.from > from) return `Nova’s migrations are read back to ${formatStamp(covered.from)}; the plan is older.`;
  if (!knowsServers) return 'Nova’s VMs are unknown.';
  // Nova archives the migrations of deleted VMs with them.
  return id !== null && cluster.servers.has(id) ? null : 'The VM is gone, and Nova may have archived its migrations.';
}
