import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { compress, currentSnapshot, findKey, type Snapshot } from '@/lib/dashboard/http/snapshots';
import { log } from '@/lib/dashboard/process/log';
import { ownMetrics } from '@/lib/dashboard/process/own-metrics';
import { requestIdOf } from '@/lib/dashboard/process/request-context';
import { noteVisit } from '@/lib/dashboard/process/visits';
import { processWide } from '@/lib/process-wide';

/**
 * Answers before Next does, from what a route handler has made: the same bytes and the same headers, at a fiftieth of the
 * cost. What Next and next.config.mjs add to an answer is learnt from one that went through them; an address of which none
 * did has no early answer. Who may not look gets none either, and is told so by the route.
 */

/** Headers that belong to one answer and not to all, or say how it is sent. */
const OWN = new Set([
  'age',
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'x-request-id',
]);

type Learnt = { key: string; extra: string[]; of: Snapshot | null; whole: string[]; bare: string[] };
const MOST = 500;
const learntOnce = () => processWide('early-headers', () => new Map<string, Learnt>());

/** Remembers what was added to an answer that went through Next. */
export function learn(address: string, status: number, headers: OutgoingHttpHeaders): void {
  if (status !== 200 || 'set-cookie' in headers) return;
  const key = findKey(address, String(headers.etag));
  const snapshot = key === undefined ? undefined : currentSnapshot(key);
  if (key === undefined || snapshot === undefined) return;
  // Next adds to `vary`, so that the whole of it is learnt.
  const own = new Set(snapshot.headers.map(([name]) => name).filter((name) => name !== 'vary'));
  const extra = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || OWN.has(name) || own.has(name) ? [] : [name, String(value)],
  );
  const learnt = learntOnce();
  if (learnt.size >= MOST) learnt.clear();
  learnt.set(address, { key, extra, of: null, whole: [], bare: [] });
  void compress(snapshot);
}

/** Whether there is an early answer, for who may see it. */
export function mayBeEarly({ method, url = '' }: IncomingMessage): boolean {
  const learnt = method === 'GET' ? learntOnce().get(url) : undefined;
  return learnt !== undefined && currentSnapshot(learnt.key) !== undefined;
}

/** Whether it has answered; else the request has to go on. To be called only for who may see the answer. */
export function answerEarly(request: IncomingMessage, response: ServerResponse): boolean {
  const { url = '', method } = request;
  if (method !== 'GET') return false;
  const learnt = learntOnce().get(url);
  if (learnt === undefined) return false;
  const snapshot = currentSnapshot(learnt.key);
  if (snapshot === undefined) return false;
  count(send(request, response, snapshot, learnt), url);
  return true;
}

function send(request: IncomingMessage, response: ServerResponse, snapshot: Snapshot, learnt: Learnt): number {
  const { headers: asked } = request;
  const now = Date.now();
  noteVisit(now);
  snapshot.askedAt = now;
  if (learnt.of !== snapshot) prepare(learnt, snapshot);
  const isKnown = isSeen(asked, snapshot.etag);
  const headers = isKnown ? learnt.bare.slice() : learnt.whole.slice();
  const id = asked['x-request-id'];
  headers.push('X-Request-Id', requestIdOf(Array.isArray(id) ? id[0] : id));
  if (snapshot.asOf !== null) headers.push('age', String(Math.max(0, Math.floor((now - snapshot.asOf) / 1000))));
  if (isKnown) {
    response.writeHead(304, headers).end();
    return 304;
  }
  const zipped = snapshot.gzipped && takesGzip(asked) ? snapshot.gzipped : null;
  if (zipped) headers.push('content-encoding', 'gzip');
  const body = zipped ?? snapshot.body;
  headers.push('content-length', String(body.length));
  response.writeHead(200, headers).end(body);
  return 200;
}

/** Counted at once for many: a counter costs a quarter of such an answer. */
const counted = new Map<number, number>();
const COUNT_MS = 1_000;

function count(status: number, path: string): void {
  if (counted.size === 0) setTimeout(tellCounts, COUNT_MS).unref();
  counted.set(status, (counted.get(status) ?? 0) + 1);
  if (log().isLevelEnabled('debug')) log().debug({ path, status, early: true }, 'request');
}

function tellCounts(): void {
  for (const [status, number] of counted) ownMetrics().requests.inc({ kind: 'api', status: String(status) }, number);
  counted.clear();
}

function prepare(learnt: Learnt, snapshot: Snapshot): void {
  learnt.of = snapshot;
  const own = snapshot.headers.filter(([name]) => name !== 'vary');
  learnt.whole = [...learnt.extra, ...own.flat()];
  learnt.bare = [...learnt.extra, ...own.filter(([name]) => name !== 'content-type').flat()];
}

/** The same rule as the route's. */
function isSeen({ 'if-none-match': given }: IncomingHttpHeaders, etag: string): boolean {
  if (given === undefined) return false;
  if (given === etag) return true;
  return given.split(',').some((tag) => {
    const plain = tag.trim().replace(/^W\//, '');
    return plain === etag || plain === '*';
  });
}

function takesGzip({ 'accept-encoding': accepted }: IncomingHttpHeaders): boolean {
  if (typeof accepted !== 'string') return false;
  const part = /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=([\d.]+))?\s*(?:,|$)/i.exec(accepted);
  return part !== null && Number(part[1] ?? 1) > 0;
}
