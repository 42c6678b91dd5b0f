import type { ServerUse } from './records';

/**
 * One number about a VM at one place (exporter target) that reports it. measure: cores (mean rate over the window), recent
 * (rate over the shortest window), old (there a window ago), alive (there now), available, usable, used (bytes).
 */
export type PlaceRow = { place: string; measure: string; value: number | null };

/**
 * One VM's use from all places that report it or did so within the window; null where none does now.
 *
 * A migration restarts the counter at another place. After it the old place's rate fades while the new one's grows, both over
 * the same window: their sum is the mean over it. While two places report the VM at once, as during a live migration, the
 * busier one is the VM: it is never counted twice. A place that was there for the whole window needs no other's rest.
 *
 * A VM that was nowhere a window ago is measured over the shortest window instead: rate() would divide its short life by the
 * whole window.
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

/** The greatest known value at each place: replicas of one Prometheus and batches that overlap repeat rows. */
function greatest(rows: PlaceRow[], measure: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const row of rows) {
    if (row.measure !== measure || row.value === null || row.value < 0) continue;
    values.set(row.place, Math.max(row.value, values.get(row.place) ?? Number.NEGATIVE_INFINITY));
  }
  return values;
}

/** Guests without a balloon driver report nothing, 0 or NaN: unknown. */
function memoryOf(rows: PlaceRow[]): number | null {
  const usable = greatest(rows, 'usable');
  const used = [...greatest(rows, 'available')].flatMap(([place, available]) => {
    const free = usable.get(place);
    return available > 0 && free !== undefined ? [Math.max(0, available - free)] : [];
  });
  const known = [...used, ...greatest(rows, 'used').values()];
  return known.length === 0 ? null : Math.max(...known);
}
