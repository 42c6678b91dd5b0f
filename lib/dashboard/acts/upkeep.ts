import 'server-only';
import { randomUUID } from 'node:crypto';
import { readEnv } from '@/lib/env';
import { publicMessage } from '@/lib/errors';
import type { Entry } from '@/lib/store/journal';
import type { Store } from '@/lib/store/store';
import { DAY_MS, MINUTE_MS } from '@/lib/units';
import { describeError, log } from '../process/log';
import { findRegion } from '../sources/regions';
import { openSources } from '../sources/sources';
import { theStore } from '../sources/store';
import type { Done } from './act';
import { settlerOf } from './table';

/** What the journal needs from time to time. */

/** A request that was sent this long ago arrives no more. */
const FINAL_MS = MINUTE_MS;

/** Finds out what became of acts whose end is not known, and removes those that are too old. Never rejects. */
export async function keepJournal(): Promise<void> {
  const { ACTIONS: mode, JOURNAL_DAYS: days } = readEnv();
  const store = mode === 'off' ? null : theStore();
  if (store === null) return;
  try {
    // The newest first, since what a later act did no earlier one has done.
    for (const entry of (await store.journal.listOpen()).toReversed()) {
      if (Date.now() - lastHeardOf(entry) < FINAL_MS || (await store.turns.isTaken(entry.id))) continue;
      await alone(store, entry, () => settle(store, entry));
    }
    if (days > 0) await store.journal.cut(Date.now() - days * DAY_MS, randomUUID());
  } catch (error) {
    log().warn(describeError(error), 'the journal could not be kept');
  }
}

const lastHeardOf = ({ at, outcomes }: Entry): number => outcomes.at(-1)?.at ?? at;

/** Replicas look after the same journal: one of them writes what became of an act, once. */
async function alone({ journal, turns }: Store, entry: Entry, work: () => Promise<void>): Promise<void> {
  const end = `end of ${entry.id}`;
  if (!(await turns.take(end, entry.id))) return;
  try {
    const now = await journal.find(entry.id);
    if (now?.outcomes.length === entry.outcomes.length) await work();
  } finally {
    await turns.release(end, entry.id);
  }
}

async function settle(store: Store, entry: Entry): Promise<void> {
  const act = settlerOf(entry.act);
  const region = findRegion(entry.region)?.id;
  if (!act || !region) return;
  let found: Done;
  try {
    const { session } = await openSources(region);
    found = await act.settle(session, entry, true);
  } catch (error) {
    log().warn({ actId: entry.id, reason: publicMessage(error) }, 'nobody can tell yet what became of an act');
    return;
  }
  const { outcome, detail, requestIds } = found.outcome === 'done' ? await unlessLater(store, entry, found) : found;
  if (outcome === 'unknown' && entry.outcomes.length > 0) return;
  await store.journal.addOutcome({
    id: randomUUID(),
    actId: entry.id,
    at: Date.now(),
    outcome,
    detail: `Found later: ${detail}`,
    requestIds,
  });
  log().warn(
    { act: entry.act, actId: entry.id, object: entry.objectId, outcome, detail },
    'found what became of an act',
  );
}

/** The newest acts on an object that are looked at. */
const LATER_ACTS = 100;

/**
 * What the cloud shows may be the work of a later act of the same kind, which found the object as it was before: read after
 * the cloud, since an act is in the journal before it changes anything.
 */
async function unlessLater({ journal }: Store, { id, at, act, objectId, region }: Entry, found: Done): Promise<Done> {
  const later = (await journal.list({ region, objectId, limit: LATER_ACTS })).filter(
    (other) => other.act === act && other.id !== id && other.at >= at,
  );
  const ends = later.map(({ outcomes }) => outcomes.at(-1)?.outcome ?? 'unknown');
  if (ends.includes('done')) return { outcome: 'refused', detail: 'A later act did it, not this one.', requestIds: [] };
  if (ends.includes('unknown'))
    return { ...found, outcome: 'unknown', detail: `This act or a later one: ${found.detail}` };
  return found;
}
