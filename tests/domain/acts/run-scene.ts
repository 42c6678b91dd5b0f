import type { RunMove } from '@/lib/contract/v1/run-moves';
import { NO_ACTS } from '@/lib/domain/acts/run-acts';
import type { RunCase } from '@/lib/domain/acts/run-case';
import { listRunMoves } from '@/lib/domain/acts/run-moves';
import { addProgress, type SeriesById } from '@/lib/domain/acts/run-samples';
import { openHappenings } from '@/lib/domain/plans/happenings';
import type { Action, ActionPlan, LiveProgress, Server, ServerMigration } from '@/lib/openstack/records';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { cluster, hypervisor, migrate, server } from '../build';
import { at, migration, plan, record } from '../plans/nova-scene';

/** A run that began at minute 30, and is looked at in minute 35. */

export const NOW = at(35);

export const progress = (more: Partial<LiveProgress> = {}): LiveProgress => ({
  id: 'uuid-1',
  number: '7',
  serverId: 'vm',
  status: 'running',
  source: 'a',
  destination: 'b',
  totalBytes: 1_000,
  processedBytes: null,
  remainingBytes: 500,
  startedAt: at(31),
  updatedAt: null,
  ...more,
});

export const running = (more: Partial<ActionPlan> = {}): ActionPlan =>
  plan({ state: 'ONGOING', updatedAt: at(30), ...more });

/** A move of `vm` from a to b that Watcher has given to Nova. */
export const move = (more: Partial<Action> = {}, [vm, source, destination] = ['vm', 'a', 'b']): Action =>
  migrate(more.id ?? vm ?? '', [vm ?? '', source ?? '', destination ?? null], {
    state: 'ONGOING',
    updatedAt: at(31),
    ...more,
  });

/** Nova’s migration of `vm`, which began at minute 31. */
export const nova = (status: string, more: Partial<ServerMigration> = {}): ServerMigration =>
  migration({ status, updatedAt: at(32), ...more });

type Given = Partial<Omit<RunCase, 'cluster' | 'happened'>> & { servers?: Server[] };

export function runCase({ servers = [server('vm', 'a')], ...given }: Given = {}): RunCase {
  const owner = given.plan ?? running();
  const actions = given.actions ?? [move()];
  const migrations = given.migrations ?? [];
  const joined = cluster({ hypervisors: ['a', 'b', 'c'].map((host) => hypervisor(host)), servers });
  const { failure } = given.nova ?? { failure: null };
  const heard = record(migrations, {
    covered: given.nova?.at === null ? null : { from: at(-60), until: failure ? (given.nova?.at ?? 0) : NOW },
    reason: failure?.message ?? null,
  });
  const happenings = openHappenings({
    plans: [owner],
    actions: { [owner.id]: actions },
    record: heard,
    cluster: joined,
    knowsServers: true,
  });
  return {
    plan: owner,
    actions,
    happened: happenings.of(owner, actions).byAction,
    migrations,
    series: new Map(),
    cluster: joined,
    listedAt: NOW - 20 * SECOND_MS,
    watcher: { at: NOW - SECOND_MS, failure: null },
    nova: { at: NOW - SECOND_MS, failure: null },
    acts: NO_ACTS,
    now: NOW,
    ...given,
  };
}

/** The only move of a run. */
export function only(given: Given = {}): RunMove {
  const [first] = listRunMoves(runCase(given));
  if (!first) throw new Error('The run has no move.');
  return first;
}

/** Samples of `vm`, every ten seconds, the last one now. */
export function sampled(remaining: number[], more: Partial<LiveProgress> = {}): SeriesById {
  return remaining.reduce<SeriesById>(
    (known, bytes, i) =>
      addProgress(
        known,
        [progress({ remainingBytes: bytes, ...more })],
        NOW - (remaining.length - 1 - i) * 10 * SECOND_MS,
      ),
    new Map(),
  );
}

export const minutesAgo = (minutes: number): number => NOW - minutes * MINUTE_MS;
