import 'server-only';
import type { z } from 'zod';
import { type Problem, problemSchema } from '@/lib/contract/problem';
import { EnvError } from '@/lib/env';
import { publicMessage, SOURCE_NAMES, SourceError } from '@/lib/errors';
import { NotAllowed } from '../access/visitors';
import { describeError, log } from '../process/log';

/** Wrong requests, and failures as problem documents (RFC 9457), none of which shows anything internal. */

/** A request that is wrong in itself. */
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

/**
 * The query of a request. An endpoint without parameters ignores them all: proxies and monitors add their own.
 *
 * @throws RequestError naming the wrong parameter
 */
export function checkQuery<Q extends z.ZodObject>(schema: Q, request: Request): z.output<Q> {
  const given = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const parameter = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.map(String).join('.');
  throw new RequestError(400, `The query parameter ${parameter} is invalid: ${issue?.message}.`, parameter);
}

const RETRY_AFTER_SECONDS = 10;

/** The problem document for any thrown value; a bug is logged and answered as 500. */
export function refuse(error: unknown): Response {
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
