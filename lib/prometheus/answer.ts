import { z } from 'zod';
import { SOURCE_NAMES, SourceError } from '../errors';
import type { HttpResponse } from '../http';
import { checkInSteps, checkShape, parseText } from '../shape';
import { yieldNow } from '../yield';
import type { RangeSeries, Sample } from './records';

/** https://prometheus.io/docs/prometheus/latest/querying/api/ */
/** Seconds since the epoch, as far as there are dates. */
const point = z.tuple([z.number().min(0).max(8.64e12), z.string()]);
const labels = z.record(z.string(), z.string());
const row = z.object({ metric: labels, value: point });
const answerSchema = z.object({
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

export type Data = z.output<typeof answerSchema>['data'];

const NAME = SOURCE_NAMES.prometheus;

/** Whether it is the API that refuses, not something in front of it. */
export const isApiError = (answer: HttpResponse): boolean => readError(answer) !== null;

function readError(answer: HttpResponse): z.output<typeof errorSchema> | null {
  try {
    return errorSchema.safeParse(JSON.parse(answer.text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * The data of an answer. 200 with `warnings` or `infos` is a success.
 *
 * @throws SourceError: unauthorized, forbidden, query (refused or failed), http, shape
 */
export async function readData(answer: HttpResponse): Promise<Data> {
  const { status } = answer;
  if (status >= 200 && status < 300) return readSuccess(answer);
  if (status === 401)
    throw new SourceError('prometheus', 'unauthorized', `${NAME} refuses the credentials.`, { status });
  if (status === 403) throw new SourceError('prometheus', 'forbidden', `${NAME} refuses the query.`, { status });
  const error = readError(answer);
  if (error) {
    const message = `${NAME} can't answer a query: ${error.errorType} (${shorten(error.error)}).`;
    throw new SourceError('prometheus', 'query', message, { status, cause: error.error });
  }
  const kind = status === 400 || status === 422 ? 'query' : 'http';
  throw new SourceError('prometheus', kind, `${NAME} answered a query with status ${status}.`, { status });
}

const rowsSchema = z.object({ result: z.array(row) });
const vectorSchema = z.object({
  status: z.literal('success'),
  data: z.object({ resultType: z.literal('vector'), result: z.unknown() }),
});

/** A vector may have thousands of rows. */
async function readSuccess({ text, status }: HttpResponse): Promise<Data> {
  const origin = { source: 'prometheus', what: 'a query', status } as const;
  const json = parseText(text, origin);
  const vector = vectorSchema.safeParse(json);
  if (!vector.success) return checkShape(json, answerSchema, origin).data;
  const { result } = await checkInSteps({ result: vector.data.data.result }, rowsSchema, origin);
  return { resultType: 'vector', result };
}

const MAX_REASON = 160;

/** What Prometheus complains of, without the label values and addresses that its sentences quote. */
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

/** Bytes of a host are less, and sums of what is less stay exact. */
const MOST = 2 ** 50;
/** Less than a billionth of a core, a byte or a share is none; divided by, it would be all there is. */
const LEAST = 1e-9;

/** Values travel as text; "NaN", "+Inf" and "-Inf" are null, as what no host has: no number to show. */
export function parseValue(text: string): number | null {
  const value = Number(text);
  if (text.trim() === '' || !(Math.abs(value) <= MOST)) return null;
  return Math.abs(value) < LEAST ? 0 : value;
}

/** Where less than none makes no sense; null: no number to show. */
export const atLeastNone = (value: number | null | undefined): number | null =>
  value === null || value === undefined || value < 0 ? null : value;

const toMs = (seconds: number): number => Math.round(seconds * 1000);

/** Fewer are made over in one go. */
const MANY = 500;

/** @throws SourceError of kind `shape` for a matrix */
export async function toSamples(data: Data): Promise<Sample[]> {
  switch (data.resultType) {
    case 'vector':
      if (data.result.length > MANY) await yieldNow();
      return data.result.map(({ metric, value: [at, value] }) => ({
        labels: metric,
        value: parseValue(value),
        at: toMs(at),
      }));
    case 'matrix':
      throw new SourceError('prometheus', 'shape', `${NAME} answered an instant query with a matrix.`);
    default:
      return [{ labels: {}, value: parseValue(data.result[1]), at: toMs(data.result[0]) }];
  }
}

/** @throws SourceError of kind `shape` for anything but a matrix */
export function toSeries(data: Data): RangeSeries[] {
  if (data.resultType !== 'matrix') {
    throw new SourceError('prometheus', 'shape', `${NAME} answered a range query with a ${data.resultType}.`);
  }
  return data.result.map(({ metric, values }) => ({
    labels: metric,
    points: values.map(([at, value]) => ({ at: toMs(at), value: parseValue(value) })),
  }));
}
