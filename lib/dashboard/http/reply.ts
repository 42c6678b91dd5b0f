import 'server-only';
import { SECOND_MS } from '@/lib/units';
import type { Header, Snapshot } from './snapshots';

/** The request headers that an answer depends on. */
export type Asked = { ifNoneMatch: string | null | undefined; acceptEncoding: string | null | undefined };

export type Reply = { status: 200 | 304; headers: Header[]; body: Buffer<ArrayBuffer> | null };

/**
 * How a snapshot answers a request: the rules of Age, ETag, 304 and encoding, for route handlers and for early answers.
 *
 * @param now ms since the epoch
 */
export function replyTo(asked: Asked, { etag, asOf, body, gzipped, ...snapshot }: Snapshot, now: number): Reply {
  const headers = snapshot.headers.slice();
  if (asOf !== null) headers.push(['age', String(Math.max(0, Math.floor((now - asOf) / SECOND_MS)))]);
  if (isSeen(asked.ifNoneMatch, etag)) return { status: 304, headers, body: null };
  headers.push(['content-type', snapshot.contentType]);
  if (!gzipped || !acceptsGzip(asked.acceptEncoding)) return { status: 200, headers, body };
  headers.push(['content-encoding', 'gzip']);
  return { status: 200, headers, body: gzipped };
}

/** If-None-Match compares weakly, so `W/` is ignored. */
function isSeen(given: string | null | undefined, etag: string): boolean {
  if (!given) return false;
  if (given === etag) return true;
  return given.split(',').some((tag) => {
    const plain = tag.trim().replace(/^W\//, '');
    return plain === etag || plain === '*';
  });
}

function acceptsGzip(accepted: string | null | undefined): boolean {
  const part = accepted && /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=([\d.]+))?\s*(?:,|$)/i.exec(accepted);
  return part ? Number(part[1] ?? 1) > 0 : false;
}
