import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { asServer, asVisitor, identify, NotAllowed } from '../access/visitors';
import { withDeadline } from '../process/deadline';
import type { RegionId } from '../process/region';
import type { Quality } from '../views/quality';
import { encodePieces, type Streamed } from './encode';
import { RequestError, refuse } from './problems';
import { replyTo } from './reply';
import { type Header, isWorthCompressing, keyOf, type Snapshot, takeSnapshot } from './snapshots';

/** What an endpoint answers, before encoding. */
export type Answer<S extends z.ZodType> = {
  schema: S;
  view: Streamed<z.output<S>>;
  quality?: Quality;
  /** How many items there are in total, if the answer has only some of them. */
  total?: number;
  /** Whether the answer would be the same now. Only for answers made from kept readings alone; such an answer is kept too. */
  isCurrent?: () => boolean;
};

/** Answers visitors with access. Every failure becomes a problem document that shows nothing internal. */
export async function serveVisitor(request: Request, make: () => Promise<Response> | Response): Promise<Response> {
  try {
    const visitor = await identify(request.headers);
    if (visitor === null) throw new NotAllowed();
    return await asVisitor(visitor, () => withDeadline(make));
  } catch (error) {
    return refuse(error);
  }
}

/** Answers with what `make` returns, encoded by its contract and kept for as long as it stays current. */
export function serve<S extends z.ZodType>(
  request: Request,
  region: RegionId,
  make: () => Promise<Answer<S>>,
): Promise<Response> {
  const produce = async (): Promise<Snapshot> => toSnapshot(await make(), remake);
  // A kept answer is made for later visitors, whose access is checked when they ask for it.
  const remake = () => asServer(produce);
  return serveVisitor(request, async () =>
    respond(request, await takeSnapshot(keyOf(region, addressOf(request)), produce)),
  );
}

/** Answers with a document that is made from code only, such as the description of the API. */
export function serveDocument(request: Request, document: unknown): Promise<Response> {
  return serveVisitor(request, async () => {
    const produce = (): Promise<Snapshot> => toSnapshot({ schema: z.unknown(), view: document }, produce);
    return respond(request, await produce());
  });
}

/** For addresses below /api/ that no endpoint has. */
export function refuseUnknownPath(request: Request): Promise<Response> {
  return serveVisitor(request, () => {
    throw new RequestError(404, 'There is no such endpoint; /api/openapi.json lists them all.');
  });
}

function addressOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return `${pathname}${search}`;
}

async function toSnapshot<S extends z.ZodType>(answer: Answer<S>, remake: () => Promise<Snapshot>): Promise<Snapshot> {
  const { quality, total, isCurrent = () => false } = answer;
  const hash = createHash('sha256');
  const parts: Buffer[] = [];
  for await (const piece of encodePieces(answer.schema, answer.view)) {
    const part = Buffer.from(piece);
    hash.update(part);
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const etag = `"${hash.digest('base64url').slice(0, 22)}"`;
  const headers: Header[] = [
    ['etag', etag],
    ['cache-control', 'no-cache'],
  ];
  if (quality) headers.push(['x-data-state', quality.state]);
  if (quality && quality.unknown.length > 0) headers.push(['x-data-unknown', quality.unknown.join(' ')]);
  if (total !== undefined) headers.push(['x-total-count', String(total)]);
  return {
    headers,
    etag,
    body,
    gzipped: isWorthCompressing(body) ? null : undefined,
    asOf: quality?.asOf ?? null,
    isCurrent,
    remake,
    askedAt: Date.now(),
  };
}

function respond(request: Request, snapshot: Snapshot): Response {
  const asked = {
    ifNoneMatch: request.headers.get('if-none-match'),
    acceptEncoding: request.headers.get('accept-encoding'),
  };
  const { status, headers, body } = replyTo(asked, snapshot, Date.now());
  // Next extends this header; early answers repeat the extended one, so it is not part of the reply.
  return new Response(body, { status, headers: [...headers, ['vary', 'Accept-Encoding']] });
}
