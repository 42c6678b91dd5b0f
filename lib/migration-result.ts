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

export const resultOf = ({ status }: WithStatus): MigrationResult => RESULTS.get(status) ?? 'unknown';

/** Whether the VM is on its destination. */
export const hasArrived = (migration: WithStatus): boolean => resultOf(migration) === 'moved';

/** Whether it moves its VM no more. A state that nobody knows may still change. */
export const hasEnded = (migration: WithStatus): boolean => !['running', 'unknown'].includes(resultOf(migration));
