import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Problem, problemSchema } from '@/lib/contract/problem';
import { EnvError } from '@/lib/env';
import { publicMessage, SOURCE_NAMES, SourceError } from '@/lib/errors';
import { withDeadline } from './deadline';
import { asVisitor, identify, NotAllowed } from './gate';
import { describeError, log } from './log';
import type { Moment } from './moment';

/** What an answer says of the data behind it, in headers. */
export type Quality = { state: 'fresh' | 'stale' | 'partial'; asOf: number | null; unknown: string[] };

export type Answer<S extends z.ZodType> = {
  schema: S;
  view: z.output<S>;
  quality?: Quality;
  /** How many there are in all, where the answer holds only some. */
  total?: number;
};

/** A request that can't be answered as it was asked. */
export class RequestError extends Error {
  readonly status: 400 | 404;
  readonly parameter: string | undefined;

  constructor(status: 400 | 404, message: string, parameter?: string) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.parameter = parameter;
  }
}

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

/** Encodes an answer with its contract. */
export function serve<S extends z.ZodType>(request: Request, make: () => Promise<Answer<S>>): Promise<Response> {
  return serveVisitor(request, async () => {
    const { schema, view, quality, total } = await make();
    return reply(request, JSON.stringify(z.encode(schema, view)), quality, total);
  });
}

/** A document that is made of nothing but code, such as the description of the API. */
export function serveDocument(request: Request, document: unknown): Promise<Response> {
  return serveVisitor(request, () => reply(request, JSON.stringify(document), undefined, undefined));
}

/** For addresses below /api/ that no endpoint has. */
export function refuseUnknownPath(request: Request): Promise<Response> {
  return serveVisitor(request, () => {
    throw new RequestError(404, 'There is no such endpoint; /api/openapi.json lists them.');
  });
}

function reply(request: Request, body: string, quality: Quality | undefined, total: number | undefined): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = new Headers({ etag, 'cache-control': 'no-cache' });
  if (quality) {
    headers.set('x-data-state', quality.state);
    if (quality.asOf !== null) headers.set('age', String(Math.max(0, Math.floor((Date.now() - quality.asOf) / 1000))));
    if (quality.unknown.length > 0) headers.set('x-data-unknown', quality.unknown.join(' '));
  }
  if (total !== undefined) headers.set('x-total-count', String(total));
  const seen =
    request.headers
      .get('if-none-match')
      ?.split(',')
      .map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  if (seen.includes(etag) || seen.includes('*')) return new Response(null, { status: 304, headers });
  headers.set('content-type', 'application/json');
  return new Response(body, { headers });
}

const RETRY_AFTER_SECONDS = 10;

function refuse(error: unknown): Response {
  if (error instanceof RequestError) {
    return problem({
      type: 'about:blank',
      title: error.status === 404 ? 'Not found' : 'Bad request',
      status: error.status,
      detail: error.message,
      ...(error.parameter === undefined ? {} : { parameter: error.parameter }),
    });
  }
  if (error instanceof NotAllowed) {
    return problem({
      type: 'about:blank',
      title: 'Not signed in',
      status: 401,
      detail: 'Sign in on the page, or send a token: Authorization: Bearer …',
    });
  }
  if (error instanceof SourceError) {
    const name = SOURCE_NAMES[error.source];
    return problem({
      type: 'about:blank',
      title: `${name} has no data to show`,
      status: 503,
      detail: error.message,
      source: name,
    });
  }
  if (error instanceof EnvError) {
    return problem({ type: 'about:blank', title: 'Wrong settings', status: 503, detail: error.problems.join('; ') });
  }
  log().error(describeError(error), 'internal error');
  return problem({ type: 'about:blank', title: 'Internal error', status: 500, detail: publicMessage(error) });
}

function problem(body: Problem): Response {
  return new Response(JSON.stringify(problemSchema.parse(body)), {
    status: body.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(body.status === 401 ? { 'www-authenticate': 'Bearer realm="Watcher Visio"' } : {}),
      ...(body.status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}),
    },
  });
}

/**
 * How good the data of an answer is: `partial` where a number stands for something unknown, else `stale` where a reading
 * is older than its time. The age is that of the oldest reading in it.
 */
export function qualityOf(moment: Moment, unknown: string[]): Quality {
  const taken = [moment.inventory, moment.allocations, moment.load, moment.optimizer, moment.planLoad].filter(
    (reading) => reading !== null,
  );
  const times = taken.map(({ at }) => at).filter((at) => at !== null);
  const missing = taken.some(({ state }) => state === 'missing' || state === 'partial');
  const stale = taken.some(({ state }) => state === 'stale');
  return {
    state: unknown.length > 0 || missing ? 'partial' : stale ? 'stale' : 'fresh',
    asOf: times.length === 0 ? null : Math.min(...times),
    unknown,
  };
}
