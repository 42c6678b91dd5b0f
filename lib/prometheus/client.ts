import { z } from 'zod';
import { SOURCE_NAMES, SourceError } from '../errors';
import { type HttpAnswer, openHttp, parseJson, type Tls } from '../http';
import type { RangeSeries, Sample } from './records';

export type PrometheusAuth =
  | { type: 'none' }
  | { type: 'basic'; username: string; password: string }
  | { type: 'bearer'; token: string };

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
};

export type Prometheus = {
  /** Instant query, at `at` (ms) or now. @throws SourceError */
  query(expression: string, options?: { at?: number }): Promise<Sample[]>;
  /** Range query; times and step in ms. @throws SourceError */
  queryRange(expression: string, range: { start: number; end: number; step: number }): Promise<RangeSeries[]>;
  /** The one question that everything which speaks this API answers. @throws SourceError */
  probe(options: { timeoutMs: number }): Promise<void>;
};

/** https://prometheus.io/docs/prometheus/latest/querying/api/ */
const point = z.tuple([z.number(), z.string()]);
const labels = z.record(z.string(), z.string());
const answerSchema = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: labels, value: point })) }),
    z.object({
      resultType: z.literal('matrix'),
      result: z.array(z.object({ metric: labels, values: z.array(point) })),
    }),
    z.object({ resultType: z.literal('scalar'), result: point }),
    z.object({ resultType: z.literal('string'), result: point }),
  ]),
});
const errorSchema = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });

type Data = z.output<typeof answerSchema>['data'];

/** Refusals of the method, not of the question. */
const METHOD_REFUSED = new Set([404, 405, 501]);

export function openPrometheus(options: PrometheusOptions): Prometheus {
  const http = openHttp({ ...options, source: 'prometheus' });
  const base = options.url.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
  const headers = { ...options.headers, ...authHeaders(options.auth) };
  let method: 'post' | 'get' = options.method === 'get' ? 'get' : 'post';
  let rangeRefused = false;

  async function ask(
    endpoint: string,
    parameters: Record<string, string>,
    timeoutMs = options.timeoutMs,
  ): Promise<HttpAnswer> {
    const form = new URLSearchParams({ ...parameters, timeout: `${Math.ceil(timeoutMs / 1000)}s` }).toString();
    const url = `${base}/api/v1/${endpoint}`;
    const asGet = () => http.send({ url: `${url}?${form}`, headers, timeoutMs });
    if (method === 'get') return asGet();
    const answer = await http.send({
      url,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
      idempotent: true,
      timeoutMs,
    });
    const refused = METHOD_REFUSED.has(answer.status) || (answer.status === 403 && !isApiError(answer));
    if (!refused || options.method === 'post') return answer;
    const again = await asGet();
    if (again.status < 300) method = 'get';
    return again;
  }

  async function instant(expression: string, at: number | undefined, timeoutMs?: number): Promise<Data> {
    const answer = await ask(
      'query',
      { query: expression, ...(at === undefined ? {} : { time: seconds(at) }) },
      timeoutMs,
    );
    return readData(answer);
  }

  return {
    async query(expression, { at } = {}) {
      return toSamples(await instant(expression, at));
    },
    async queryRange(expression, { start, end, step }) {
      if (!rangeRefused) {
        const answer = await ask('query_range', {
          query: expression,
          start: seconds(start),
          end: seconds(end),
          step: seconds(step),
        });
        rangeRefused = answer.status === 404 && !isApiError(answer);
        if (!rangeRefused) return toSeries(readData(answer));
      }
      // Aetos has no range queries; a subquery of an instant one gives the same points.
      return toSeries(await instant(`(${expression})[${seconds(end - start)}s:${seconds(step)}s]`, end));
    },
    async probe({ timeoutMs }) {
      await instant('vector(1)', undefined, timeoutMs);
    },
  };
}

function authHeaders(auth: PrometheusAuth): Record<string, string> {
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

function readError(answer: HttpAnswer): z.output<typeof errorSchema> | null {
  try {
    return errorSchema.safeParse(JSON.parse(answer.text)).data ?? null;
  } catch {
    return null;
  }
}

const isApiError = (answer: HttpAnswer): boolean => readError(answer) !== null;

const MAX_REASON = 160;

/** 200 with `warnings` or `infos` is a success. */
function readData(answer: HttpAnswer): Data {
  const { status } = answer;
  const name = SOURCE_NAMES.prometheus;
  if (status >= 200 && status < 300) return parseJson(answer, answerSchema, 'prometheus', 'a query').data;
  if (status === 401)
    throw new SourceError('prometheus', 'unauthorized', `${name} refuses the credentials.`, { status });
  const error = readError(answer);
  if (error) {
    const reason = error.error
      .replace(/https?:\/\/\S+/g, '(address)')
      .split('\n')[0]
      ?.slice(0, MAX_REASON);
    throw new SourceError('prometheus', 'query', `${name} can't answer a query: ${error.errorType}: ${reason}.`, {
      status,
    });
  }
  if (status === 403) throw new SourceError('prometheus', 'forbidden', `${name} refuses the query.`, { status });
  throw new SourceError('prometheus', 'http', `${name} answered ${status}.`, { status });
}

/** "NaN", "+Inf" and "-Inf" are null: no number to show. */
export function parseValue(text: string): number | null {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : null;
}

function toSamples(data: Data): Sample[] {
  switch (data.resultType) {
    case 'vector':
      return data.result.map(({ metric, value: [at, value] }) => ({
        labels: metric,
        value: parseValue(value),
        at: at * 1000,
      }));
    case 'matrix':
      throw new SourceError('prometheus', 'shape', 'Prometheus answered an instant query with a matrix.');
    default:
      return [{ labels: {}, value: parseValue(data.result[1]), at: data.result[0] * 1000 }];
  }
}

function toSeries(data: Data): RangeSeries[] {
  if (data.resultType !== 'matrix') {
    throw new SourceError('prometheus', 'shape', `Prometheus answered a range query with a ${data.resultType}.`);
  }
  return data.result.map(({ metric, values }) => ({
    labels: metric,
    points: values.map(([at, value]) => ({ at: at * 1000, value: parseValue(value) })),
  }));
}
