import 'server-only';
import { processWide } from '@/lib/process-wide';
import type { Store } from '@/lib/store/store';
import { SECOND_MS } from '@/lib/units';
import { theActing } from '../access/visitors';
import type { Kept } from '../acts/kept-run';

/**
 * A person's token is in the memory of one process. Other processes with the same database leave the runs of that person to
 * it for as long as it says that it is there.
 */

/** Also what a process is left that has just begun a run, and has not said so yet. */
const PATIENCE_MS = 20 * SECOND_MS;

/** Runs that no process is known to hold a token for, and since when; and those that this one held one for. */
const known = () =>
  processWide('careful-token-holders', () => ({ since: new Map<string, number>(), here: new Set<string>() }));

const turnOf = (id: string) => `token of ${id}`;

/** Says so if this process holds the token that a run needs, or no longer does. @returns whether another one holds it */
export async function leavesToAnother({ turns }: Store, { id, by }: Pick<Kept, 'id' | 'by'>): Promise<boolean> {
  if (by.account === 'service') return false;
  const { since, here } = known();
  // All processes that hold one share this turn, which is that of the run itself.
  const turn = turnOf(id);
  if (theActing().tokenOfRun(id) !== null) {
    since.delete(id);
    here.add(id);
    if (!(await turns.extend(turn, id))) await turns.take(turn, id);
    return false;
  }
  if (here.delete(id)) {
    since.set(id, Number.NEGATIVE_INFINITY);
    await turns.release(turn, id);
  }
  if (await turns.isTaken(id)) {
    since.set(id, Date.now());
    return true;
  }
  if (!since.has(id)) since.set(id, Date.now());
  return false;
}

/**
 * Forgets runs that are at rest: they may be let go on in another process.
 *
 * @param active ids of the runs of all regions that are not
 */
export function forgetAtRest(active: ReadonlySet<string>): void {
  const { since, here } = known();
  for (const id of since.keys()) if (!active.has(id)) since.delete(id);
  for (const id of here) if (!active.has(id)) here.delete(id);
}

/** Whether a process may still say that it holds the token of a run. */
export function mayBeHeld(id: string): boolean {
  const since = known().since.get(id);
  return since === undefined || Date.now() - since < PATIENCE_MS;
}
