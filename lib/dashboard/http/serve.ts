import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { asServer, asVisitor, identify, NotAllowed } from '../access/gate';
import { withDeadline } from '../process/deadline';
import type { Quality } from '../views/quality';
import { encodePieces } from './encode';
import { RequestError, refuse } from './problems';
import { addressOf, isWorthCompressing, keyOf, type Snapshot, takeSnapshot } from './snapshots';

/** What is answered: data that its contract encodes, or its text in pieces where that is much. */
export type Content<S extends z.ZodType> = { view: z.output<S> } | { pieces: AsyncIterable<string> };

export type Answer<S extends z.ZodType> = Content<S> & {
  schema: S;
  quality?: Quality;
  /** How many there are in all, where the answer holds only some. */
  total?: number;
  /** Made of nothing but readings that are kept: whether it would be the same now. Such an answer is kept, too. */
  isCurrent?: () => boolean;
};

/** Answers whoever may look, and turns every failure into a problem document that shows nothing internal. */
export async function serveVisitor(request: Request, make: () => Promise<Response> | Response): Promise<Response> {
  try {
    const visitor = await identify(request.headers);
    if (visitor === null) throw new NotAllowed();
    return await asVisitor(visitor, () => withDeadline(make));
  } catch (error) {
    return refuse(error);
  }
}

/** Encodes an answer with its contract, once for as long as it stays the same. */
export function serve<S extends z.ZodType>(
  request: Request,
  params: Record<string, string>,
  make: () => Promise<Answer<S>>,
): Promise<Response> {
  const produce = async (): Promise<Snapshot> => toSnapshot(await make(), remake);
  // For whoever may see it later: each of them is asked.
  const remake = () => asServer(produce);
  return serveVisitor(request, async () =>
    reply(request, await takeSnapshot(keyOf(addressOf(request.url), params), produce)),
  );
}

/** A document that is made of nothing but code, such as the description of the API. */
export function serveDocument(request: Request, document: unknown): Promise<Response> {
  return serveVisitor(request, async () => {
    const content = { schema: z.unknown(), view: document };
    const produce = (): Promise<Snapshot> => toSnapshot(content, produce);
    return reply(request, await produce());
  });
}

async function toSnapshot<S extends z.ZodType>(answer: Answer<S>, remake: () => Promise<Snapshot>): Promise<Snapshot> {
  const { quality, total, isCurrent = () => false } = answer;
  const hash = createHash('sha256');
  const parts: Buffer[] = [];
  const pieces = 'pieces' in answer ? answer.pieces : encodePieces(answer.schema, answer.view);
  for await (const piece of pieces) {
    const part = Buffer.from(piece);
    hash.update(part);
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const etag = `"${hash.digest('base64url').slice(0, 22)}"`;
  const headers: Snapshot['headers'] = [
    ['etag', etag],
    ['cache-control', 'no-cache'],
    ['content-type', 'application/json'],
    // Compressed answers come from the door in front of Next.
    ['vary', 'Accept-Encoding'],
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

/** For addresses below /api/ that no endpoint has. */
export function refuseUnknownPath(request: Request): Promise<Response> {
  return serveVisitor(request, () => {
    throw new RequestError(404, 'There is no such endpoint; /api/openapi.json lists them.');
  });
}

function reply(request: Request, { headers: told, etag, asOf, body }: Snapshot): Response {
  const headers = new Headers(told);
  if (asOf !== null) headers.set('age', String(Math.max(0, Math.floor((Date.now() - asOf) / 1000))));
  const seen =
    request.headers
      .get('if-none-match')
      ?.split(',')
      .map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  if (!seen.includes(etag) && !seen.includes('*')) return new Response(body, { headers });
  headers.delete('content-type');
  return new Response(null, { status: 304, headers });
}
