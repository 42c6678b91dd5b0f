import { resultOf } from '@/lib/migration-result';
import type { Action, ActionPlan, ServerMigration } from '@/lib/openstack/records';
import { DAY_MS } from '@/lib/units';
import { readAction } from '../plans/actions';
import { isOver, isRunning } from '../plans/states';

/** What a look at a run asks about, and whether another look is worth while. */

/** Migrations that are unfinished for longer than this have been abandoned. */
const ABANDONED_MS = DAY_MS;

/**
 * Ids of the VMs that Nova copies now, by its record. Without one these are the VMs that Watcher has given to it.
 *
 * @param migrations null if Nova’s record could not be read
 */
export function listCopied(plan: ActionPlan, actions: Action[], migrations: ServerMigration[] | null): string[] {
  if (migrations === null) {
    const given = actions.filter(({ state }) => state === 'ONGOING' && isRunning(plan.state));
    return [...movedBy(given)];
  }
  const own = movedBy(actions.filter(({ state }) => state !== 'PENDING' && state !== 'SKIPPED'));
  const copied = migrations.filter((one) => own.has(one.serverId) && isCopied(one));
  return [...new Set(copied.map(({ serverId }) => serverId))];
}

const movedBy = (actions: Action[]): Set<string> =>
  new Set(
    actions.flatMap((action) => {
      const read = readAction(action);
      return read.kind === 'migrate' && read.id !== null ? [read.id] : [];
    }),
  );

const isCopied = ({ type, status }: ServerMigration): boolean =>
  (type === 'live-migration' || type === '') && (status === 'running' || status === 'migrating');

/** Whether Watcher has ended the plan and Nova runs nothing of it any more, as far as is known. @param now ms */
export function isFinal(
  { plan, actions, migrations }: { plan: ActionPlan; actions: Action[]; migrations: ServerMigration[] },
  now: number,
): boolean {
  const own = movedBy(actions);
  const isOpen = (one: ServerMigration) =>
    own.has(one.serverId) &&
    one.startedAt >= plan.createdAt &&
    now - one.startedAt < ABANDONED_MS &&
    resultOf(one) === 'running';
  return isOver(plan.state) && !migrations.some(isOpen);
}
