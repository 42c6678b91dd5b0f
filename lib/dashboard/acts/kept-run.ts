import 'server-only';
import { refusal } from '@/lib/domain/acts/refusal';
import { type CarefulRun, isAtRest } from '@/lib/domain/careful/careful-run';
import type { KeptRun } from '@/lib/store/careful-runs';
import { theStore } from '../sources/store';
import { type Actor, ActRefused } from './act';

/** Careful runs in the database. */

/** Who asked for a run. Their token is in the memory of one process only. */
export type RunOwner = Omit<Actor, 'token'> & { account: 'own' | 'service' };

type Document = { run: CarefulRun; by: RunOwner; reason: string };

export type Kept = Document & Pick<KeptRun, 'id' | 'version'> & { region: string };

/** @throws ActRefused without a store */
function runsOfStore() {
  const store = theStore();
  if (store === null) throw new ActRefused(refusal('acting-off', 'Acting is switched off here.'));
  return store.carefulRuns;
}

const toKept = ({ id, version, region, document }: KeptRun): Kept => ({
  id,
  version,
  region,
  // Only this file writes documents.
  ...(document as Document),
});

/** @param actor who asked for it; the token is not kept */
export function addRun(
  region: string,
  { run, actor: { token, ...by }, reason }: { run: CarefulRun; actor: Actor; reason: string },
): Promise<void> {
  const owner: RunOwner = { ...by, account: token === null ? 'service' : 'own' };
  return runsOfStore().add({
    id: run.id,
    region,
    state: stateOf(run),
    object: run.of.kind === 'plan' ? run.of.planId : run.of.host,
    createdAt: run.createdAt,
    document: { run, by: owner, reason } satisfies Document,
  });
}

/** `ending`: it has ended, and a step still runs or a plan has to be cancelled. */
const stateOf = (run: CarefulRun): string => (run.state === 'ended' && !isAtRest(run) ? 'ending' : run.state);

export async function findRun(id: string): Promise<Kept | null> {
  const found = await runsOfStore().find(id);
  return found === null ? null : toKept(found);
}

export async function listRuns(
  region: string,
  wanted: { open?: boolean; object?: string; idStart?: string; limit: number },
): Promise<Kept[]> {
  return (await runsOfStore().list({ region, ...wanted })).map(toKept);
}

/** Keeps a change; false if somebody else has changed the run since it was read. */
export const changeRun = ({ id, version, by, reason }: Kept, run: CarefulRun): Promise<boolean> =>
  runsOfStore().change({ id, version, state: stateOf(run), document: { run, by, reason } satisfies Document });

/** How often a change is tried again that somebody else got ahead of. */
const TRIES = 5;

/** Changes a run as it is by then. @returns the run after it; null if it is gone, or changes all the time */
export async function changeLatest(id: string, change: (run: CarefulRun) => CarefulRun): Promise<CarefulRun | null> {
  for (let tried = 0; tried < TRIES; tried++) {
    const kept = await findRun(id);
    if (kept === null) return null;
    const run = change(kept.run);
    if (run === kept.run || (await changeRun(kept, run))) return run;
  }
  return null;
}
