import 'server-only';
import { randomUUID } from 'node:crypto';
import { readEnv } from '@/lib/env';
import { publicMessage } from '@/lib/errors';
import type { Entry } from '@/lib/store/journal';
import { DAY_MS, MINUTE_MS } from '@/lib/units';
import { describeError, log } from '../process/log';
import { listRegions } from '../process/region';
import { openSources } from '../sources/sources';
import { theStore } from '../sources/store';
import { ACTS } from './table';

/** What the journal needs from time to time. */

/** A request that was sent this long ago arrives no more. */
const FINAL_MS = MINUTE_MS;

/** Finds out what became of acts whose end is not known, and removes those that are too old. Never rejects. */
export async function keepJournal(): Promise<void> {
  const { ACTIONS: mode, JOURNAL_DAYS: days } = readEnv();
  const store = mode === 'off' ? null : theStore();
  if (store === null) return;
  try {
    for (const entry of await store.journal.listOpen()) {
      if (Date.now() - entry.at < FINAL_MS || (await store.turns.isTaken(entry.id))) continue;
      await settle(entry);
    }
    if (days > 0) await store.journal.cut(Date.now() - days * DAY_MS, randomUUID());
  } catch (error) {
    log().warn(describeError(error), 'the journal could not be kept');
  }
}

async function settle(entry: Entry): Promise<void> {
  const act = Object.values(ACTS).find(({ name }) => name === entry.act);
  const region = listRegions().find((known) => known === entry.region);
  const store = theStore();
  if (!act || !region || !store) return;
  try {
    const { session } = await openSources(region);
    const { outcome, detail, requestIds } = await act.settle(session, entry, true);
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
  } catch (error) {
    log().warn({ actId: entry.id, reason: publicMessage(error) }, 'nobody can tell yet what became of an act');
  }
}
