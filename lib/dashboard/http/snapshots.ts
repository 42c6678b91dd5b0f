import 'server-only';
import { LRUCache } from 'lru-cache';
import { processWide } from '@/lib/process-wide';
import { MIB } from '@/lib/units';
import type { RegionId } from '../process/region';
import { type Coding, encodeBody } from './codings';

export type Header = [name: string, value: string];

/**
 * Encoded answers, kept for as long as they would be encoded the same again. A repeated request is answered from here:
 * by the route handler, or in front of Next (early.ts) at a fiftieth of the cost.
 */
export type Snapshot = {
  /** The tag of the plain body. */
  etag: string;
  contentType: string;
  /** The headers that are the same for every request. */
  headers: Header[];
  body: Buffer<ArrayBuffer>;
  /** The compressed bodies that were asked for so far. */
  encoded: Map<Coding, Buffer<ArrayBuffer>>;
  /** Those that are being made. */
  encoding: Map<Coding, Promise<Buffer<ArrayBuffer>>>;
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

/** Includes room for the compressed bodies, which are at most about a quarter each. */
const sizeOf = ({ body }: Snapshot) => Math.ceil(1.5 * body.length) + OVERHEAD_BYTES;

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

/** The body in this coding, if it is there. */
export const readyBody = ({ body, encoded }: Snapshot, coding: Coding | 'identity'): Buffer<ArrayBuffer> | undefined =>
  coding === 'identity' ? body : encoded.get(coding);

/** The body in this coding. Each is made once. */
export async function bodyIn(snapshot: Snapshot, coding: Coding | 'identity'): Promise<Buffer<ArrayBuffer>> {
  if (coding === 'identity') return snapshot.body;
  const { encoded, encoding, body } = snapshot;
  const known = encoded.get(coding) ?? encoding.get(coding);
  if (known) return known;
  const making = encodeBody(body, coding).finally(() => encoding.delete(coding));
  encoding.set(coding, making);
  const made = await making;
  encoded.set(coding, made);
  return made;
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
      for (const coding of before.encoded.keys()) await bodyIn(made, coding);
    } catch {
      // The next visitor gets the error.
    }
  }
}
