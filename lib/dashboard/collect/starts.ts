import 'server-only';
import type { RegionId } from '../process/region';
import { askJournal, isDone } from '../sources/ask-journal';
import { theStore } from '../sources/store';

/** Who started plans from here. */

/** `at` in ms. */
export type Start = { person: string; reason: string; at: number };

export type Starts = {
  /** By plan id. */
  known: ReadonlyMap<string, Start>;
  /** The journal has every start since; null if it can't be read. ms */
  since: number | null;
};

/** Without a journal nothing was ever started from here. */
export const NO_STARTS: Starts = { known: new Map(), since: 0 };

/** Acts that start a plan: a person’s, and those of a careful run or a drain, whose steps are plans of their own. */
export const STARTING = ['start-plan', 'start-step'];

const UNKNOWN: Starts = { known: new Map(), since: null };

/** What the journal says about the starts of these plans. Never rejects. */
export async function takeStarts(region: RegionId, planIds: string[]): Promise<Starts> {
  if (planIds.length === 0 || theStore() === null) return NO_STARTS;
  const found = await askJournal((journal) =>
    Promise.all([journal.listOn({ region, objectIds: planIds, acts: STARTING }), journal.listCuts()]),
  );
  if (found === null) return UNKNOWN;
  const [entries, cuts] = found;
  const done = entries.filter(isDone).reverse();
  return {
    known: new Map(done.map(({ objectId, person, reason, at }) => [objectId, { person, reason, at }])),
    since: Math.max(0, ...cuts.map(({ before }) => before)),
  };
}
