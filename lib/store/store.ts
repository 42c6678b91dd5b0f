import path from 'node:path';
import { Kysely } from 'kysely';
import { bringUpToDate, type Steps } from './bring-up-to-date';
import { adoptDays, type CapacityDays, openCapacityDays } from './capacity-days';
import { type CarefulRuns, openCarefulRuns } from './careful-runs';
import { dialectOf, STORE_FILE, type StorePlace } from './dialects';
import { type EndedSessions, openEndedSessions } from './ended-sessions';
import { type Journal, openJournal } from './journal';
import { MIGRATIONS } from './migrations';
import type { Tables } from './tables';
import { type ActTurns, openActTurns } from './turns';

export type Store = {
  endedSessions: EndedSessions;
  journal: Journal;
  turns: ActTurns;
  carefulRuns: CarefulRuns;
  capacityDays: CapacityDays;
  /** Gives the rows of these regions to another, which they are. */
  adopt(regions: { from: string[]; to: string }): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens the store and brings its schema up to date before the first use of it. If that fails, as with a PostgreSQL that is
 * away, the use fails, and the next one tries again.
 *
 * @param clock ms since the epoch
 * @param more what is heard about the schema; for tests, the steps of another version
 * @throws StoreFolderError if the folder can't be used
 */
export function openStore(place: StorePlace, clock: () => number, more: Partial<Omit<Steps, 'file'>> = {}): Store {
  const db = new Kysely<Tables>({ dialect: dialectOf(place) });
  const file = place.kind === 'folder' ? path.join(place.folder, STORE_FILE) : null;
  const steps: Steps = { migrations: MIGRATIONS, report: () => {}, ...more, file };
  let migrated: Promise<void> | null = null;
  async function ready(): Promise<Kysely<Tables>> {
    migrated ??= bringUpToDate(db, steps).catch((error: unknown) => {
      migrated = null;
      throw error;
    });
    await migrated;
    return db;
  }
  return {
    endedSessions: openEndedSessions(ready, clock),
    journal: openJournal(ready, clock),
    turns: openActTurns(ready, clock),
    carefulRuns: openCarefulRuns(ready),
    capacityDays: openCapacityDays(ready),
    async adopt({ from, to }) {
      const all = await ready();
      await all.transaction().execute(async (rows) => {
        for (const table of ['acts', 'careful_runs'] as const)
          await rows.updateTable(table).set({ region: to }).where('region', 'in', from).execute();
        await adoptDays(rows, { from, to });
      });
    },
    close: () => db.destroy(),
  };
}
