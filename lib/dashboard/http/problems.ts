import 'server-only';
import { TooManyAttempts } from '@/lib/auth/token-holders';
import { withBase } from '@/lib/base-path';
import { PROBLEMS, type Problem, type ProblemName, problemSchema, problemType } from '@/lib/contract/problem';
import type { Refusal } from '@/lib/contract/v1/acts';
import { VariantError } from '@/lib/domain/review/variant';
import { EnvError } from '@/lib/env';
import { publicMessage, SOURCE_NAMES, SourceError } from '@/lib/errors';
import { SECOND_MS } from '@/lib/units';
import { NotAllowed } from '../access/visitors';
import { ActRefused, KeyReused, NoJournal } from '../acts/act';
import { describeError, log } from '../process/log';
import { currentRequestId } from '../process/request-context';
import { ActError } from './act-problems';
import { throughNext } from './own-framing';

/** Wrong requests, and failures as problem documents (RFC 9457), none of which shows anything internal. */

/** Problems that the request itself causes. */
type RequestProblem = 'malformed-address' | 'invalid-parameter' | 'unknown-endpoint' | 'not-found' | 'not-acceptable';

/** A request that is wrong in itself. */
export class RequestError extends Error {
  readonly problem: RequestProblem;
  readonly parameter: string | undefined;

  constructor(problem: RequestProblem, message: string, parameter?: string) {
    super(message);
    this.name = 'RequestError';
    this.problem = problem;
    this.parameter = parameter;
  }
}

const RETRY_AFTER_SECONDS = 10;

/** The problem document for any thrown value; a bug is logged and answered as 500. */
export function refuse(error: unknown): Response {
  const { status, headers, body } = writeProblem(problemOf(error), currentRequestId());
  return new Response(body, { status, headers: throughNext(Object.entries(headers)) });
}

type Found = {
  name: ProblemName;
  detail: string;
  source?: string;
  parameter?: string;
  refusal?: Refusal;
  act_id?: string;
  retryAfterMs?: number;
};

function problemOf(error: unknown): Found {
  if (error instanceof RequestError) return { name: error.problem, detail: error.message, parameter: error.parameter };
  if (error instanceof NotAllowed)
    return {
      name: 'not-authenticated',
      detail: 'Sign in on the page, or send a token: Authorization: Bearer …',
    };
  if (error instanceof ActError)
    return {
      name: error.problem,
      detail: error.message,
      refusal: error.refusal,
      act_id: error.actId,
      retryAfterMs: error.retryAfterMs,
    };
  if (error instanceof ActRefused)
    return { name: 'act-refused', detail: error.message, refusal: error.refusal, act_id: error.actId ?? undefined };
  if (error instanceof KeyReused) return { name: 'idempotency-key-reused', detail: error.message };
  if (error instanceof NoJournal) return { name: 'no-journal', detail: error.message };
  if (error instanceof VariantError) return { name: 'wrong-body', detail: `${error.parameter}: ${error.message}.` };
  if (error instanceof TooManyAttempts)
    return { name: 'too-many-attempts', detail: error.message, retryAfterMs: error.retryAfterMs };
  if (error instanceof SourceError)
    return {
      name: error.kind === 'first-reading' ? 'first-reading' : error.kind === 'config' ? 'wrong-settings' : 'no-data',
      detail: error.message,
      source: SOURCE_NAMES[error.source],
    };
  if (error instanceof EnvError) return { name: 'wrong-settings', detail: error.problems.join('; ') };
  log().error(describeError(error), 'internal error');
  return { name: 'internal-error', detail: publicMessage(error) };
}

export type WrittenProblem = { status: number; headers: Record<string, string>; body: string };

/** @param requestId null outside a request that the server logs */
export function writeProblem({ name, retryAfterMs, ...found }: Found, requestId: string | null): WrittenProblem {
  const { status, title } = PROBLEMS[name];
  const problem: Problem = { type: withBase(problemType(name)), title, status, request_id: requestId, ...found };
  const body = JSON.stringify(problemSchema.parse(problem));
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'no-store',
      ...(status === 401 ? { 'www-authenticate': 'Bearer realm="Watcher Visio"' } : {}),
      ...(status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}),
      ...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / SECOND_MS)) }),
    },
    body,
  };
}
