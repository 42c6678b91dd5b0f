import 'server-only';
import { type MarkNote, type MustNotMove, OUR_TAG } from '@/lib/domain/cluster/must-not-move';
import { SECOND_MS } from '@/lib/units';
import { describeError, log } from '../process/log';
import { withinOrNull } from '../process/waiting';
import { theStore } from '../sources/store';
import type { ReadingSet } from './reading-set';

/** Which VMs must not move: settings, and who marked VMs here and why. */

/** Lists are for reading: a slow database costs them a reason, not time. */
const PATIENCE_MS = SECOND_MS;
/** As many as a database takes in one question. */
const MOST = 1_000;

/** The journal is asked once for each reading of Nova: an act on a mark has Nova read again. */
const known = new WeakMap<object, Promise<ReadonlyMap<string, MarkNote>>>();

/** Never rejects: a mark without a known reason counts all the same. */
export async function marksOf({ settings, inventory }: ReadingSet): Promise<MustNotMove> {
  const value = inventory?.value;
  if (!value) return settings.mustNotMove;
  const ids = value.servers.flatMap(({ id, tags }) => (tags?.includes(OUR_TAG) ? [id] : []));
  const notes = known.get(value) ?? readNotes(ids.slice(0, MOST));
  known.set(value, notes);
  return { ...settings.mustNotMove, notes: await notes };
}

async function readNotes(ids: string[]): Promise<ReadonlyMap<string, MarkNote>> {
  const { journal } = theStore() ?? {};
  if (ids.length === 0 || journal === undefined) return new Map();
  try {
    const entries = (await withinOrNull(journal.listOn(ids, ['mark-server']), PATIENCE_MS)) ?? [];
    const done = entries.filter(({ outcomes }) => outcomes.at(-1)?.outcome === 'done');
    // The newest first, so the last one that is set counts.
    return new Map(done.reverse().map(({ objectId, person, reason }) => [objectId, { person, reason }]));
  } catch (error) {
    log().warn(describeError(error), 'the journal can’t be read');
    return new Map();
  }
}
