import { findSteps, type Step } from './level-steps';
import { type DailyValue, slopeOf } from './slope';

/** When a resource is full, if it goes on as it did: for allocation, which refuses VMs, and for use, which hurts them. */

/** One day of one resource, in its own unit. `day` counts days since the epoch, `capacity` is what there was. */
export type Day = { day: number; used: number; capacity: number };

export type DaysToFull =
  | {
      answer: 'days';
      /** Whole days from the last one. `latest` is null if it may not grow at all. */
      soonest: number;
      likely: number;
      latest: number | null;
      /** Growth in units per day. */
      perDay: { low: number; likely: number; high: number };
      /** Days of history that say so, and the steps that were left out of it. */
      days: number;
      steps: Step[];
    }
  | { answer: 'full'; used: number }
  | { answer: 'no-history' }
  | { answer: 'short-history'; days: number; needed: number }
  | { answer: 'capacity-changed'; days: number; needed: number; before: number; now: number }
  | { answer: 'not-growing'; days: number; used: number }
  | { answer: 'step'; step: Step; days: number };

/** Days of history that a forecast needs: two of each weekday. */
const NEEDED_DAYS = 14;
/** Older days say nothing about how it grows now. */
export const MOST_DAYS = 90;
/** Capacity that differs by more than this share is another capacity. */
const SAME_CAPACITY = 0.02;
/** The smallest step, as a share of capacity. */
const LEAST_STEP = 0.01;
/** What would take longer than this isn't growth. */
const MOST_DAYS_TO_FULL = 5 * 365;

/**
 * Robust against odd days, weekends and steps; see `slopeOf` and `findSteps`. Only days since the last change of capacity
 * count, because demand that waited for new hosts arrives all at once.
 *
 * @param history one entry a day, in order; days may be missing
 * @param limit what may be used at most, in the same unit: for example today's capacity less a host in reserve
 */
export function daysToFull(history: Day[], limit: number): DaysToFull {
  const last = history.at(-1);
  if (!last) return { answer: 'no-history' };
  if (last.used >= limit) return { answer: 'full', used: last.used };
  const recent = history.filter(({ day }) => day > last.day - MOST_DAYS);
  const isAlike = ({ capacity }: Day) => isSame(capacity, last.capacity);
  // A single day that differs is a host that did not report.
  const changed = recent.findLastIndex((one, i) => !isAlike(one) && !isAlike(recent[i - 1] ?? one));
  const alike = recent.slice(changed + 1).filter(isAlike);
  const days = alike.length;
  if (days < NEEDED_DAYS) {
    const before = recent[changed]?.capacity;
    return before === undefined
      ? { answer: 'short-history', days, needed: NEEDED_DAYS }
      : { answer: 'capacity-changed', days, needed: NEEDED_DAYS, before, now: last.capacity };
  }
  const series = alike.map(({ day, used }): DailyValue => ({ day, value: used }));
  const steps = findSteps(series, LEAST_STEP * last.capacity);
  const slope = slopeOf(
    series,
    steps.map(({ day }) => day),
  );
  if (slope === null) return { answer: 'short-history', days, needed: NEEDED_DAYS };
  const { low, likely, high } = slope;
  const left = limit - last.used;
  if (likely * MOST_DAYS_TO_FULL < left) {
    const grown = last.used - (alike[0]?.used ?? 0);
    // Noise can look like a step, but then nothing of it stays.
    const largest = steps.filter(({ by }) => by > 0 && by < 2 * grown).sort((a, b) => b.by - a.by)[0];
    return largest ? { answer: 'step', step: largest, days } : { answer: 'not-growing', days, used: last.used };
  }
  return {
    answer: 'days',
    soonest: Math.floor(left / high),
    likely: Math.round(left / likely),
    latest: low > 0 ? Math.ceil(left / low) : null,
    perDay: { low, likely, high },
    days,
    steps,
  };
}

const isSame = (capacity: number, now: number): boolean => Math.abs(capacity - now) <= SAME_CAPACITY * now;
