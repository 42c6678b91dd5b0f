import { type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import { formatPercent } from '@/lib/format';

/** Bands of load: three quiet ones, warm and hot. Low limits, which are settings, squeeze the quiet ones. */
export type Band = 0 | 1 | 2 | 3 | 4;
/** An unmeasured host is in none. */
export type BandOrNone = Band | null;

/** The percentages at which the bands begin; the first is 0. */
function startsOf({ warm, hot }: LoadLimits): [number, number, number, number, number] {
  const [first, second] = warm > 50 ? [25, 50] : [Math.round(warm / 3), Math.round((2 * warm) / 3)];
  return [0, first ?? 0, second ?? 0, warm, hot];
}

export function bandOf(load: number | null, limits: LoadLimits): BandOrNone {
  if (load === null) return null;
  const level = levelOf(load, limits);
  if (level !== 'normal') return level === 'hot' ? 4 : 3;
  const [, first, second] = startsOf(limits);
  return load >= second ? 2 : load >= first ? 1 : 0;
}

/** The words of the legend, quiet to hot: "under 25%", "70–85%, warm", "85% and over, hot". */
export function describeBands(limits: LoadLimits): [string, string, string, string, string] {
  const [, first, second, warm, hot] = startsOf(limits);
  const range = (from: number, to: number) => `${from}–${formatPercent(to, 0)}`;
  return [
    `under ${formatPercent(first, 0)}`,
    range(first, second),
    range(second, warm),
    `${range(warm, hot)}, warm`,
    `${formatPercent(hot, 0)} and over, hot`,
  ];
}

/** The number of hosts in each band, quiet to hot, and in none. */
export function countBands(bands: BandOrNone[]): { counts: [number, number, number, number, number]; none: number } {
  const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  let none = 0;
  for (const band of bands) {
    if (band === null) none++;
    else counts[band]++;
  }
  return { counts, none };
}

/** The word for a band, if it has one. */
export const wordOf = (band: BandOrNone): 'hot' | 'warm' | null => (band === 4 ? 'hot' : band === 3 ? 'warm' : null);
