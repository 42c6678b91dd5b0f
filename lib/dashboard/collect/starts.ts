import 'server-only';
import { SECOND_MS } from '@/lib/units';
import { describeError, log } from '../process/log';
import { withinOrNull } from '../process/waiting';
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

/** Lists are for reading: a slow database costs them a name, not time. */
const PATIENCE_MS = SECOND_MS;

/** Without a journal nothing was ever started from here. */
export const NO_STARTS: Starts = { known: new Map(), since: 0 };

const UNKNOWN: Starts = { known: new Map(), since: null };

/** What the journal says about the starts of these plans. Never rejects. */
export async function takeStarts(planIds: string[]): Promise<Starts> {
  const { journal } = theStore() ?? {};
  if (planIds.length === 0 || journal === undefined) return NO_STARTS;
  try {
    const found = await withinOrNull(
      Promise.all([journal.listOn(planIds, ['start-plan']), journal.listCuts()]),
      PATIENCE_MS,
    );
    if (found === null) return UNKNOWN;
    const [entries, cuts] = found;
    const done = entries.filter(({ outcomes }) => outcomes.at(-1)?.outcome === 'done');
    return {
      known: new Map(done.reverse().map(({ objectId, person, reason, at }) => [objectId, { person, reason, at }])),
      since: Math.max(0, ...cuts.map(({ before }) => before)),
    };
  } catch (error) {
    log().warn(describeError(error), 'the journal can’t be read');
    return UNKNOWN;
  }
}
