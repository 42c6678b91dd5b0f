import 'server-only';
import { SECOND_MS } from '@/lib/units';
import { CODINGS, type Coding, codedTag } from './codings';
import type { Header, Snapshot } from './snapshots';

/** What an answer depends on: what the client has, and the coding that it gets, with the body in it. */
export type Asked = {
  ifNoneMatch: string | null | undefined;
  coding: Coding | 'identity';
  body: Buffer<ArrayBuffer>;
};

export type Reply = { status: 200 | 304; headers: Header[]; body: Buffer<ArrayBuffer> | null };

/** What is the same for every request. */
type Known = Pick<Snapshot, 'etag' | 'asOf' | 'contentType' | 'headers'>;

/**
 * How a snapshot answers a request: the rules of Age, ETag, 304 and length, for route handlers, early answers and
 * files.
 *
 * @param now ms since the epoch
 */
export function replyTo({ ifNoneMatch, coding, body }: Asked, known: Known, now: number): Reply {
  const { etag, asOf, contentType } = known;
  const headers: Header[] = [['etag', codedTag(etag, coding)], ...known.headers];
  if (asOf !== null) headers.push(['age', String(Math.max(0, Math.floor((now - asOf) / SECOND_MS)))]);
  if (isSeen(ifNoneMatch, etag)) return { status: 304, headers, body: null };
  headers.push(['content-type', contentType], ['content-length', String(body.length)]);
  if (coding !== 'identity') headers.push(['content-encoding', coding]);
  return { status: 200, headers, body };
}

/** If-None-Match compares weakly, so `W/` is ignored, and any coding of the same content will do. */
function isSeen(given: string | null | undefined, etag: string): boolean {
  if (!given) return false;
  if (given === etag) return true;
  const tags = new Set(['*', etag, ...CODINGS.map((coding) => codedTag(etag, coding))]);
  return given.split(',').some((tag) => tags.has(tag.trim().replace(/^W\//, '')));
}
