import { groupBy } from '@/lib/group-by';
import type { ServerUse } from './records';

/**
 * One number about a VM from one place, that is, one exporter target. measure: cores (mean over the window), young (did not
 * exist one window ago), life (mean over its own life), alive (exists now), available, usable, used (bytes).
 */
export type PlaceRow = {
  /** The target, without the labels in which only copies of it differ. */
  place: string;
  /** The series, with all labels. */
  series: string;
  /** The usual labels of the target alone. */
  target: string;
  measure: string;
  value: number | null;
};

/**
 * A VM's usage, combined from all places that have reported it within the window; null if none reports it now.
 *
 * A migration restarts the counter at another place. Each place then has a part of the window, and their sum is the mean.
 * While two places report the VM at once, as during a live migration, only the busier one counts. If a place has reported
 * the VM for the whole window, places it has left are ignored.
 *
 * A VM that no place reported one window ago is measured over its own life, once that has been read.
 */
export function combineUse(rows: PlaceRow[]): ServerUse | null {
  const alive = rows.filter(({ measure }) => measure === 'alive');
  if (alive.length === 0) return null;
  const places = new Set(alive.map(({ place }) => place));
  const isHere = (row: PlaceRow) => places.has(row.place);
  const measured = rows.filter(({ measure }) => measure === (isNewborn(rows) ? 'life' : 'cores'));
  const here = [...greatest(measured.filter(isHere)).values()];
  const left = isSettled(rows) ? [] : leftPlaces(measured.filter((row) => !isHere(row)));
  const cores = here.length === 0 && left.length === 0 ? null : Math.max(0, ...here) + sum(left);
  return { cores, memoryBytes: memoryOf(rows) };
}

/** Whether a VM exists that no place reported one window ago, so that its mean over the window would be too low. */
export const isNewborn = (rows: PlaceRow[]): boolean => {
  const places = new Set(rows.filter(({ measure }) => measure === 'alive').map(({ place }) => place));
  const hasLeft = rows.some(({ measure, place, value }) => measure === 'cores' && value !== null && !places.has(place));
  return places.size > 0 && !isSettled(rows) && !hasLeft;
};

/** Whether a series that exists now existed one window ago. */
function isSettled(rows: PlaceRow[]): boolean {
  const young = new Set(rows.filter(({ measure }) => measure === 'young').map(({ series }) => series));
  return rows.some(({ measure, series }) => measure === 'alive' && !young.has(series));
}

/** What places have that a VM has left. Of one target that is the same place, under labels that nobody knows to mark copies. */
function leftPlaces(rows: PlaceRow[]): number[] {
  return [...groupBy(rows, ({ target }) => target).values()].flatMap((own) => {
    const values = [...greatest(own).values()];
    return values.length === 0 ? [] : [Math.max(...values)];
  });
}

const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0);

/** The highest known value at each place, since copies and overlapping batches repeat rows. */
function greatest(rows: PlaceRow[]): Map<string, number> {
  const values = new Map<string, number>();
  for (const { place, value } of rows) {
    if (value === null || value < 0) continue;
    values.set(place, Math.max(value, values.get(place) ?? Number.NEGATIVE_INFINITY));
  }
  return values;
}

/** null for guests without a balloon driver, which report nothing, 0 or NaN. */
function memoryOf(rows: PlaceRow[]): number | null {
  const of = (name: string) => greatest(rows.filter(({ measure }) => measure === name));
  const usable = of('usable');
  const used = [...of('available')].flatMap(([place, available]) => {
    const free = usable.get(place);
    return available > 0 && free !== undefined ? [Math.max(0, available - free)] : [];
  });
  const known = [...used, ...of('used').values()];
  return known.length === 0 ? null : Math.max(...known);
}
