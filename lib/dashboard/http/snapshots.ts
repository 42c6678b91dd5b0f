import 'server-only';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { processWide } from '@/lib/process-wide';
import { MIB } from '@/lib/units';
import type { RegionId } from '../process/region';

export type Header = [name: string, value: string];

/**
 * Encoded answers, kept for as long as they would be encoded the same again. A repeated request is answered from here:
 * by the route handler, or in front of Next (early.ts) at a fiftieth of the cost.
 */
export type Snapshot = {
  etag: string;
  contentType: string;
  /** The headers that are the same for every request. */
  headers: Header[];
  body: Buffer<ArrayBuffer>;
  /** null until compressed, which happens once; undefined if the body is too small for that. */
  gzipped: Buffer<ArrayBuffer> | null | undefined;
  /** When the oldest reading in it was taken; null without one. */
  asOf: number | null;
  /** Whether it would be made the same now. */
  isCurrent(): boolean;
  /** Makes it again. @throws whatever stops it from being made */
  remake(): Promise<Snapshot>;
  /** When it was last asked for. */
  askedAt: number;
};

const MAX_BYTES = 96 * MIB;
const MAX_SNAPSHOTS = 500;
const OVERHEAD_BYTES = 1024;
/** Smaller bodies gain nothing from compression. */
const GZIP_FROM = 1024;

/** Includes room for the compressed body, which is at most about a quarter. */
const sizeOf = ({ body }: Snapshot) => Math.ceil(1.25 * body.length) + OVERHEAD_BYTES;

const kept = () =>
  processWide(
    'snapshots',
    () => new LRUCache<string, Snapshot>({ max: MAX_SNAPSHOTS, maxSize: MAX_BYTES, sizeCalculation: sizeOf }),
  );
const inProgress = () => processWide('snapshots-in-progress', () => new Map<string, Promise<Snapshot>>());

/** @param address path and query as in the request */
export const keyOf = (region: RegionId, address: string): string => `${region} ${address}`;

export function currentSnapshot(key: string): Snapshot | undefined {
  const known = kept().get(key);
  return known?.isCurrent() ? known : undefined;
}

/** The current answer for this key, one that is being made, or a new one. @throws whatever `make` throws */
export async function takeSnapshot(key: string, make: () => Promise<Snapshot>): Promise<Snapshot> {
  const known = currentSnapshot(key);
  if (!known) return inProgress().get(key) ?? makeOnce(key, make);
  known.askedAt = Date.now();
  return known;
}

function makeOnce(key: string, make: () => Promise<Snapshot>): Promise<Snapshot> {
  const made = make()
    .then((snapshot) => {
      // An answer that is made from more than kept readings is never current.
      if (snapshot.isCurrent()) kept().set(key, snapshot);
      return snapshot;
    })
    .finally(() => inProgress().delete(key));
  inProgress().set(key, made);
  return made;
}

export const isWorthCompressing = (body: Buffer): boolean => body.length >= GZIP_FROM;

const zip = promisify(gzip);

/** Compresses the body once, outside the event loop. */
export async function compress(snapshot: Snapshot): Promise<void> {
  if (snapshot.gzipped !== null) return;
  snapshot.gzipped = undefined;
  snapshot.gzipped = await zip(snapshot.body, { level: 6 });
}

/** After a refresh, up to this many of the most recently requested answers are made again. */
const MAX_REMADE = 20;

/** @param since only answers that were asked for since then; ms */
export async function remakeSnapshots(since: number): Promise<void> {
  const stale = [...kept().entries()]
    .filter(([, snapshot]) => snapshot.askedAt >= since && !snapshot.isCurrent())
    .sort(([, a], [, b]) => b.askedAt - a.askedAt)
    .slice(0, MAX_REMADE);
  for (const [key, before] of stale) {
    try {
      const made = await takeSnapshot(key, before.remake);
      made.askedAt = before.askedAt;
      await compress(made);
    } catch {
      // The next visitor gets the error.
    }
  }
}
