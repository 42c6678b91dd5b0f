import 'server-only';
import { unstable_cache } from 'next/cache';
import { type Source, SourceError } from '@/lib/errors';
import { withoutDeadline } from '../process/deadline';
import type { RegionId } from '../process/region';
import { openSignal, within } from '../process/waiting';
import { type Filling, type Progress, progressOf, stillReading } from './first-fill';
import { countRecoveries, type Failure, hasRecovered, mayRetry, noteRecovery, pauseMs } from './pauses';
import { fillShared, type Good } from './shared-fill';
import type { SharedStore } from './shared-store';
import { slotOf } from './slots';

/**
 * The only file that knows next/cache. `unstable_cache` holds the TTL; this adds what it lacks: one fill at a time for
 * pages, routes and the background together, the last good data while a source fails, a bound on age, the age itself,
 * the progress of a first fill, and values that are neither copied nor limited in size: Next stores when a value was
 * taken, the slot keeps the value.
 */

/**
 * What a reader gets: a fresh or stale value, a part of the first one, or none. `failure`: why the last attempt failed.
 */
export type Taken<T> = Found<T> & {
  /** Whether a reader would still get the same. */
  isCurrent(): boolean;
};

type Found<T> =
  | { state: 'fresh' | 'stale'; value: T; at: number; failure: Failure | null; progress: null }
  | { state: 'partial'; value: T; at: number; failure: null; progress: Progress }
  | { state: 'missing'; value: null; at: null; failure: Failure; progress: Progress | null };

export type Wish = {
  /** A value taken before this time counts as expired; ms. */
  notBefore?: number;
  /** During the first fill, the part read so far will do. */
  partial?: boolean;
  /** Wait for a refresh even if the background does it. */
  insist?: boolean;
};

export type Cached<T> = {
  get(wish?: Wish): Promise<Taken<T>>;
  /** Reads again, unless a fill is in progress or the source has just failed. Never rejects. */
  refresh(): Promise<void>;
  /** Reads again now if the last attempt failed, because a person asks. Never rejects. */
  retry(): Promise<void>;
  /** Age of the value in ms; infinite without one. */
  age(): number;
  /** How long the last good fill took, ms. */
  lastFillMs(): number;
  /** The current failure, without reading anything. */
  failure(): Failure | null;
  /** The last good value, without reading anything. */
  last(): T | null;
  /** Progress of the first fill, without reading anything; null with a value or after a failure. */
  firstFill(): Progress | null;
};

/** What a loader gets: the last good value, to continue from, and a way to report progress. */
export type Fill<T> = {
  previous: { at: number; value: T } | undefined;
  report(progress: { done: number; of: number | null }, partial: T): void;
};

export type CacheOptions<T> = {
  region: RegionId;
  name: string;
  /** Identifies the cloud, its addresses and the account. Part of the key; never contains a secret. */
  identity: string;
  source: Source;
  /** What its progress counts, in a message for people. */
  counted?: string;
  ttlMs: number;
  /** Values older than this are not served. */
  maxStaleMs: number;
  load: (fill: Fill<T>) => Promise<T>;
  clock?: () => number;
  /** Where replicas share what one of them has read; null if there is none. */
  shared?: SharedStore | null;
  patienceMs?: Partial<Patience>;
  /** The background refreshes it, so that nobody waits for a refresh and a late value is as good as it gets. */
  background?: boolean;
};

/**
 * How long a reader waits, ms: for a refresh while there is a value, for the first value, for all of it rather than a
 * part.
 */
export type Patience = { refresh: number; first: number; partial: number };

const VERSION = 'v2';
const PATIENCE: Patience = { refresh: 2_500, first: 12_000, partial: 2_500 };

export function openCached<T>(options: CacheOptions<T>): Cached<T> {
  const { region, name, identity, source, ttlMs, maxStaleMs, load } = options;
  const clock = options.clock ?? Date.now;
  const { background = false } = options;
  const patience = { ...PATIENCE, ...(background ? { refresh: 0 } : {}), ...options.patienceMs };
  const key = `${region} ${name} ${identity}`;
  const keepMs = Math.max(2 * ttlMs, maxStaleMs);
  const slot = slotOf<T>(region, key);
  const ageOf = (at: number) => clock() - at;
  const isFresh = (notBefore = Number.NEGATIVE_INFINITY) =>
    slot.good !== undefined && ageOf(slot.good.at) <= ttlMs && slot.good.at >= notBefore;
  const failedLately = () =>
    slot.failure !== undefined &&
    ageOf(slot.failure.at) < pauseMs(slot.failure, ttlMs) &&
    !hasRecovered(slot.failure, region, slot.counted);

  /** One attempt for all readers. Its result is in the slot; it never rejects. */
  function fill(notBefore = Number.NEGATIVE_INFINITY): Promise<void> {
    if (slot.filling) return slot.filling.done;
    const since = clock();
    const begun = openSignal();
    const filling: Filling<T> = { since, begun, done: Promise.resolve() };
    slot.filling = filling;
    slot.counted = countRecoveries();
    const report: Fill<T>['report'] = ({ done, of }, value) => {
      if (filling.part === undefined) noteRecovery(region, source);
      filling.firstReport ??= { done, at: clock() };
      filling.part = { progress: progressOf({ done, of, since }, filling.firstReport, clock()), value };
      slot.version++;
      begun.give();
    };
    filling.done = (async () => {
      try {
        const read = (previous: Good<T> | undefined) => withoutDeadline(() => load({ previous, report }));
        const isNews = slot.failure !== undefined || slot.good === undefined;
        slot.good = options.shared
          ? await fillShared(options.shared, { ...options, clock, key, keepMs, ours: slot.good, notBefore, load: read })
          : { at: since, value: await read(slot.good) };
        slot.lastFillMs = clock() - since;
        slot.failure = undefined;
        if (isNews) noteRecovery(region, source);
      } catch (error) {
        slot.failure = { error, since: slot.failure?.since ?? since, at: clock() };
      } finally {
        slot.version++;
        slot.filling = undefined;
        begun.give();
      }
    })();
    return filling.done;
  }

  async function fillStore(): Promise<{ at: number }> {
    if (!isFresh()) await fill();
    // Next logs a rejection with the text of this function; the failure is in the slot already.
    if (slot.good === undefined) throw slot.failure?.error;
    return { at: slot.good.at };
  }
  // The text of the callback is part of Next's key, and each bundle minifies it differently.
  fillStore.toString = () => name;

  async function refresh(notBefore?: number): Promise<void> {
    if (slot.filling) return slot.filling.done;
    const stored = unstable_cache(fillStore, [VERSION, region, name, identity], {
      revalidate: Math.ceil(ttlMs / 1000),
      tags: [name],
    });
    try {
      await stored();
    } catch {
      // The source failed, which is in the slot; or there is no store, as outside a request.
      if (slot.failure === undefined) await fill();
      return;
    }
    // The store returns an expired entry while it refills; join that refill.
    if (!isFresh(notBefore) && !failedLately()) await fill(notBefore);
  }

  function take(partial: boolean): Taken<T> {
    const { version } = slot;
    const found = find(partial);
    const isCurrent = () =>
      slot.version === version &&
      (found.state === 'fresh' ? isFresh() : background && stateNow(partial) === found.state);
    return { ...found, isCurrent };
  }

  /** The value, as long as it may be served. */
  const servable = () =>
    slot.good !== undefined && ageOf(slot.good.at) <= Math.max(maxStaleMs, ttlMs) ? slot.good : undefined;

  function stateNow(partial: boolean): Found<T>['state'] {
    if (servable()) return isFresh() ? 'fresh' : 'stale';
    return partial && slot.filling?.part ? 'partial' : 'missing';
  }

  function find(partial: boolean): Found<T> {
    const { failure, filling } = slot;
    const good = servable();
    if (good) {
      const state = isFresh() ? 'fresh' : 'stale';
      return { state, value: good.value, at: good.at, failure: failure ?? null, progress: null };
    }
    const part = filling?.part;
    if (partial && part) {
      return { state: 'partial', value: part.value, at: part.progress.since, failure: null, progress: part.progress };
    }
    const waiting = new SourceError(source, 'first-reading', stillReading(part?.progress, options.counted ?? 'rows'));
    const since = filling?.since ?? clock();
    return {
      state: 'missing',
      value: null,
      at: null,
      failure: failure ?? { error: waiting, since, at: clock() },
      progress: part?.progress ?? null,
    };
  }

  /** What is left of a wait that began with the fill, so that a fill of minutes does not stop every visitor again. */
  const left = (ms: number) => Math.max(0, (slot.filling?.since ?? clock()) + ms - clock());

  return {
    failure: () => slot.failure ?? null,
    last: () => slot.good?.value ?? null,
    firstFill: () => {
      if (slot.good !== undefined || slot.failure !== undefined) return null;
      const begun = { done: 0, of: null, since: slot.filling?.since ?? clock(), leftMs: null };
      return slot.filling?.part?.progress ?? begun;
    },
    age: () => (slot.good === undefined ? Number.POSITIVE_INFINITY : ageOf(slot.good.at)),
    lastFillMs: () => slot.lastFillMs,
    async refresh() {
      if (!failedLately()) await fill();
    },
    async retry() {
      if (slot.failure && mayRetry(slot.failure, clock())) await fill();
    },
    async get({ notBefore, partial = false, insist = false } = {}) {
      if (isFresh(notBefore) || failedLately()) return take(partial);
      const usable = slot.good !== undefined && ageOf(slot.good.at) <= maxStaleMs;
      const work = refresh(notBefore);
      if (usable) {
        await within(work, insist ? PATIENCE.refresh : patience.refresh);
      } else if (partial) {
        await within(work, left(patience.partial));
        const begun = slot.filling?.begun.given;
        if (begun) await within(Promise.race([work, begun]), left(patience.first));
      } else {
        await within(work, left(patience.first));
      }
      return take(partial);
    },
  };
}
