import { type HttpResponse, type Observer, openHttp, type Tls } from '../http';
import { type Data, isApiError, readData, toSamples, toSeries } from './answer';
import type { RangeSeries, Sample } from './records';

export type PrometheusAuth =
  | { type: 'none' }
  | { type: 'basic'; username: string; password: string }
  | { type: 'bearer'; token: string }
  /** Aetos takes a Keystone token. `token` gives the one in use, or a new one in place of one that was refused. */
  | { type: 'keystone'; token: (refused?: string) => Promise<string> };

export type PrometheusOptions = {
  /** With any path in front of /api/v1. */
  url: string;
  auth: PrometheusAuth;
  headers: Record<string, string>;
  /** auto: POST, and GET from the first time POST is refused. */
  method: 'auto' | 'post' | 'get';
  timeoutMs: number;
  maxBytes: number;
  concurrency: number;
  tls?: Tls;
  observe?: Observer;
};

export type QueryOptions = {
  /** ms; default now */
  at?: number;
  /** How much it is to answer: 1 for a few hundred rows. Matters where questions are asked together. */
  weight?: number;
};

export type Prometheus = {
  /** Instant query. @throws SourceError */
  query(expression: string, options?: QueryOptions): Promise<Sample[]>;
  /** Whether questions travel in the body of a request, where they may be long. */
  takesLongQueries(): boolean;
  /** Whether lists of ids need not be cut so that each part fits into an address. */
  takesLongLists?(): boolean;
  /** Range query; times and step in ms. @throws SourceError */
  queryRange(expression: string, range: { start: number; end: number; step: number }): Promise<RangeSeries[]>;
  /** The one question that everything which speaks this API answers. @throws SourceError */
  probe(options: { timeoutMs: number }): Promise<void>;
};

/** Refusals of the method, not of the question; 403 where something in front of the API says it. */
const refusesMethod = (answer: HttpResponse): boolean =>
  [404, 405, 501].includes(answer.status) || (answer.status === 403 && !isApiError(answer));

/** The question was read, whatever came of it. */
const wasRead = ({ status }: HttpResponse): boolean => status < 300 || status === 400 || status === 422;

/**
 * A client of Prometheus or what speaks its HTTP API: Thanos, Mimir, VictoriaMetrics, Aetos. What a server turns out not to
 * have (POST, the parameters beside the query, range queries) is remembered and not tried again.
 */
export function openPrometheus(options: PrometheusOptions): Prometheus {
  const http = openHttp({ ...options, source: 'prometheus' });
  const base = `${options.url.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1`;
  let method: 'post' | 'get' = options.method === 'get' ? 'get' : 'post';
  let onlyQuery = false;
  let noRanges = false;

  async function ask(
    endpoint: string,
    parameters: Record<string, string>,
    timeoutMs = options.timeoutMs,
  ): Promise<HttpResponse> {
    const { auth } = options;
    if (auth.type !== 'keystone') return askWith(authHeaders(auth), endpoint, parameters, timeoutMs);
    const askAs = (token: string) => askWith({ 'x-auth-token': token }, endpoint, parameters, timeoutMs);
    const token = await auth.token();
    const answer = await askAs(token);
    // Revoked, or ended early: once more with a new one.
    return answer.status === 401 ? askAs(await auth.token(token)) : answer;
  }

  /** Asked again after a broken connection: a query changes nothing, by POST either. */
  async function askWith(
    authorization: Record<string, string>,
    endpoint: string,
    parameters: Record<string, string>,
    timeoutMs: number,
  ): Promise<HttpResponse> {
    const headers = { ...options.headers, ...authorization };
    const form = new URLSearchParams(parameters).toString();
    const asGet = () => http.send({ url: `${base}/${endpoint}?${form}`, headers, timeoutMs });
    if (method === 'get') return asGet();
    const answer = await http.send({
      url: `${base}/${endpoint}`,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
      idempotent: true,
      timeoutMs,
    });
    if (options.method === 'post' || !refusesMethod(answer)) return answer;
    const again = await asGet();
    if (wasRead(again)) method = 'get';
    return again;
  }

  async function instant(expression: string, at?: number, timeoutMs = options.timeoutMs): Promise<Data> {
    const time: Record<string, string> = at === undefined ? {} : { time: seconds(at) };
    if (!onlyQuery) {
      const answer = await ask('query', { query: expression, ...time, timeout: serverTimeout(timeoutMs) }, timeoutMs);
      if (answer.status !== 400 || isApiError(answer)) return readData(answer);
    }
    // Aetos refuses every parameter but the query, before Prometheus sees it.
    const answer = await ask('query', { query: at === undefined ? expression : pinned(expression, at) }, timeoutMs);
    if (answer.status < 300) onlyQuery = true;
    return readData(answer);
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
        const answer = await ask('query_range', { query: expression, ...times, timeout });
        if (answer.status !== 404 || isApiError(answer)) return toSeries(await readData(answer));
      }
      // Aetos has no range queries. A subquery answers in their place, at whole multiples of the step.
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

/** So that a query which nobody waits for any more does not go on. */
const serverTimeout = (timeoutMs: number): string => `${Math.ceil(timeoutMs / 1000)}s`;

/** The same question with its time inside, to ten seconds: the last whole ten before `at`. */
const pinned = (expression: string, at: number): string => `last_over_time((${expression})[10s:10s] @ ${seconds(at)})`;
