import { z } from 'zod';
import { SOURCE_NAMES, SourceError, type SourceErrorKind } from '../errors';
import { faultOf, reasonOf } from '../faults';
import type { HttpResponse } from '../http';
import { isRecord } from '../is-record';
import { rowsOf } from '../lenient';
import { checkInSteps, checkShape, type Loss, parseText } from '../shape';
import { yieldIfDue } from '../yield';
import type { RangeSeries, Sample } from './records';

// https://prometheus.io/docs/prometheus/latest/querying/api/

/** Seconds since the epoch, limited to valid dates, and the value as text. */
const point = z.tuple([z.number().min(0).max(8.64e12), z.string()]);
const labels = z.record(z.string(), z.string());
const row = z.object({ metric: labels, value: point });
const responseSchema = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('vector'), result: z.array(row) }),
    z.object({
      resultType: z.literal('matrix'),
      result: z.array(z.object({ metric: labels, values: z.array(point) })),
    }),
    z.object({ resultType: z.literal('scalar'), result: point }),
    z.object({ resultType: z.literal('string'), result: point }),
  ]),
});
const errorSchema = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });

export type Data = z.output<typeof responseSchema>['data'];

const NAME = SOURCE_NAMES.prometheus;

/** Whether an error comes from the API and not from something in front of it. */
export const isApiError = (response: HttpResponse): boolean => readError(response) !== null;

function readError(response: HttpResponse): z.output<typeof errorSchema> | null {
  try {
    return errorSchema.safeParse(JSON.parse(response.text)).data ?? null;
  } catch {
    return null;
  }
}

type ReadOptions = {
  /** Whether the cloud's own token was sent, which Aetos takes. */
  hasOwnToken?: boolean;
  /** Called for every row that is left out because it can't be read. */
  onLoss?: (loss: Loss) => void;
};

/**
 * The data in a response, without the rows that can't be read unless that is all of them. A 200 with `warnings` or `infos` is a success.
 *
 * @throws SourceError: unauthorized, forbidden, query (rejected or failed), http, shape
 */
export async function readData(
  response: HttpResponse,
  { hasOwnToken = false, onLoss }: ReadOptions = {},
): Promise<Data> {
  const { status } = response;
  if (status >= 200 && status < 300) return readSuccess(response, onLoss);
  throw refusalOf(response, hasOwnToken);
}

/** What an unsuccessful response means. */
function refusalOf(response: HttpResponse, hasOwnToken: boolean): SourceError {
  const { status } = response;
  const fail = (kind: SourceErrorKind, message: string) => new SourceError('prometheus', kind, message, { status });
  const fault = faultOf(response);
  const because = fault ? `: ${shorten(fault)}` : '';
  if (/no org id/i.test(fault))
    return fail('unauthorized', `${NAME} wants a tenant ("no org id"): set X-Scope-OrgID in PROMETHEUS_HEADERS.`);
  if (status === 401) return fail('unauthorized', `${NAME} rejected the credentials${because}.`);
  if (status === 403) return fail('forbidden', `${NAME} denied the query${because}.`);
  // Aetos adds the project to every metric for accounts that may not see all, which leaves queries like ours invalid.
  if (hasOwnToken && status === 400 && /parse error/i.test(fault)) return fail('forbidden', OWN_PROJECT_ONLY);
  const error = readError(response);
  if (error) {
    const message = `${NAME} can't answer a query: ${error.errorType} (${shorten(error.error)}).`;
    return new SourceError('prometheus', 'query', message, { status, cause: error.error });
  }
  const kind = status === 400 || status === 422 ? 'query' : 'http';
  return fail(kind, `${NAME} returned ${status} for a query${reasonOf(response) ?? because}.`);
}

const OWN_PROJECT_ONLY = `${NAME} shows the account only its own project there: it needs the admin or service role.`;

const vectorSchema = z.object({ result: rowsOf(row) });
const matrixSchema = z.object({ result: rowsOf(z.object({ metric: labels, values: rowsOf(point) })) });
const tableSchema = z.object({
  status: z.literal('success'),
  data: z.object({ resultType: z.enum(['vector', 'matrix']), result: z.array(z.unknown()) }),
});

/** Checks rows in steps, since there can be thousands. */
async function readSuccess({ text, status }: HttpResponse, onLoss: ReadOptions['onLoss']): Promise<Data> {
  const json = parseText(text, { source: 'prometheus', what: 'a query', status });
  const table = tableSchema.safeParse(json).data?.data;
  const origin = {
    source: 'prometheus',
    what: 'a query',
    status,
    onLoss: (loss: Loss) => onLoss?.({ ...loss, row: nameRow(table?.result ?? [], loss.row) }),
  } as const;
  if (table === undefined) return checkShape(json, responseSchema, origin).data;
  const { resultType, result } = table;
  const data: Data =
    resultType === 'vector'
      ? { resultType, result: (await checkInSteps({ result }, vectorSchema, origin)).result }
      : { resultType, result: (await checkInSteps({ result }, matrixSchema, origin)).result };
  // Not one odd row, but another form than expected.
  if (data.result.length === 0 && result.length > 0) return checkShape(json, responseSchema, origin).data;
  return data;
}

const SHOWN_LABELS = ['job', 'instance', 'fqdn', 'uuid', 'resource'];

/** A row by its labels, since it has no name: "instance=10.0.0.7:9100". */
function nameRow(rows: unknown[], name: string): string {
  const found = rows[Number(/^row (\d+)$/.exec(name)?.[1]) - 1];
  const metric = isRecord(found) ? labels.safeParse(found.metric).data : undefined;
  const shown = SHOWN_LABELS.flatMap((label) => (metric?.[label] ? [`${label}=${metric[label]}`] : []));
  return shown.join(', ') || name;
}

const MAX_REASON = 160;

/** Prometheus's error message without the label values and addresses that it quotes. */
function shorten(reason: string): string {
  return reason
    .replace(/^invalid parameter "query": /, '')
    .replace(/\n.*/s, '')
    .replace(/\{[^{}]*\}/g, '{…}')
    .replace(/"[^"]*"?/g, '"…"')
    .replace(/\bhttps?:\/\/\S+/g, '(address)')
    .replace(/\[[\da-f:]+\](:\d+)?/gi, '(address)')
    .replace(/\b(?:[\w-]+(?:\.[\w-]+)+|[a-z][\w-]*(?=:\d))(?::\d+)?/gi, '(address)')
    .slice(0, MAX_REASON);
}

/** More than any host has in bytes, and small enough for exact sums. */
const MAX_VALUE = 2 ** 50;
/** Anything smaller counts as 0; as a divisor it would give absurd results. */
const MIN_VALUE = 1e-9;

/** Parses a value, which Prometheus sends as text. "NaN", "+Inf", "-Inf" and implausibly large values are null. */
export function parseValue(text: string): number | null {
  const value = Number(text);
  if (text.trim() === '' || !(Math.abs(value) <= MAX_VALUE)) return null;
  return Math.abs(value) < MIN_VALUE ? 0 : value;
}

/** null for values below zero, in measures that can't be negative. */
export const nonNegative = (value: number | null | undefined): number | null =>
  value === null || value === undefined || value < 0 ? null : value;

const toMs = (seconds: number): number => Math.round(seconds * 1000);

/** Samples to convert before yielding to the event loop. */
const STEP = 500;

/** @throws SourceError of kind `shape` for a matrix */
export async function toSamples(data: Data): Promise<Sample[]> {
  switch (data.resultType) {
    case 'vector': {
      const samples: Sample[] = [];
      for (const {
        metric,
        value: [at, value],
      } of data.result) {
        if (samples.length % STEP === 0) await yieldIfDue();
        samples.push({ labels: metric, value: parseValue(value), at: toMs(at) });
      }
      return samples;
    }
    case 'matrix':
      throw new SourceError('prometheus', 'shape', `${NAME} returned a matrix for an instant query.`);
    default:
      return [{ labels: {}, value: parseValue(data.result[1]), at: toMs(data.result[0]) }];
  }
}

/** @throws SourceError of kind `shape` for anything but a matrix */
export function toSeries(data: Data): RangeSeries[] {
  if (data.resultType !== 'matrix') {
    throw new SourceError('prometheus', 'shape', `${NAME} returned a ${data.resultType} for a range query.`);
  }
  return data.result.map(({ metric, values }) => ({
    labels: metric,
    points: values.map(([at, value]) => ({ at: toMs(at), value: parseValue(value) })),
  }));
}
