import type { Tls } from '../connections';
import { type HttpResponse, type Observer, openHttp } from '../http';
import type { Proxies } from '../proxies';
import type { Loss } from '../shape';
import { type Data, isApiError, readData, toSamples, toSeries } from './answer';
import type { RangeSeries, Sample } from './records';

export type PrometheusAuth =
  | { type: 'none' }
  | { type: 'basic'; username: string; password: string }
  | { type: 'bearer'; token: string }
  /** Aetos accepts Keystone tokens. `token` returns the current one, or a new one to replace a refused one. */
  | { type: 'keystone'; token: (refused?: string) => Promise<string> };

export type PrometheusOptions = {
  /** May include a path before /api/v1. */
  url: string;
  auth: PrometheusAuth;
  headers: Record<string, string>;
  /** auto: POST, and GET once POST has been refused. */
  method: 'auto' | 'post' | 'get';
  timeoutMs: number;
  maxBytes: number;
  concurrency: number;
  tls?: Tls;
  proxies?: Proxies | null;
  observe?: Observer;
  /** Called for every row that is left out because it can't be read. */
  onLoss?: (loss: Loss) => void;
};

export type QueryOptions = {
  /** ms; default now */
  at?: number;
  /** Cost of the query: 1 for a few hundred rows. Limits how many are batched. */
  weight?: number;
};

export type Prometheus = {
  /** Instant query. @throws SourceError */
  query(expression: string, options?: QueryOptions): Promise<Sample[]>;
  /** Whether queries are sent in a request body and can be long. */
  takesLongQueries(): boolean;
  /** Whether lists of ids can stay in one query instead of being split to fit into an address. */
  takesLongLists?(): boolean;
  /** Range query; times and step in ms. @throws SourceError */
  queryRange(expression: string, range: { start: number; end: number; step: number }): Promise<RangeSeries[]>;
  /** Checks that the API responds, with a query that every implementation supports. @throws SourceError */
  probe(options: { timeoutMs: number }): Promise<void>;
};

/** Whether the method was refused, not the query. A 403 counts only if it comes from something in front of the API. */
const refusesMethod = (response: HttpResponse): boolean =>
  [404, 405, 501].includes(response.status) || (response.status === 403 && !isApiError(response));

/** Whether the API processed the query, successfully or not. */
const wasProcessed = ({ status }: HttpResponse): boolean => status < 300 || status === 400 || status === 422;

/**
 * A client for Prometheus and compatible APIs: Thanos, Mimir, VictoriaMetrics, Aetos. It remembers what a server does not
 * support (POST, parameters other than the query, range queries) and does not try it again.
 */
export function openPrometheus(options: PrometheusOptions): Prometheus {
  const http = openHttp({ ...options, source: 'prometheus' });
  const hasOwnToken = options.auth.type === 'keystone';
  const read = (response: HttpResponse) => readData(response, { hasOwnToken, onLoss: options.onLoss });
  const base = `${options.url.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1`;
  let method: 'post' | 'get' = options.method === 'get' ? 'get' : 'post';
  let onlyQuery = false;
  let noRanges = false;

  async function send(
    endpoint: string,
    parameters: Record<string, string>,
    timeoutMs = options.timeoutMs,
  ): Promise<HttpResponse> {
    const { auth } = options;
    const request = { endpoint, parameters, timeoutMs };
    if (auth.type !== 'keystone') return sendWith(authHeaders(auth), request);
    const sendAs = (token: string) => sendWith({ 'x-auth-token': token }, request);
    const token = await auth.token();
    const response = await sendAs(token);
    // The token was revoked or expired early: retry once with a new one.
    return response.status === 401 ? sendAs(await auth.token(token)) : response;
  }

  async function sendWith(
    authorization: Record<string, string>,
    { endpoint, parameters, timeoutMs }: { endpoint: string; parameters: Record<string, string>; timeoutMs: number },
  ): Promise<HttpResponse> {
    const headers = { ...options.headers, ...authorization };
    const form = new URLSearchParams(parameters).toString();
    const asGet = () => http.send({ url: `${base}/${endpoint}?${form}`, headers, timeoutMs });
    if (method === 'get') return asGet();
    const response = await http.send({
      url: `${base}/${endpoint}`,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
      // A query changes nothing, even when sent by POST.
      idempotent: true,
      timeoutMs,
    });
    if (options.method === 'post' || !refusesMethod(response)) return response;
    const second = await asGet();
    if (wasProcessed(second)) method = 'get';
    return second;
  }

  async function instant(expression: string, at?: number, timeoutMs = options.timeoutMs): Promise<Data> {
    const time: Record<string, string> = at === undefined ? {} : { time: seconds(at) };
    if (!onlyQuery) {
      const parameters = { query: expression, ...time, timeout: serverTimeout(timeoutMs) };
      const response = await send('query', parameters, timeoutMs);
      if (response.status !== 400 || isApiError(response)) return read(response);
    }
    // Aetos rejects any parameter except the query before Prometheus sees it.
    const response = await send('query', { query: at === undefined ? expression : pinned(expression, at) }, timeoutMs);
    if (response.status < 300) onlyQuery = true;
    return read(response);
  }

  return {
    takesLongQueries: () => method === 'post' && !onlyQuery,
    async query(expression, { at } = {}) {
      return toSamples(await instant(expression, at));
    },
    async queryRange(expression, { start, end, step }) {
      if (!noRanges) {
        const times = { start: seconds(start), end: seconds(end), step: seconds(step) };
        const timeout = serverTimeout(options.timeoutMs);
        const response = await send('query_range', { query: expression, ...times, timeout });
        if (response.status !== 404 || isApiError(response)) return toSeries(await read(response));
      }
      // Aetos has no range queries. A subquery replaces them, evaluated at whole multiples of the step.
      const subquery = `(${expression})[${end - start + step}ms:${step}ms] @ ${seconds(end)}`;
      const series = toSeries(await instant(subquery));
      noRanges = true;
      return series.map(({ labels, points }) => ({
        labels,
        points: points.filter(({ at }) => at >= start && at <= end),
      }));
    },
    async probe({ timeoutMs }) {
      await instant('vector(1)', undefined, timeoutMs);
    },
  };
}

function authHeaders(auth: Exclude<PrometheusAuth, { type: 'keystone' }>): Record<string, string> {
  switch (auth.type) {
    case 'none':
      return {};
    case 'basic':
      return { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}` };
    case 'bearer':
      return { authorization: `Bearer ${auth.token}` };
  }
}

const seconds = (ms: number): string => String(ms / 1000);

/** Makes the server stop a query that we no longer wait for. */
const serverTimeout = (timeoutMs: number): string => `${Math.ceil(timeoutMs / 1000)}s`;

/** The query with its time as part of the expression, rounded down to ten seconds. */
const pinned = (expression: string, at: number): string => `last_over_time((${expression})[10s:10s] @ ${seconds(at)})`;
