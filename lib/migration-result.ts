/** What the state of a migration in Nova means: the one place that knows the names of these states. */
export type MigrationResult = 'moved' | 'running' | 'failed' | 'cancelled' | 'unknown';

/**
 * A cold migration is `finished` until somebody confirms it, which moves nothing.
 * https://docs.openstack.org/nova/latest/reference/ and the states of a migration in nova/objects/migration.py
 */
const RESULTS: ReadonlyMap<string, MigrationResult> = new Map<string, MigrationResult>([
  ['completed', 'moved'],
  ['done', 'moved'],
  ['finished', 'moved'],
  ['confirming', 'moved'],
  ['confirmed', 'moved'],
  ['error', 'failed'],
  ['failed', 'failed'],
  ['reverted', 'failed'],
  ['cancelled', 'cancelled'],
  ['accepted', 'running'],
  ['queued', 'running'],
  ['preparing', 'running'],
  ['pre-migrating', 'running'],
  ['migrating', 'running'],
  ['running', 'running'],
  ['post-migrating', 'running'],
  ['reverting', 'running'],
]);

type WithStatus = { status: string };
type Migration = WithStatus & { type: string; startedAt: number; updatedAt: number | null };

export const resultOf = ({ status }: WithStatus): MigrationResult => RESULTS.get(status) ?? 'unknown';

/** Whether the VM is on its destination. */
export const hasArrived = (migration: WithStatus): boolean => resultOf(migration) === 'moved';

/** Whether it moves its VM no more. A state that nobody knows may still change. */
export const hasEnded = (migration: WithStatus): boolean => !['running', 'unknown'].includes(resultOf(migration));

/**
 * When it ended, in ms; null if it goes on, or if nobody knows. Nova marks an evacuation as completed only when its source host is
 * back, and keeps no time at which the VM was rebuilt.
 */
export const endOf = (migration: Migration): number | null =>
  !hasEnded(migration) || isClosedLate(migration) ? null : migration.updatedAt;

/** When the VM was on its destination, or at least on its way there. */
export const arrivalOf = (migration: Migration): number => endOf(migration) ?? migration.startedAt;

const isClosedLate = ({ type, status }: Migration): boolean => type === 'evacuation' && status === 'completed';
