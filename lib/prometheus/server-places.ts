import type { ServerUse } from './records';

/**
 * One number about a VM from one place, that is, one exporter target. measure: cores (mean rate over the window), recent
 * (rate over the shortest window), old (existed one window ago), alive (exists now), available, usable, used (bytes).
 */
export type PlaceRow = { place: string; measure: string; value: number | null };

/**
 * A VM's usage, combined from all places that have reported it within the window; null if none reports it now.
 *
 * A migration restarts the counter at another place. Afterwards the old place's rate falls while the new one's rises over
 * the same window, so their sum is the mean. While two places report the VM at once, as during a live migration, only the
 * busier one counts. If a place has reported the VM for the whole window, places it has left are ignored.
 *
 * A VM that no place reported one window ago is measured over the shortest window, since rate() would divide its short
 * lifetime by the whole window.
 */
export function combineUse(rows: PlaceRow[]): ServerUse | null {
  const alive = placesOf(rows, 'alive');
  if (alive.size === 0) return null;
  const old = placesOf(rows, 'old');
  const rates = greatest(rows, old.size > 0 ? 'cores' : 'recent');
  const here = [...rates].filter(([place]) => alive.has(place));
  const left = [...rates].filter(([place]) => !alive.has(place));
  const settled = [...alive].some((place) => old.has(place));
  const rest = settled ? 0 : left.reduce((sum, [, rate]) => sum + rate, 0);
  const cores = here.length === 0 && rest === 0 ? null : Math.max(0, ...here.map(([, rate]) => rate)) + rest;
  return { cores, memoryBytes: memoryOf(rows) };
}

const placesOf = (rows: PlaceRow[], measure: string): Set<string> =>
  new Set(rows.filter((row) => row.measure === measure).map(({ place }) => place));

/** The highest known value at each place, since Prometheus replicas and overlapping batches repeat rows. */
function greatest(rows: PlaceRow[], measure: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const row of rows) {
    if (row.measure !== measure || row.value === null || row.value < 0) continue;
    values.set(row.place, Math.max(row.value, values.get(row.place) ?? Number.NEGATIVE_INFINITY));
  }
  return values;
}

/** null for guests without a balloon driver, which report nothing, 0 or NaN. */
function memoryOf(rows: PlaceRow[]): number | null {
  const usable = greatest(rows, 'usable');
  const used = [...greatest(rows, 'available')].flatMap(([place, available]) => {
    const free = usable.get(place);
    return available > 0 && free !== undefined ? [Math.max(0, available - free)] : [];
  });
  const known = [...used, ...greatest(rows, 'used').values()];
  return known.length === 0 ? null : Math.max(...known);
}
