/** What is new or changed in a list of Watcher, found at the newest ends of its two orders. */

type Row = { id: string; createdAt: number; updatedAt: number | null };
type Order = 'created_at' | 'updated_at';

/** How many rows are asked for, first and then, until the known ones are reached; each costs Watcher about 10 ms. */
const LIMITS = [5, 50, 500];

/** Rows of the last so many milliseconds are looked at again: what is dated in one second may be written in the next. */
const OVERLAP_MS = 10_000;

/**
 * Asks for more and more rows of one order, until they reach what is known or there are no more. What was needed is
 * remembered. null: more than is worth asking for in this way, or not in that order at all.
 *
 * @param timeOf by what they are ordered, newest first; ms
 */
export function openOrderReader<T>(
  ask: (limit: number) => Promise<T[]>,
  limits: number[],
  timeOf: (row: T) => number | null,
): (reaches: (rows: T[]) => boolean) => Promise<T[] | null> {
  let start = 0;
  return async (reaches) => {
    for (const [step, limit] of limits.entries()) {
      if (step < start) continue;
      const rows = await ask(limit);
      if (!isNewestFirst(rows.map(timeOf))) break;
      if (rows.length < limit || reaches(rows)) {
        start = Math.max(0, step - 1);
        return rows;
      }
    }
    start = 0;
    return null;
  };
}

/** Rows without a time come all together, as a database orders its NULLs. */
function isNewestFirst(times: (number | null)[]): boolean {
  const known = times.filter((time) => time !== null);
  const breaks = times.filter((time, i) => i > 0 && (time === null) !== (times[i - 1] === null)).length;
  return breaks <= 1 && known.every((time, i) => i === 0 || time <= (known[i - 1] ?? time));
}

/** Whether rows by their change, newest first, reach back before a time; ms. In MariaDB those that never changed come last. */
export function reachesChange(rows: { updatedAt: number | null }[], time: number): boolean {
  const [first, last] = [rows[0]?.updatedAt ?? null, rows.at(-1)?.updatedAt ?? null];
  return (first !== null && last === null) || (last !== null && last < time - OVERLAP_MS);
}

type NewestReader<T> = {
  /**
   * Rows that were made or changed since `known` was read, archived ones included, and a few that were not. null: more than
   * is worth asking for in this way; then the whole list is to be read.
   *
   * @param since at least from here on, by Watcher's clock; ms
   */
  read(known: T[], since?: number): Promise<T[] | null>;
};

/**
 * Asks for the newest rows by creation and by change, few at first. NULLs, of rows that never changed, come last in MariaDB
 * and first in PostgreSQL; the latter makes the second list long, so what was needed is remembered.
 */
export function openNewestReader<T extends Row>(
  ask: (newest: { by: Order; limit: number }) => Promise<T[]>,
): NewestReader<T> {
  const readMade = openOrderReader(
    (limit) => ask({ by: 'created_at', limit }),
    LIMITS,
    ({ createdAt }) => createdAt,
  );
  const readChanged = openOrderReader(
    (limit) => ask({ by: 'updated_at', limit }),
    LIMITS,
    ({ updatedAt }) => updatedAt,
  );

  return {
    async read(known, since = Number.POSITIVE_INFINITY) {
      const newestMade = Math.max(...known.map(({ createdAt }) => createdAt));
      const newestChange = Math.max(...known.map(({ updatedAt }) => updatedAt ?? Number.NEGATIVE_INFINITY));
      const [made, changed] = await Promise.all([
        readMade((rows) => {
          const last = rows.at(-1);
          return last !== undefined && last.createdAt < Math.min(newestMade, since) - OVERLAP_MS;
        }),
        readChanged((rows) => reachesChange(rows, Math.min(newestChange, since))),
      ]);
      return made === null || changed === null ? null : [...made, ...changed];
    },
  };
}
