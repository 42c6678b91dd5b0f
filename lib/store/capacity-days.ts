import type { Kysely } from 'kysely';
import type { Tables } from './tables';

/** What was used of a resource on a day, in its own unit. `day` counts days since the epoch, in UTC. */
export type CapacityDay = { zone: string; resource: string; day: number; used: number; capacity: number };

/** What the product remembers of how full a region was: one entry per zone, resource and day. */
export type CapacityDays = {
  /** Notes the state of a day. The last one of a day stays, also if several processes note it. */
  note(region: string, entries: CapacityDay[]): Promise<void>;
  /** Days that are not older than this, in order of time. */
  list(region: string, sinceDay: number): Promise<CapacityDay[]>;
};

/** Older days are removed: a year shows its seasons twice with what a forecast looks at. */
const KEPT_DAYS = 400;
/** Rows in one statement: SQLite takes 32,766 variables in one, and a row has six. */
const ROWS = 1_000;

/** @param ready the database with its schema; rejects while it can't be used, and so do the functions here */
export function openCapacityDays(ready: () => Promise<Kysely<Tables>>): CapacityDays {
  return {
    async note(region, entries) {
      const db = await ready();
      for (let from = 0; from < entries.length; from += ROWS) {
        await db
          .insertInto('capacity_days')
          .values(entries.slice(from, from + ROWS).map((entry) => ({ region, ...entry })))
          .onConflict((conflict) =>
            conflict.columns(['region', 'zone', 'resource', 'day']).doUpdateSet(({ ref }) => ({
              used: ref('excluded.used'),
              capacity: ref('excluded.capacity'),
            })),
          )
          .execute();
      }
      const newest = Math.max(...entries.map(({ day }) => day));
      if (entries.length > 0)
        await db
          .deleteFrom('capacity_days')
          .where('region', '=', region)
          .where('day', '<', newest - KEPT_DAYS)
          .execute();
    },
    async list(region, sinceDay) {
      const db = await ready();
      return db
        .selectFrom('capacity_days')
        .select(['zone', 'resource', 'day', 'used', 'capacity'])
        .where('region', '=', region)
        .where('day', '>=', sinceDay)
        .orderBy('day')
        .execute();
    },
  };
}

/** Days that the region has already stay as they are. */
export async function adoptDays(rows: Kysely<Tables>, { from, to }: { from: string[]; to: string }): Promise<void> {
  const kept = await rows.selectFrom('capacity_days').selectAll().where('region', 'in', from).execute();
  for (let at = 0; at < kept.length; at += ROWS) {
    await rows
      .insertInto('capacity_days')
      .values(kept.slice(at, at + ROWS).map((row) => ({ ...row, region: to })))
      .onConflict((conflict) => conflict.columns(['region', 'zone', 'resource', 'day']).doNothing())
      .execute();
  }
  await rows.deleteFrom('capacity_days').where('region', 'in', from).execute();
}
