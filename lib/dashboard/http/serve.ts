import 'server-only';
import { createHash } from 'node:crypto';
import { BASE_PATH, ownPath, withBase } from '@/lib/base-path';
import { deprecationHeaders, presentPath } from '@/lib/contract/moved';
import { asServer, asVisitor, identify, isOpenToAll, NotAllowed } from '../access/visitors';
import { retryFailing } from '../collect/readings';
import { withDeadline } from '../process/deadline';
import type { RegionId } from '../process/region';
import type { Quality } from '../views/quality';
import { type Coding, chooseCoding, encodeBody } from './codings';
import { acceptedEncoding, throughNext } from './own-framing';
import { RequestError, refuse } from './problems';
import { regionIn } from './region-of-request';
import { replyTo } from './reply';
import { asksForRetry, RETRY_HEADER } from './retry';
import { bodyIn, type Header, keyOf, type Snapshot, takeSnapshot } from './snapshots';

/** What an endpoint answers. */
export type Answer = {
  /** The text, in pieces. */
  body: Iterable<string> | AsyncIterable<string>;
  contentType?: string;
  headers?: Header[];
  quality?: Quality;
  /** How many items there are in total, if the answer has only some of them. */
  total?: number;
  /**
   * Whether the answer would be the same now. Only for answers made from kept readings alone; such an answer is kept
   * too.
   */
  isCurrent?: () => boolean;
};

/** Answers visitors with access. Every failure becomes a problem document that shows nothing internal. */
export async function serveVisitor(request: Request, make: () => Promise<Response> | Response): Promise<Response> {
  try {
    const visitor = await identify(request.headers);
    if (visitor === null) throw new NotAllowed();
    if (asksForRetry(request.headers.get(RETRY_HEADER))) await retryFailing(regionIn(request));
    const response = await asVisitor(visitor, () => withDeadline(make));
    if (!isOpenToAll()) response.headers.set('cache-control', keeping());
    return response;
  } catch (error) {
    return refuse(error);
  }
}

/** What somebody signs in for stays in no cache, where others could find it afterwards. */
const keeping = (): string => (isOpenToAll() ? 'no-cache' : 'private, no-store');

/** Answers with what `make` returns, which is kept for as long as it stays current. */
export function serve(request: Request, make: (region: RegionId) => Promise<Answer>): Promise<Response> {
  return serveVisitor(request, async () => {
    const region = regionIn(request);
    const produce = async (): Promise<Snapshot> => toSnapshot(await make(region), remake);
    // A kept answer is made for later visitors, whose access is checked when they ask for it.
    const remake = () => asServer(produce);
    return respond(request, await takeSnapshot(keyOf(region, addressOf(request)), produce));
  });
}

/** Answers with a document that is made from code only, once, such as the description of the API. */
export function serveDocument(request: Request, make: () => unknown): Promise<Response> {
  return serveVisitor(request, async () => {
    const pathname = ownPath(new URL(request.url).pathname);
    const produce = (): Promise<Snapshot> =>
      toSnapshot({ body: [JSON.stringify(make())], isCurrent: () => true }, produce);
    return respond(request, await takeSnapshot(keyOf(regionIn(request), pathname), produce));
  });
}

export const NO_ENDPOINT = 'No endpoint has this path; /api/ lists them all.';

/** For paths below /api/ that no endpoint has: redirects those that have moved, with their query. */
export function serveUnknownPath(request: Request): Promise<Response> {
  return serveVisitor(request, () => {
    const { pathname, search } = new URL(request.url);
    const location = presentPath(ownPath(pathname));
    if (location === null) throw new RequestError('unknown-endpoint', NO_ENDPOINT);
    // Relative, so that the Host header cannot influence it.
    const headers: Header[] = [['location', withBase(`${location}${search}`)], ...deprecationHeaders(BASE_PATH)];
    return new Response(null, { status: 308, headers });
  });
}

function addressOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return `${ownPath(pathname)}${search}`;
}

async function toSnapshot(answer: Answer, remake: () => Promise<Snapshot>): Promise<Snapshot> {
  const { contentType = 'application/json', quality, total, isCurrent = () => false } = answer;
  const hash = createHash('sha256');
  const parts: Buffer[] = [];
  for await (const piece of answer.body) {
    const part = Buffer.from(piece);
    hash.update(part);
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const etag = `"${hash.digest('base64url').slice(0, 22)}"`;
  const headers: Header[] = [['cache-control', keeping()], ...(answer.headers ?? [])];
  if (quality) headers.push(['x-data-state', quality.state]);
  if (quality && quality.unknown.length > 0) headers.push(['x-data-unknown', quality.unknown.join(' ')]);
  if (total !== undefined) headers.push(['x-total-count', String(total)]);
  return {
    headers,
    contentType,
    etag,
    body,
    encoded: new Map(),
    encoding: new Map(),
    asOf: quality?.asOf ?? null,
    isCurrent,
    remake,
    askedAt: Date.now(),
  };
}

/** An answer that is never the same twice. */
export async function respondOnce(
  request: Request,
  { body, headers }: { body: string; headers: Header[] },
): Promise<Response> {
  const plain = Buffer.from(body);
  const coding = codingFor(request, plain);
  const sent = coding === 'identity' ? plain : await encodeBody(plain, coding);
  const framing: Header[] = [['content-length', String(sent.length)]];
  if (coding !== 'identity') framing.push(['content-encoding', coding]);
  return new Response(sent, { headers: [...headers, ...throughNext(framing), ['vary', 'Accept-Encoding']] });
}

/** @throws RequestError if the client accepts none */
function codingFor(request: Request, body: Buffer): Coding | 'identity' {
  const coding = chooseCoding(acceptedEncoding(request), body.length);
  if (coding === null) throw new RequestError('not-acceptable', 'Accept-Encoding must allow br, gzip or identity.');
  return coding;
}

async function respond(request: Request, snapshot: Snapshot): Promise<Response> {
  const coding = codingFor(request, snapshot.body);
  const asked = {
    ifNoneMatch: request.headers.get('if-none-match'),
    coding,
    body: await bodyIn(snapshot, coding),
  };
  const { status, headers, body } = replyTo(asked, snapshot, Date.now());
  return new Response(body, { status, headers: [...throughNext(headers), ['vary', 'Accept-Encoding']] });
}
