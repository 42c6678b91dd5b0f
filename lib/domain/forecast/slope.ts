/** How fast a daily series grows, however its days of the week differ and whatever a few odd days show. */

/** `day` counts days since the epoch. */
export type DailyValue = { day: number; value: number };

/** Growth in units per day; it is between `low` and `high` four times out of five. */
export type Slope = { low: number; likely: number; high: number };

const WEEK = 7;
/** Two of each weekday. */
const LEAST_PAIRS = WEEK;
/** Quantiles of the normal distribution: of its middle four fifths, and how its median deviation becomes a standard one. */
const FOUR_FIFTHS = 1.2816;
const NORMAL_DEVIATION = 1.4826;

/**
 * Theil and Sen's slope with two changes: only days whole weeks apart are compared, so that a weekend says nothing about
 * growth, and a pair counts as much as its days lie apart, since noise matters less the longer they do (Jaeckel, 1972,
 * https://doi.org/10.1214/aoms/1177692377). The range takes each week's growth as a draw of its own, because VMs come and go
 * by chance and a sum of chances strays: its width is the robust deviation of a week's growth over the root of the weeks.
 *
 * @param series one value a day, in order; days may be missing
 * @param breaks days from which on a new level holds: no pair reaches across one
 * @returns null with fewer than seven pairs of days a week apart
 */
export function slopeOf(series: DailyValue[], breaks: number[] = []): Slope | null {
  const pairs = pairsOf(series, breaks);
  const weeks = pairs.filter(({ days }) => days === WEEK).map(({ perDay }) => perDay);
  if (weeks.length < LEAST_PAIRS) return null;
  const likely = weightedMedian(pairs);
  const deviation = NORMAL_DEVIATION * median(weeks.map((perDay) => Math.abs(perDay - median(weeks))));
  const strays = (FOUR_FIFTHS * deviation) / Math.sqrt(weeks.length / WEEK);
  return { low: likely - strays, likely, high: likely + strays };
}

type Pair = { perDay: number; days: number };

function pairsOf(series: DailyValue[], breaks: number[]): Pair[] {
  const levelOf = ({ day }: DailyValue) => breaks.filter((first) => first <= day).length;
  return series.flatMap((from, i) =>
    series.slice(i + 1).flatMap((to) => {
      const days = to.day - from.day;
      return days % WEEK === 0 && levelOf(from) === levelOf(to)
        ? [{ perDay: (to.value - from.value) / days, days }]
        : [];
    }),
  );
}

function weightedMedian(pairs: Pair[]): number {
  const sorted = [...pairs].sort((a, b) => a.perDay - b.perDay);
  const half = sorted.reduce((sum, { days }) => sum + days, 0) / 2;
  let reached = 0;
  for (const [i, { perDay, days }] of sorted.entries()) {
    reached += days;
    if (reached > half) return perDay;
    if (reached === half) return (perDay + (sorted[i + 1]?.perDay ?? perDay)) / 2;
  }
  return 0;
}

/** The middle value, or the mean of the two in the middle; 0 of nothing. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
