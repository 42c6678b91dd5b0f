import 'server-only';
import { pause } from '../process/waiting';
import type { SharedStore } from './shared-store';

/** One collection for all processes that share a store. If the store does not answer, each collects for itself. */

export type Good<T> = { at: number; value: T };

export type SharedFill<T> = {
  key: string;
  ttlMs: number;
  /** How long a value is kept in the store. */
  keepMs: number;
  /** The last value of this process. */
  ours: Good<T> | undefined;
  /** Values that another process read before this time are not taken over; ms. */
  notBefore: number;
  clock: () => number;
  load: (previous: Good<T> | undefined) => Promise<T>;
};

/** The collecting process renews its lease; this long after it died, another one takes over. */
const LEASE_MS = 15_000;
const POLL_MS = 250;
/** A value is taken over while its age is below this share of its TTL, so that it need not be read again soon. */
const YOUNG = 0.75;

export async function fillShared<T>(store: SharedStore, fill: SharedFill<T>): Promise<Good<T>> {
  const { key, keepMs, clock, load } = fill;
  const found = await findOrLease(store, fill).catch(() => null);
  if (found !== null && 'good' in found) return found.good;
  const at = clock();
  try {
    const good = { at, value: await load(found?.previous) };
    if (found) await store.put(key, good, keepMs).catch(() => {});
    return good;
  } finally {
    await found?.lease.release();
  }
}

type Lease = NonNullable<Awaited<ReturnType<SharedStore['lease']>>>;

/** A value that another process has read, or a lease to read one, with the newest value to continue from. */
async function findOrLease<T>(
  store: SharedStore,
  { key, ttlMs, ours, notBefore, clock }: SharedFill<T>,
): Promise<{ good: Good<T> } | { lease: Lease; previous: Good<T> | undefined }> {
  let newest = ours;
  const look = async (): Promise<Good<T> | undefined> => {
    const theirs = await store.newest(key, newest?.at ?? Number.NEGATIVE_INFINITY);
    // The key names the reading, and the version in it its type.
    if (theirs) newest = theirs as Good<T>;
    const isGood = newest && newest !== ours && clock() - newest.at < YOUNG * ttlMs && newest.at >= notBefore;
    return isGood ? newest : undefined;
  };
  for (;;) {
    const found = await look();
    if (found) return { good: found };
    const lease = await store.lease(key, LEASE_MS);
    if (lease) {
      // One may have arrived between the look and the lease.
      const late = await look();
      if (late) {
        await lease.release();
        return { good: late };
      }
      return { lease, previous: newest };
    }
    await pause(POLL_MS);
  }
}
