/** How a list that is known is brought up to date. Nothing is changed in place. */

type Row = { id: string; createdAt: number | null; updatedAt: number | null };

/** Rows that changed take the place of the known ones, new ones come last, gone ones go. */
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

/** A whole list that was read beside the refreshes, page by page; `startedAt` by the service's own clock. */
export type Whole<T> = { rows: T[]; startedAt: number };

/**
 * Repairs what refreshes have missed. A row of the whole list stands for the known one unless a refresh has brought a newer
 * one meanwhile. A known row that is not in the whole list is gone, unless it was made or changed since that was begun: it may
 * have come in behind the page that was being read. What was deleted since then has to be told by the changes that are
 * applied next, asked for from `startedAt`.
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
