import 'server-only';
import type { Entry, Journal } from '@/lib/store/journal';
import { SECOND_MS } from '@/lib/units';
import { describeError, log } from '../process/log';
import { withinOrNull } from '../process/waiting';
import { theStore } from './store';

/** What pages read from the journal of acts. */

/** A slow database costs a page a name or a reason, not time. */
const PATIENCE_MS = SECOND_MS;

/** null without a journal, or if it can't be read or not in time. Never rejects. */
export async function askJournal<T>(ask: (journal: Journal) => Promise<T>): Promise<T | null> {
  try {
    const { journal } = theStore() ?? {};
    return journal === undefined ? null : await withinOrNull(ask(journal), PATIENCE_MS);
  } catch (error) {
    log().warn(describeError(error), 'the journal can’t be read');
    return null;
  }
}

/** Whether an act has ended as intended. */
export const isDone = ({ outcomes }: Entry): boolean => outcomes.at(-1)?.outcome === 'done';
