/** Updates known lists without changing them in place. */

type Row = { id: string; createdAt: number | null; updatedAt: number | null };

/** Replaces changed rows, appends new ones and removes those that are gone. */
export function applyChanges<T extends { id: string }>(known: T[], changes: T[], isGone: (row: T) => boolean): T[] {
  if (changes.length === 0) return known;
  const changed = new Map(changes.map((row) => [row.id, row]));
  const rows: T[] = [];
  for (const row of known) {
    const now = changed.get(row.id);
    changed.delete(row.id);
    if (now === undefined) rows.push(row);
    else if (!isGone(now)) rows.push(now);
  }
  for (const row of changed.values()) if (!isGone(row)) rows.push(row);
  return rows;
}

/** A full list that was read in the background; `startedAt` is in the service's own time. */
export type Whole<T> = { rows: T[]; startedAt: number };

/**
 * Corrects what refreshes have missed. A row in the full list replaces the known one, unless a refresh has brought a newer
 * version in the meantime. A known row missing from the full list is gone, unless it was created or changed after
 * `startedAt`, when its page may already have been read. Deletions after `startedAt` must come from the changes applied
 * next.
 */
export function repair<T extends Row>(known: T[], { rows, startedAt }: Whole<T>): T[] {
  const found = new Map(rows.map((row) => [row.id, row]));
  const repaired: T[] = [];
  for (const row of known) {
    const other = found.get(row.id);
    found.delete(row.id);
    if (other !== undefined) repaired.push((other.updatedAt ?? 0) >= (row.updatedAt ?? 0) ? other : row);
    else if (Math.max(row.createdAt ?? 0, row.updatedAt ?? 0) >= startedAt) repaired.push(row);
  }
  return [...repaired, ...found.values()];
}
