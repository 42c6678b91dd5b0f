import 'server-only';
import type { OutgoingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { processWide } from '@/lib/process-wide';
import type { RegionId } from '../process/region';
import { noteVisit } from '../process/visits';
import { chooseCoding } from './codings';
import { regionOfAddress } from './region-of-request';
import { type Reply, replyTo } from './reply';
import { currentSnapshot, type Header, keyOf, readyBody, type Snapshot } from './snapshots';

/**
 * Early answers: what a route handler has made, sent again before Next runs, with the same bytes and headers. What Next
 * and next.config.mjs add to an answer is learnt from one that passed through them, so an address has no early answer
 * until then.
 */

/** Headers that belong to one answer only, or to its transport. */
const NOT_LEARNT = new Set([
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'age',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'etag',
  'keep-alive',
  'transfer-encoding',
  'x-request-id',
]);

const MAX_ADDRESSES = 500;

/** What Next adds, by address. */
type LearntHeaders = LRUCache<string, Header[]>;
const learntHeaders = () => processWide('learnt-headers', (): LearntHeaders => new LRUCache({ max: MAX_ADDRESSES }));

/** Remembers what was added to an answer that passed through Next. */
export function learnHeaders(address: string, status: number, headers: OutgoingHttpHeaders): void {
  if (status !== 200 || 'set-cookie' in headers) return;
  const region = regionOfAddress(address);
  if (region === null) return;
  const key = keyOf(region, address);
  const snapshot = currentSnapshot(key);
  if (snapshot === undefined || !String(headers.etag).startsWith(snapshot.etag.slice(0, -1))) return;
  const own = new Set(snapshot.headers.map(([name]) => name));
  const added = Object.entries(headers).flatMap(([name, value]): Header[] =>
    value === undefined || NOT_LEARNT.has(name) || own.has(name) ? [] : [[name, String(value)]],
  );
  learntHeaders().set(key, added);
}

export type EarlyAnswer = { region: RegionId; snapshot: Snapshot; added: Header[] };

/** The early answer to a GET of this address; undefined if there is none. */
export function findEarly(address: string): EarlyAnswer | undefined {
  const region = regionOfAddress(address);
  if (region === null) return undefined;
  const key = keyOf(region, address);
  const added = learntHeaders().get(key);
  const snapshot = added && currentSnapshot(key);
  return snapshot && { region, snapshot, added };
}

/** The request headers that an answer depends on. */
export type AskedFor = { ifNoneMatch: string | null | undefined; acceptEncoding: string | null | undefined };

/**
 * Only for a visitor who may see the answer. null if the body still has to be compressed, or can't be sent as the client
 * wants it: then the route handler answers.
 *
 * @param now ms since the epoch
 */
export function replyEarly({ region, snapshot, added }: EarlyAnswer, asked: AskedFor, now: number): Reply | null {
  const coding = chooseCoding(asked.acceptEncoding, snapshot.body.length);
  const body = coding === null ? undefined : readyBody(snapshot, coding);
  if (coding === null || body === undefined) return null;
  noteVisit(region, now);
  snapshot.askedAt = now;
  const { headers, ...reply } = replyTo({ ifNoneMatch: asked.ifNoneMatch, coding, body }, snapshot, now);
  return { ...reply, headers: [...added, ...headers] };
}
