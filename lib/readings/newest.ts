import { SourceError } from '@/lib/errors';
import type { Sent } from '@/lib/openstack/watcher';

/** Finds what is new or changed in one of Watcher's lists by reading the newest rows by creation and by change. */

type Row = { id: string; createdAt: number; updatedAt: number | null };
type Order = 'created_at' | 'updated_at';

/** Numbers of rows to request in turn until they reach known ones; each row costs Watcher about 10 ms. */
const LIMITS = [5, 50, 500];

/** How far back to read known rows again, since a row becomes visible later than its own timestamp. */
const OVERLAP_MS = 10_000;

/**
 * Requests more and more rows in one order until they reach known ones or there are no more, and remembers how many were
 * needed. null if that takes too many rows, or if they are not in order.
 *
 * @param timeOf the time they are ordered by, newest first; ms
 */
export function openOrderReader<T>(
  request: (limit: number) => Promise<Sent<T>>,
  limits: number[],
  timeOf: (row: T) => number | null,
): (reaches: (rows: T[]) => boolean) => Promise<T[] | null> {
  let start = 0;
  return async (reaches) => {
    for (const [step, limit] of limits.entries()) {
      if (step < start) continue;
      const page = await unlessTooLarge(request(limit));
      if (page === null) break;
      const { rows, sent } = page;
      if (!isNewestFirst(rows.map(timeOf))) break;
      if (sent < limit || reaches(rows)) {
        start = Math.max(0, step - 1);
        return rows;
      }
    }
    start = 0;
    return null;
  };
}

/** So many rows may be more than one response can hold. */
async function unlessTooLarge<T>(page: Promise<T>): Promise<T | null> {
  try {
    return await page;
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'too-large') return null;
    throw error;
  }
}

/** Rows without a time must be in one block, as databases order NULLs. */
function isNewestFirst(times: (number | null)[]): boolean {
  const known = times.filter((time) => time !== null);
  const breaks = times.filter((time, i) => i > 0 && (time === null) !== (times[i - 1] === null)).length;
  return breaks <= 1 && known.every((time, i) => i === 0 || time <= (known[i - 1] ?? time));
}

/** Whether rows ordered by change, newest first, reach back past a time (ms). MariaDB puts rows that never changed last. */
export function reachesChange(rows: { updatedAt: number | null }[], time: number): boolean {
  const [first, last] = [rows[0]?.updatedAt ?? null, rows.at(-1)?.updatedAt ?? null];
  return (first !== null && last === null) || (last !== null && last < time - OVERLAP_MS);
}

type NewestReader<T> = {
  /**
   * Rows created or changed since `known` was read, including archived ones, and a few others. null if there are too many;
   * then the full list must be read.
   *
   * @param since read at least back to this time, by Watcher's clock; ms
   */
  read(known: T[], since?: number): Promise<T[] | null>;
};

/**
 * Requests the newest rows by creation and by change, few at first. Rows that never changed have NULL there, which MariaDB
 * puts last and PostgreSQL first. With PostgreSQL the second list is long, so the number of rows needed is remembered.
 */
export function openNewestReader<T extends Row>(
  request: (newest: { by: Order; limit: number }) => Promise<Sent<T>>,
): NewestReader<T> {
  const readCreated = openOrderReader(
    (limit) => request({ by: 'created_at', limit }),
    LIMITS,
    ({ createdAt }) => createdAt,
  );
  const readChanged = openOrderReader(
    (limit) => request({ by: 'updated_at', limit }),
    LIMITS,
    ({ updatedAt }) => updatedAt,
  );

  return {
    async read(known, since = Number.POSITIVE_INFINITY) {
      const newestCreation = Math.max(...known.map(({ createdAt }) => createdAt));
      const newestChange = Math.max(...known.map(({ updatedAt }) => updatedAt ?? Number.NEGATIVE_INFINITY));
      const [created, changed] = await Promise.all([
        readCreated((rows) => {
          const last = rows.at(-1);
          return last !== undefined && last.createdAt < Math.min(newestCreation, since) - OVERLAP_MS;
        }),
        readChanged((rows) => reachesChange(rows, Math.min(newestChange, since))),
      ]);
      return created === null || changed === null ? null : [...created, ...changed];
    },
  };
}
