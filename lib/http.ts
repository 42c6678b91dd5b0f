import pLimit from 'p-limit';
import { type FetchResponse, openConnections, type Tls } from './connections';
import { SOURCE_NAMES, type Source, SourceError, type SourceErrorKind } from './errors';
import { asSourceError } from './network-reasons';
import type { Proxies } from './proxies';
import { MIB } from './units';
import { takeCredentials } from './url-credentials';
import { yieldIfDue } from './yield';

export type HttpOptions = {
  source: Source;
  /** Milliseconds for one attempt, headers and body together. */
  timeoutMs: number;
  /** Bytes; larger responses are refused. */
  maxBytes: number;
  /** Maximum number of requests in flight. */
  concurrency: number;
  tls?: Tls;
  /** null: none. */
  proxies?: Proxies | null;
  /** Whether requests may change something; reading code never sets it. */
  mayWrite?: boolean;
  /** Called after every attempt. */
  observe?: Observer;
};

/** The outcome of one attempt and how long it took. Holds no secrets: no query, headers or body. */
export type Attempt = {
  source: Source;
  method: string;
  path: string;
  /** HTTP status; null if there was no response. */
  status: number | null;
  /** Why there was no response; null if there was one. */
  failure: SourceErrorKind | null;
  ms: number;
  /** The service's own id for the request, as in its log. */
  upstreamId: string | null;
};

export type Observer = (attempt: Attempt) => void;

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type HttpRequest = {
  url: string;
  method?: Method;
  headers?: Record<string, string>;
  body?: string;
  /** Safe to repeat. Default: true for GET and HEAD. */
  idempotent?: boolean;
  timeoutMs?: number;
};

export type HttpResponse = { status: number; headers: Headers; text: string };

export type Http = { send(request: HttpRequest): Promise<HttpResponse> };

/** To Keystone and Prometheus, a POST is a question. */
const ASKED_BY_POST = new Set<Source>(['keystone', 'prometheus']);

/** Longest time we stop calling a service that sends Retry-After. */
const MAX_PAUSE_MS = 5_000;
/** Pauses up to this long are waited out and the request is retried. */
const MAX_WAIT_MS = 1_000;
const PAUSING = new Set([413, 429, 503]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const RETRIED = new Set([502, 503, 504]);
const MAX_REDIRECTS = 3;

/**
 * The only way out to another service. Adds to fetch: a timeout for the whole response, a size limit, limited
 * concurrency, one retry of idempotent requests after a broken connection or 502/503/504, Retry-After on 413,
 * 429 and 503, and no redirects to another origin. User and password in an address become a header. Resolves with any status; the caller decides what it means.
 *
 * @throws SourceError
 */
export function openHttp(options: HttpOptions): Http {
  const limit = pLimit(options.concurrency);
  const connections = openConnections(options.tls, options.proxies);

  /** A bug must not change a cloud: without `mayWrite` nothing that could leaves the process. */
  function refuseWrites({ method = 'GET' }: HttpRequest): void {
    const isQuestion =
      method === 'GET' || method === 'HEAD' || (method === 'POST' && ASKED_BY_POST.has(options.source));
    if (!isQuestion && !options.mayWrite) throw new Error(`A reader tried to send ${method} to ${options.source}.`);
  }

  async function attempt(request: HttpRequest): Promise<HttpResponse> {
    refuseWrites(request);
    const started = performance.now();
    const report = (outcome: Pick<Attempt, 'status' | 'failure' | 'upstreamId'>) =>
      options.observe?.({
        source: options.source,
        method: request.method ?? 'GET',
        path: new URL(request.url).pathname,
        ms: Math.round(performance.now() - started),
        ...outcome,
      });
    try {
      const response = await follow(request);
      const upstreamId = response.headers.get('x-openstack-request-id') ?? response.headers.get('x-request-id');
      report({ status: response.status, failure: null, upstreamId });
      return response;
    } catch (error) {
      const known = error instanceof SourceError ? error : undefined;
      report({ status: known?.status ?? null, failure: known?.kind ?? 'network', upstreamId: null });
      throw error;
    }
  }

  async function follow(request: HttpRequest): Promise<HttpResponse> {
    const timeoutMs = request.timeoutMs ?? options.timeoutMs;
    // The signal also stops React from deduplicating equal GETs within a render: a retry must be a new request.
    const signal = AbortSignal.timeout(timeoutMs);
    const { url: first, authorization } = takeCredentials(request.url);
    const hasOwn = Object.keys(request.headers ?? {}).some((name) => name.toLowerCase() === 'authorization');
    const basic: Record<string, string> = authorization === null || hasOwn ? {} : { authorization };
    const { origin } = new URL(first);
    let url = first;
    try {
      for (let hop = 0; ; hop++) {
        const response = await connections.fetch(url, {
          method: request.method ?? 'GET',
          headers: { accept: 'application/json', ...basic, ...request.headers },
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
        if (response.body) abandon(response.body.cancel());
        const next = new URL(location, url);
        if (next.origin !== origin) {
          const message = `${SOURCE_NAMES[options.source]} redirects to another origin, which is not allowed.`;
          throw new SourceError(options.source, 'redirect', message, { status: response.status });
        }
        if (hop >= MAX_REDIRECTS || request.body !== undefined) {
          const message = `${SOURCE_NAMES[options.source]} sent a redirect that can't be followed.`;
          throw new SourceError(options.source, 'redirect', message, { status: response.status });
        }
        ({ url } = takeCredentials(next.href));
      }
    } catch (error) {
      const { origin: host, pathname } = new URL(url);
      throw asSourceError(error, {
        source: options.source,
        timeoutMs,
        address: `${host}${pathname}`,
        isProxied: connections.isProxied(url),
        hasCa: options.tls?.ca !== undefined,
      });
    }
  }

  let pausedUntil = 0;

  /** Records the pause a response asks for and returns it in ms; 0 if it asks for none. */
  function notePause({ status, headers }: HttpResponse): number {
    const seconds = PAUSING.has(status) ? Number(headers.get('retry-after') ?? Number.NaN) : Number.NaN;
    if (!(seconds > 0)) return 0;
    if (seconds * 1000 > MAX_WAIT_MS) pausedUntil = Date.now() + Math.min(seconds * 1000, MAX_PAUSE_MS);
    return seconds * 1000;
  }

  async function sendWithRetry(request: HttpRequest): Promise<HttpResponse> {
    if (Date.now() < pausedUntil) {
      const message = `${SOURCE_NAMES[options.source]} asked us to slow down.`;
      throw new SourceError(options.source, 'http', message, { status: 429 });
    }
    const idempotent = request.idempotent ?? isReading(request);
    if (!idempotent) return attempt(request);
    try {
      const response = await attempt(request);
      const pauseMs = notePause(response);
      if (pauseMs > MAX_WAIT_MS) return response;
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      return pauseMs > 0 || RETRIED.has(response.status) ? await attempt(request) : response;
    } catch (error) {
      if (error instanceof SourceError && error.kind === 'network') return attempt(request);
      throw error;
    }
  }

  return { send: (request) => limit(() => sendWithRetry(request)) };
}

const isReading = ({ method = 'GET' }: HttpRequest): boolean => method === 'GET' || method === 'HEAD';

/** Nobody waits for the rest of a response that is not wanted, or cares whether it fails. */
function abandon(ending: Promise<void>): void {
  ending.catch(() => {});
}

async function readText(response: FetchResponse, options: HttpOptions): Promise<string> {
  if (response.body === null) return '';
  const tooLarge = () =>
    new SourceError(
      options.source,
      'too-large',
      `${SOURCE_NAMES[options.source]} sent more than ${Math.round(options.maxBytes / MIB)} MiB in one response.`,
      { status: response.status },
    );
  if (Number(response.headers.get('content-length')) > options.maxBytes) {
    abandon(response.body.cancel());
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
      abandon(reader.cancel());
      throw tooLarge();
    }
    chunks.push(value);
  }
  // Many responses can end in the same turn of the event loop, and each is parsed as soon as it is there.
  await yieldIfDue();
  return Buffer.concat(chunks).toString('utf8');
}
