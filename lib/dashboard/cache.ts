import 'server-only';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { unstable_cache } from 'next/cache';
import { type Source, SourceError } from '@/lib/errors';
import { processWide } from './process-wide';

/**
 * The only room that knows next/cache. `unstable_cache` holds the TTL and the store; what it lacks is added here: one
 * fill at a time for page and routes together, last good data while a source fails, a bound on age, the age itself, and
 * no size limit (values are packed, and the slot serves them even where the store refuses).
 */

export type Failure = { error: unknown; since: number; at: number };

/** What a reader gets: a value that is fresh or stale, or none. `failure` tells why the last attempt failed. */
export type Taken<T> =
  | { state: 'fresh' | 'stale'; value: T; at: number; failure: Failure | null }
  | { state: 'missing'; value: null; at: null; failure: Failure };

export type Cached<T> = {
  /** @param notBefore a value taken earlier than this counts as expired, whatever its age; ms */
  get(notBefore?: number): Promise<Taken<T>>;
  /** The failure under way, without reading anything. */
  failure(): Failure | null;
};

export type CacheOptions<T> = {
  name: string;
  /** What the value belongs to: mode, region, addresses. Part of the key; never holds a secret. */
  identity: string;
  source: Source;
  ttlMs: number;
  /** Older values are no longer served. */
  maxStaleMs: number;
  load: () => Promise<T>;
  clock?: () => number;
  /** How long a reader waits for a refresh when there is something to show meanwhile, and when there is nothing. */
  patienceMs?: { refresh: number; first: number };
};

type Good<T> = { at: number; value: T };
type Stored = { at: number; packed: string };
type Slot = { good?: Good<unknown>; failure?: Failure; filling?: Promise<void> };

const VERSION = 'v1';
/** A failed source is asked again after this time, or after one TTL if that is shorter. */
const RETRY_MS = 10_000;
const PATIENCE = { refresh: 2_500, first: 12_000 };

const allSlots = () => processWide('cache-slots', () => new Map<string, Slot>());

function slotOf(key: string): Slot {
  const slots = allSlots();
  const slot = slots.get(key) ?? {};
  slots.set(key, slot);
  return slot;
}

export function openCached<T>(options: CacheOptions<T>): Cached<T> {
  const { name, identity, source, ttlMs, maxStaleMs, load } = options;
  const clock = options.clock ?? Date.now;
  const patience = options.patienceMs ?? PATIENCE;
  const slot = slotOf(`${name} ${identity}`) as Slot & { good?: Good<T> };
  const ageOf = (at: number) => clock() - at;
  const isFresh = (notBefore = Number.NEGATIVE_INFINITY) =>
    slot.good !== undefined && ageOf(slot.good.at) <= ttlMs && slot.good.at >= notBefore;

  /** One attempt for everybody. Its result is in the slot; it never rejects. */
  function fill(): Promise<void> {
    slot.filling ??= (async () => {
      const at = clock();
      try {
        slot.good = { at, value: await load() };
        slot.failure = undefined;
      } catch (error) {
        slot.failure = { error, since: slot.failure?.since ?? at, at: clock() };
      } finally {
        slot.filling = undefined;
      }
    })();
    return slot.filling;
  }

  async function fillStore(): Promise<Stored> {
    if (!isFresh()) await fill();
    // A rejection here would reach the log with the text of this function; the failure is in the slot already.
    if (slot.good === undefined) throw slot.failure?.error;
    return { at: slot.good.at, packed: await pack(slot.good.value) };
  }
  // The text of the callback is part of Next's key, and each bundle minifies it in its own way.
  fillStore.toString = () => name;

  async function refresh(notBefore?: number): Promise<void> {
    const stored = unstable_cache(fillStore, [VERSION, name, identity], {
      revalidate: Math.ceil(ttlMs / 1000),
      tags: [name],
    });
    try {
      const { at, packed } = await stored();
      if (at > (slot.good?.at ?? Number.NEGATIVE_INFINITY)) slot.good = { at, value: await unpack<T>(packed) };
    } catch (error) {
      if (slot.failure === undefined) throw error;
      return;
    }
    // An expired entry is handed out as it is while the store refills; join that refill.
    if (!isFresh(notBefore) && !failedLately()) await fill();
  }

  const failedLately = () => slot.failure !== undefined && ageOf(slot.failure.at) < Math.min(RETRY_MS, ttlMs);

  function take(): Taken<T> {
    const { good, failure } = slot;
    if (good !== undefined && ageOf(good.at) <= Math.max(maxStaleMs, ttlMs)) {
      return { state: isFresh() ? 'fresh' : 'stale', value: good.value, at: good.at, failure: failure ?? null };
    }
    const waiting = new SourceError(source, 'timeout', 'The first reading is still under way.');
    return {
      state: 'missing',
      value: null,
      at: null,
      failure: failure ?? { error: waiting, since: clock(), at: clock() },
    };
  }

  return {
    failure: () => slot.failure ?? null,
    async get(notBefore) {
      if (isFresh(notBefore) || failedLately()) return take();
      const usable = slot.good !== undefined && ageOf(slot.good.at) <= maxStaleMs;
      await within(refresh(notBefore), usable ? patience.refresh : patience.first);
      return take();
    },
  };
}

/** Waits for the work or the time, whichever comes first. */
async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  // Once nobody waits any more, a late rejection must not end the process; the next reader tries again.
  work.catch(() => {});
  try {
    await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}

const zip = promisify(gzip);
const unzip = promisify(gunzip);

async function pack(value: unknown): Promise<string> {
  return (await zip(JSON.stringify(value), { level: 1 })).toString('base64');
}

async function unpack<T>(packed: string): Promise<T> {
  return JSON.parse((await unzip(Buffer.from(packed, 'base64'))).toString('utf8'));
}
