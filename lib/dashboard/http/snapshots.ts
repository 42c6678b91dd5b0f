import 'server-only';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { processWide } from '@/lib/process-wide';

/**
 * Answers as route handlers have made them, kept for as long as they would be made the same again. An answer that is asked for
 * anew is taken from here: by the route handler itself, and by the door in front of Next, which costs a fiftieth of that.
 */
export type Snapshot = {
  /** What the route handler says of it, but its age. */
  headers: [name: string, value: string][];
  etag: string;
  body: Buffer<ArrayBuffer>;
  /** null until it is compressed, which happens once; undefined where it is not worth it. */
  gzipped: Buffer<ArrayBuffer> | null | undefined;
  /** Of the oldest reading in it; null where it has none. */
  asOf: number | null;
  /** Made now, it would be the same. */
  isCurrent(): boolean;
  /** Makes it anew. @throws what stands between */
  remake(): Promise<Snapshot>;
  /** When somebody last asked for it. */
  askedAt: number;
};

/** Together they may not take more than this; the one that was asked for longest ago goes first. */
const MOST_BYTES = 96 * 1024 * 1024;
const MOST = 500;
/** Smaller ones gain nothing. */
const GZIP_FROM = 1024;

type Shelf = { byKey: Map<string, Snapshot>; making: Map<string, Promise<Snapshot>>; bytes: number };
const shelf = () => processWide<Shelf>('snapshots', () => ({ byKey: new Map(), making: new Map(), bytes: 0 }));

/** Path and query, as the request has them. */
export const addressOf = (url: string): string => {
  const { pathname, search } = new URL(url, 'http://localhost');
  return `${pathname}${search}`;
};

/** What an answer is kept under. */
export const keyOf = (address: string, params: Record<string, string>): string =>
  `${address} ${JSON.stringify(params)}`;

/** The key of the current answer at an address that has this tag. */
export function findKey(address: string, etag: string): string | undefined {
  for (const [key, snapshot] of shelf().byKey) {
    if (snapshot.etag === etag && key.startsWith(`${address} `)) return key;
  }
  return undefined;
}

/** One that is as good as new, or undefined. */
export function currentSnapshot(key: string): Snapshot | undefined {
  const { byKey } = shelf();
  const known = byKey.get(key);
  return known?.isCurrent() ? known : undefined;
}

/** The answer of this key: a current one, one that is being made, or a new one. */
export async function takeSnapshot(key: string, make: () => Promise<Snapshot>): Promise<Snapshot> {
  const { making } = shelf();
  const known = currentSnapshot(key);
  if (known) {
    known.askedAt = Date.now();
    return known;
  }
  const under = making.get(key) ?? makeOnce(key, make);
  return under;
}

function makeOnce(key: string, make: () => Promise<Snapshot>): Promise<Snapshot> {
  const { making } = shelf();
  const made = make()
    .then((snapshot) => {
      keep(key, snapshot);
      return snapshot;
    })
    .finally(() => making.delete(key));
  making.set(key, made);
  return made;
}

const sizeOf = ({ body, gzipped }: Snapshot) => body.length + (gzipped?.length ?? 0) + 1024;

function keep(key: string, snapshot: Snapshot): void {
  drop(key);
  const all = shelf();
  all.byKey.set(key, snapshot);
  all.bytes += sizeOf(snapshot);
  for (const oldest of all.byKey.keys()) {
    if (all.bytes <= MOST_BYTES && all.byKey.size <= MOST) break;
    if (oldest !== key) drop(oldest);
  }
}

function drop(key: string): void {
  const all = shelf();
  const known = all.byKey.get(key);
  if (!known) return;
  all.bytes -= sizeOf(known);
  all.byKey.delete(key);
}

const zip = promisify(gzip);

/** Compresses a body once, beside the event loop. */
export async function compress(snapshot: Snapshot): Promise<void> {
  if (snapshot.gzipped !== null) return;
  snapshot.gzipped = undefined;
  const gzipped = await zip(snapshot.body, { level: 6 });
  const all = shelf();
  snapshot.gzipped = gzipped;
  for (const known of all.byKey.values()) if (known === snapshot) all.bytes += gzipped.length;
}

export const isWorthCompressing = (body: Buffer): boolean => body.length >= GZIP_FROM;

/** So many answers are made anew after a refresh, before anybody asks: those that were asked for lately. */
const REMADE = 20;

/** @param since only those that were asked for since then; ms */
export async function remakeSnapshots(since: number): Promise<void> {
  const stale = [...shelf().byKey]
    .filter(([, snapshot]) => snapshot.askedAt >= since && !snapshot.isCurrent())
    .sort(([, a], [, b]) => b.askedAt - a.askedAt)
    .slice(0, REMADE);
  for (const [key, before] of stale) {
    try {
      const made = await takeSnapshot(key, before.remake);
      made.askedAt = before.askedAt;
      await compress(made);
    } catch {
      // Whoever asks next is told why.
    }
  }
}
