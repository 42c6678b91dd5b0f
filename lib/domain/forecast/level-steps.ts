import { type DailyValue, median } from './slope';

/** Sudden changes that stay: a project that arrives, or one that is deleted. They aren't growth. */

/** @property day the first one at the new level @property by how much more than on such a day otherwise */
export type Step = { day: number; by: number };

const WEEK = 7;
/** A change is a step if it is this many times as large as changes usually differ from those a week before. */
const USUAL_TIMES = 5;

/**
 * Steps are found in how the change of a day differs from that of the same weekday a week before, so that weekends and steady
 * growth leave nothing. A step shows twice there, on its day and with the other sign a week later.
 *
 * @param series one value a day, in order; days may be missing, and steps beside a gap are not found
 * @param least the smallest change that can be a step, in the unit of the values
 */
export function findSteps(series: DailyValue[], least: number): Step[] {
  const changes = changesOf(series);
  const usual = median([...changes.values()]);
  const differences = [...changes].flatMap(([day, change]) => {
    const before = changes.get(day - WEEK);
    return before === undefined ? [] : [{ day, by: change - before }];
  });
  const limit = Math.max(least, USUAL_TIMES * median(differences.map(({ by }) => Math.abs(by))));
  const found = new Map<number, number>();
  for (const { day, by } of differences) {
    if (Math.abs(by) <= limit) continue;
    // What an earlier step has left behind a week later is no step of its own.
    const echo = by + (found.get(day - WEEK) ?? 0);
    if (Math.abs(echo) <= limit) continue;
    const isOfFirstWeek = !changes.has(day - 2 * WEEK);
    const before = changes.get(day - WEEK) ?? 0;
    const now = changes.get(day) ?? 0;
    if (isOfFirstWeek && Math.abs(before - usual) > Math.abs(now - usual)) found.set(day - WEEK, -by);
    else found.set(day, by);
  }
  return [...found].map(([day, by]) => ({ day, by })).sort((a, b) => a.day - b.day);
}

/** What changed from one day to the next, by the later day. */
function changesOf(series: DailyValue[]): Map<number, number> {
  const changes = new Map<number, number>();
  series.forEach(({ day, value }, i) => {
    const before = series[i - 1];
    if (before?.day === day - 1) changes.set(day, value - before.value);
  });
  return changes;
}
