import 'server-only';
import type { OutgoingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { processWide } from '@/lib/process-wide';
import { regionOfRequest } from '../process/region';
import { noteVisit } from '../process/visits';
import { type Asked, type Reply, replyTo } from './reply';
import { compress, currentSnapshot, type Header, keyOf, type Snapshot } from './snapshots';

/**
 * Early answers: what a route handler has made, sent again before Next runs, with the same bytes and headers. What Next
 * and next.config.mjs add to an answer is learnt from one that passed through them, so an address has no early answer
 * until then.
 */

/** Headers that belong to one answer only, or to its transport. */
const NOT_LEARNT = new Set([
  'age',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'transfer-encoding',
  'x-request-id',
]);

const MAX_ADDRESSES = 500;

/** What Next adds, by address. */
type LearntHeaders = LRUCache<string, Header[]>;
const learntHeaders = () => processWide('learnt-headers', (): LearntHeaders => new LRUCache({ max: MAX_ADDRESSES }));

/** Remembers what was added to an answer that passed through Next, and compresses it for the next request. */
export function learnHeaders(address: string, status: number, headers: OutgoingHttpHeaders): void {
  if (status !== 200 || 'set-cookie' in headers) return;
  const key = keyOf(regionOfRequest(), address);
  const snapshot = currentSnapshot(key);
  if (snapshot === undefined || snapshot.etag !== headers.etag) return;
  const own = new Set(snapshot.headers.map(([name]) => name));
  const added = Object.entries(headers).flatMap(([name, value]): Header[] =>
    value === undefined || NOT_LEARNT.has(name) || own.has(name) ? [] : [[name, String(value)]],
  );
  learntHeaders().set(key, added);
  void compress(snapshot);
}

export type EarlyAnswer = { snapshot: Snapshot; added: Header[] };

/** The early answer to a GET of this address; undefined if there is none. */
export function findEarly(address: string): EarlyAnswer | undefined {
  const key = keyOf(regionOfRequest(), address);
  const added = learntHeaders().get(key);
  const snapshot = added && currentSnapshot(key);
  return snapshot && { snapshot, added };
}

/** Only for a visitor who may see the answer. @param now ms since the epoch */
export function replyEarly({ snapshot, added }: EarlyAnswer, asked: Asked, now: number): Reply {
  noteVisit(regionOfRequest(), now);
  snapshot.askedAt = now;
  const { headers, ...reply } = replyTo(asked, snapshot, now);
  return { ...reply, headers: [...added, ...headers] };
}
