import type { LiveProgress } from '@/lib/openstack/records';
import { MIB, MINUTE_MS, SECOND_MS } from '@/lib/units';

/** How far live migrations are, over time. */

type Sample = { at: number; remaining: number };

/** What Nova has said about one migration, the newest last. */
export type Series = {
  migrationId: string;
  number: string;
  serverId: string;
  status: string;
  total: number | null;
  /** What is left now; null until Nova counts. */
  remaining: number | null;
  /** When Nova was asked last; ms. */
  at: number;
  /** Those of the last minutes. */
  samples: Sample[];
  /** When something was gained last: what was left then. */
  lowest: Sample | null;
  /** When it was noticed that it gains nothing; one for each time. */
  stalls: number[];
};

/** By the id of the migration; the one that was asked about last is last. */
export type SeriesById = ReadonlyMap<string, Series>;

/** Without less to copy for this long, a migration does not converge. */
export const STALLED_MS = MINUTE_MS;
const RATE_MS = 30 * SECOND_MS;
/** An estimate needs this many samples. */
const ENOUGH = 3;
/** At a look every five seconds these reach back further than anything asks; at one every 30 s too. */
const KEPT_SAMPLES = 24;
/** More migrations than one plan has. */
const KEPT_SERIES = 1_000;
const KEPT_STALLS = 20;

/** @param at when Nova was asked; ms */
export function addProgress(known: SeriesById, progress: LiveProgress[], at: number): SeriesById {
  if (progress.length === 0) return known;
  const all = new Map(known);
  for (const one of progress) {
    const series = extend(known.get(one.id), one, at);
    all.delete(one.id);
    all.set(one.id, series);
  }
  return all.size > KEPT_SERIES ? new Map([...all].slice(-KEPT_SERIES)) : all;
}

function extend(before: Series | undefined, now: LiveProgress, at: number): Series {
  const { remainingBytes: remaining, totalBytes: total, id, number, serverId, status } = now;
  const base = { migrationId: id, number, serverId, status, total, remaining, at };
  const known = { samples: before?.samples ?? [], lowest: before?.lowest ?? null, stalls: before?.stalls ?? [] };
  if (remaining === null) return { ...base, ...known };
  const sample = { at, remaining };
  const samples = [...known.samples, sample].slice(-KEPT_SAMPLES);
  const hasGained = known.lowest === null || remaining <= known.lowest.remaining - leastGain(total);
  const lowest = hasGained ? sample : known.lowest;
  const series = { ...base, ...known, samples, lowest };
  const wasStalled = before !== undefined && stalledSince(before) !== null;
  return stalledSince(series) === null || wasStalled
    ? series
    : { ...series, stalls: [...known.stalls, at].slice(-KEPT_STALLS) };
}

/** What is left goes up and down a little where nothing is gained; less than this is no gain. Bytes. */
const leastGain = (total: number | null): number => Math.max(1, Math.min(SMALL, (total ?? 0) * SMALL_PART));
const SMALL = 64 * MIB;
const SMALL_PART = 0.005;

/** Since when a migration has gained nothing (ms); null if it does, or if not enough time has passed. */
export function stalledSince({ lowest, remaining, at }: Series): number | null {
  if (lowest === null || remaining === null || remaining === 0) return null;
  return at - lowest.at >= STALLED_MS ? lowest.at : null;
}

/** Bytes that are copied; null until Nova counts. Less than before where the VM changes its memory faster than it is copied. */
export const copiedOf = ({ total, remaining }: Series): number | null =>
  total === null || remaining === null ? null : Math.max(0, total - remaining);

/**
 * By how many bytes a second what is left becomes less; negative where it rises, null before three samples. Where samples are
 * rarer than that, the last three count.
 */
export function rateOf({ samples, at }: Series): number | null {
  const recent = samples.filter((sample) => at - sample.at <= RATE_MS);
  const used = recent.length >= ENOUGH ? recent : samples.slice(-ENOUGH);
  const [first, last] = [used[0], used.at(-1)];
  if (used.length < ENOUGH || !first || !last || last.at === first.at) return null;
  return ((first.remaining - last.remaining) / (last.at - first.at)) * SECOND_MS;
}

/** Seconds that the rest takes at this rate; null if nothing is gained, or before three samples. */
export function secondsLeft(series: Series): number | null {
  const rate = rateOf(series);
  return rate === null || rate <= 0 || series.remaining === null ? null : Math.ceil(series.remaining / rate);
}
