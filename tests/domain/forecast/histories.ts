import type { Day } from '@/lib/domain/forecast/days-to-full';

/** Histories whose growth is known, to test forecasts with. */

export type Wanted = {
  days: number;
  /** Growth in units per day. */
  slope: number;
  /** Standard deviation of what is added to a day and gone the next. */
  noise?: number;
  /** Standard deviation of what is added to a day and stays, as VMs do that people start and delete by chance. */
  strays?: number;
  /** By how much less is used at the weekend. */
  weekend?: number;
  /** The day from which more is used, and how much. */
  step?: { day: number; by: number };
  /** The day before which capacity was smaller, and how much it was. */
  smaller?: { until: number; capacity: number };
};

export const CAPACITY = 1_500;
const FIRST_DAY = 20_000;
const FIRST_USED = 500;

/** @param seed the same seed makes the same history */
export function historyOf({ days, slope, noise = 0, strays = 0, weekend = 0, step, smaller }: Wanted, seed = 1): Day[] {
  const random = normal(seed);
  let strayed = 0;
  return Array.from({ length: days }, (_, i) => {
    strayed += strays * random();
    const used =
      FIRST_USED +
      slope * i +
      strayed +
      noise * random() -
      ((FIRST_DAY + i) % 7 >= 5 ? weekend : 0) +
      (step && i >= step.day ? step.by : 0);
    const capacity = smaller && i < smaller.until ? smaller.capacity : CAPACITY;
    return { day: FIRST_DAY + i, used: Math.round(used), capacity };
  });
}

/** Days from the last one until the limit is reached at this growth. */
export const trueDays = (history: Day[], limit: number, slope: number): number =>
  (limit - (history.at(-1)?.used ?? 0)) / slope;

/** A source of normally distributed numbers (Box and Muller's). */
function normal(seed: number): () => number {
  let state = seed * 7_919;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / (2 ** 32 + 1);
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
