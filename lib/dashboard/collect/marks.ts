import 'server-only';
import { type MarkNote, type MustNotMove, OUR_TAG } from '@/lib/domain/cluster/must-not-move';
import type { Server } from '@/lib/openstack/records';
import type { RegionId } from '../process/region';
import { askJournal, isDone } from '../sources/ask-journal';
import type { ReadingSet } from './reading-set';

/** Which VMs must not move: settings, and who marked VMs here and why. */

/** As many as a database takes in one question. */
const MOST = 1_000;

/** The journal is asked once for each reading of Nova: an act on a mark has Nova read again. */
const known = new WeakMap<object, Promise<ReadonlyMap<string, MarkNote>>>();

/** Never rejects: a mark without a known reason counts all the same. */
export async function marksOf({ region, settings, inventory }: ReadingSet): Promise<MustNotMove> {
  const value = inventory?.value;
  if (!value) return settings.mustNotMove;
  const notes = known.get(value) ?? readNotes(region, listMarked(value.servers).slice(0, MOST));
  known.set(value, notes);
  return { ...settings.mustNotMove, notes: await notes };
}

const listMarked = (servers: Server[]): string[] =>
  servers.flatMap(({ id, tags }) => (tags?.includes(OUR_TAG) ? [id] : []));

async function readNotes(region: RegionId, objectIds: string[]): Promise<ReadonlyMap<string, MarkNote>> {
  if (objectIds.length === 0) return new Map();
  const wanted = { region, objectIds, acts: ['mark-server'] };
  const done = ((await askJournal((journal) => journal.listOn(wanted))) ?? []).filter(isDone);
  // The newest first, so the last one that is set counts.
  return new Map(done.reverse().map(({ objectId, person, reason }) => [objectId, { person, reason }]));
}
