import { ok, type Reply, type ServiceRequest } from '../wire';
import { evaluate } from './evaluate';
import type { SeriesStore } from './series';
import { labelKey, QueryError, type Value } from './value';

/** The part of Prometheus's HTTP API that dashboards use. https://prometheus.io/docs/prometheus/latest/querying/api/ */

const MAX_POINTS = 11_000;

export function answerPrometheus(request: ServiceRequest, store: SeriesStore): Reply {
  const parameters = request.method === 'POST' ? new URLSearchParams(request.body) : request.query;
  try {
    switch (request.path) {
      case '/api/v1/query':
        return success(instantAnswer(parameters, request.now, store));
      case '/api/v1/query_range':
        return success(rangeAnswer(parameters, store));
      case '/api/v1/status/buildinfo':
        return success({ version: '3.0.0-simulated' });
      default:
        return { status: 404, body: '404 page not found\n', headers: { 'content-type': 'text/plain; charset=utf-8' } };
    }
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return {
      status: error.kind === 'bad_data' ? 400 : 422,
      body: { status: 'error', errorType: error.kind, error: error.message },
    };
  }
}

const success = (data: unknown): Reply => ok({ status: 'success', data });

/** Prometheus sends numbers as text: "NaN", "+Inf". */
function wireValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}

function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value === null || value === '') throw new QueryError('bad_data', `invalid parameter "${name}": empty`);
  return value;
}

/** Parses seconds with decimals or RFC 3339; returns ms. */
function readTime(text: string, name: string): number {
  const at = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(at))
    throw new QueryError('bad_data', `invalid parameter "${name}": cannot parse to a valid timestamp`);
  return at;
}

function instantAnswer(parameters: URLSearchParams, now: number, store: SeriesStore): unknown {
  const query = required(parameters, 'query');
  const time = parameters.get('time');
  const at = time === null ? now : readTime(time, 'time');
  const value = evaluate(query, at, store);
  const point = (number: number, when = at) => [when / 1000, wireValue(number)];
  switch (value.type) {
    case 'vector':
      return {
        resultType: 'vector',
        result: value.rows.map(({ labels, value: number }) => ({ metric: labels, value: point(number) })),
      };
    case 'scalar':
      return { resultType: 'scalar', result: point(value.value) };
    case 'string':
      return { resultType: 'string', result: [at / 1000, value.value] };
    case 'range': {
      const { series, from, to, intervalMs } = value;
      const times = Array.from(
        { length: Math.ceil((to - from) / intervalMs) },
        (_, i) => to - i * intervalMs,
      ).reverse();
      return {
        resultType: 'matrix',
        result: series.map((one) => ({
          metric: one.labels,
          values: times
            .filter((when) => when > from && when >= one.from && when < one.until)
            .map((when) => point(one.value(when), when)),
        })),
      };
    }
  }
}

function rangeAnswer(parameters: URLSearchParams, store: SeriesStore): unknown {
  const query = required(parameters, 'query');
  const start = readTime(required(parameters, 'start'), 'start');
  const end = readTime(required(parameters, 'end'), 'end');
  const step = Number(required(parameters, 'step')) * 1000;
  if (!(step > 0)) throw new QueryError('bad_data', 'zero or negative query resolution step widths are not accepted.');
  if (end < start) throw new QueryError('bad_data', 'end timestamp must not be before start time');
  if ((end - start) / step > MAX_POINTS)
    throw new QueryError('bad_data', 'exceeded maximum resolution of 11,000 points per timeseries.');
  const series = new Map<string, { metric: Record<string, string>; values: [number, string][] }>();
  for (let at = start; at <= end; at += step) {
    for (const { labels, value } of rowsOf(evaluate(query, at, store))) {
      const key = labelKey(labels);
      const one = series.get(key) ?? { metric: labels, values: [] };
      one.values.push([at / 1000, wireValue(value)]);
      series.set(key, one);
    }
  }
  return { resultType: 'matrix', result: [...series.values()] };
}

function rowsOf(value: Value): { labels: Record<string, string>; value: number }[] {
  if (value.type === 'vector') return value.rows;
  if (value.type === 'scalar') return [{ labels: {}, value: value.value }];
  throw new QueryError(
    'bad_data',
    `invalid expression type "${value.type}" for range query, must be Scalar or instant Vector`,
  );
}
