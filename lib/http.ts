import pLimit from 'p-limit';
import { Agent, fetch as tlsFetch } from 'undici';
import { SOURCE_NAMES, type Source, SourceError, type SourceErrorKind } from './errors';
import { asSourceError } from './network-reasons';

/** PEM texts, not paths. `verify: false` accepts any certificate. */
export type Tls = { ca?: string; cert?: string; key?: string; verify?: boolean };

export type HttpOptions = {
  source: Source;
  /** For one attempt, headers and body together; milliseconds. */
  timeoutMs: number;
  /** Larger answers are refused; bytes. */
  maxBytes: number;
  /** Requests under way at once. */
  concurrency: number;
  tls?: Tls;
  /** Is told of every attempt when it has ended. */
  observe?: Observer;
};

/** One attempt: what came of it, and how long it took. Holds no secret: neither query, headers nor body. */
export type Attempt = {
  source: Source;
  method: string;
  path: string;
  /** HTTP status; null where there was no answer. */
  status: number | null;
  /** Why there was no answer; null where there was one. */
  failure: SourceErrorKind | null;
  ms: number;
  /** What the service calls the request in its own log. */
  upstreamId: string | null;
};

export type Observer = (attempt: Attempt) => void;

export type HttpRequest = {
  url: string;
  method?: 'GET' | 'HEAD' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** A repeated request does no harm. Default: true for GET and HEAD. */
  idempotent?: boolean;
  timeoutMs?: number;
};

export type HttpAnswer = { status: number; headers: Headers; text: string };

export type Http = { send(request: HttpRequest): Promise<HttpAnswer> };

/** A service that asks for a pause is left alone for so long at most; a shorter pause is waited for. */
const MOST_PAUSE_MS = 5_000;
const WAITED_PAUSE_MS = 1_000;
const PAUSING = new Set([429, 503]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const RETRIED = new Set([502, 503, 504]);
const MAX_REDIRECTS = 3;

/**
 * The only way out to another service. Adds to fetch: a timeout over the whole answer, a size limit, a bound on
 * concurrency, one retry of an idempotent request on a broken connection or 502/503/504, the pause that a service asks for
 * (429 or 503 with Retry-After), and no redirect to another origin. Any status is an answer; what it means is for the caller. Throws SourceError.
 */
export function openHttp(options: HttpOptions): Http {
  const limit = pLimit(options.concurrency);
  const fetchOnce = fetcherFor(options.tls);

  async function attempt(request: HttpRequest): Promise<HttpAnswer> {
    const started = performance.now();
    const told = (outcome: Pick<Attempt, 'status' | 'failure' | 'upstreamId'>) =>
      options.observe?.({
        source: options.source,
        method: request.method ?? 'GET',
        path: new URL(request.url).pathname,
        ms: Math.round(performance.now() - started),
        ...outcome,
      });
    try {
      const answer = await ask(request);
      const upstreamId = answer.headers.get('x-openstack-request-id') ?? answer.headers.get('x-request-id');
      told({ status: answer.status, failure: null, upstreamId });
      return answer;
    } catch (error) {
      const known = error instanceof SourceError ? error : undefined;
      told({ status: known?.status ?? null, failure: known?.kind ?? 'network', upstreamId: null });
      throw error;
    }
  }

  async function ask(request: HttpRequest): Promise<HttpAnswer> {
    const timeoutMs = request.timeoutMs ?? options.timeoutMs;
    // The signal also keeps React from sharing one answer between equal GETs of a render: a retry must be a request.
    const signal = AbortSignal.timeout(timeoutMs);
    const origin = new URL(request.url).origin;
    let url = request.url;
    try {
      for (let hop = 0; ; hop++) {
        const response = await fetchOnce(url, {
          method: request.method ?? 'GET',
          headers: { accept: 'application/json', ...request.headers },
          body: request.body,
          redirect: 'manual',
          cache: 'no-store',
          signal,
        });
        const location = response.headers.get('location');
        if (!REDIRECTS.has(response.status) || location === null) {
          const text = await readText(response, options);
          return { status: response.status, headers: response.headers, text };
        }
        await response.body?.cancel();
        const next = new URL(location, url);
        if (next.origin !== origin) {
          throw new SourceError(
            options.source,
            'redirect',
            `${SOURCE_NAMES[options.source]} redirects to another origin; not followed.`,
            {
              status: response.status,
            },
          );
        }
        if (hop >= MAX_REDIRECTS || request.body !== undefined) {
          throw new SourceError(
            options.source,
            'redirect',
            `${SOURCE_NAMES[options.source]} answers with a redirect that can't be followed.`,
            {
              status: response.status,
            },
          );
        }
        url = next.href;
      }
    } catch (error) {
      throw asSourceError(error, options.source, timeoutMs);
    }
  }

  let pausedUntil = 0;

  /** Notes the pause that an answer asks for; ms, 0 where it asks for none. */
  function notePause({ status, headers }: HttpAnswer): number {
    const seconds = PAUSING.has(status) ? Number(headers.get('retry-after') ?? Number.NaN) : Number.NaN;
    if (!(seconds > 0)) return 0;
    if (seconds * 1000 > WAITED_PAUSE_MS) pausedUntil = Date.now() + Math.min(seconds * 1000, MOST_PAUSE_MS);
    return seconds * 1000;
  }

  async function sendWithRetry(request: HttpRequest): Promise<HttpAnswer> {
    if (Date.now() < pausedUntil) {
      const message = `${SOURCE_NAMES[options.source]} asked for a pause: it has too much to do.`;
      throw new SourceError(options.source, 'http', message, { status: 429 });
    }
    const idempotent = request.idempotent ?? (request.method ?? 'GET') !== 'POST';
    if (!idempotent) return attempt(request);
    try {
      const answer = await attempt(request);
      const pauseMs = notePause(answer);
      if (pauseMs > WAITED_PAUSE_MS) return answer;
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      return pauseMs > 0 || RETRIED.has(answer.status) ? await attempt(request) : answer;
    } catch (error) {
      if (error instanceof SourceError && error.kind === 'network') return attempt(request);
      throw error;
    }
  }

  return { send: (request) => limit(() => sendWithRetry(request)) };
}

type FetchInit = {
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  redirect: 'manual';
  cache: 'no-store';
  signal: AbortSignal;
};
type FetchAnswer = { status: number; headers: Headers; body: ReadableStream<Uint8Array> | null };

/** Node's own fetch knows no CA, no client certificate and no `verify: false`; undici's, with an Agent, does. */
function fetcherFor(tls: Tls | undefined): (url: string, init: FetchInit) => Promise<FetchAnswer> {
  if (!tls || (tls.ca === undefined && tls.cert === undefined && tls.verify !== false)) return fetch;
  const dispatcher = new Agent({
    connect: { ca: tls.ca, cert: tls.cert, key: tls.key, rejectUnauthorized: tls.verify !== false },
  });
  return async (url, init) => {
    const response = await tlsFetch(url, { ...init, dispatcher });
    return new Response(response.body as ReadableStream<Uint8Array> | null, {
      status: response.status,
      headers: [...response.headers],
    });
  };
}

async function readText(response: FetchAnswer, options: HttpOptions): Promise<string> {
  if (response.body === null) return '';
  const tooLarge = () =>
    new SourceError(
      options.source,
      'too-large',
      `${SOURCE_NAMES[options.source]} sent more than ${Math.round(options.maxBytes / 1048576)} MiB in one answer.`,
      { status: response.status },
    );
  if (Number(response.headers.get('content-length')) > options.maxBytes) {
    await response.body.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > options.maxBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString('utf8');
}
