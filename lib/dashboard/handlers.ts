import 'server-only';
import type { z } from 'zod';
import { type ReadingSet, takeReadings } from './collect/reading-set';
import type { ReadingName } from './collect/reading-values';
import { checkQuery } from './http/check-query';
import { encodePieces, type Streamed } from './http/encode';
import { RequestError } from './http/problems';
import { type Answer, serve } from './http/serve';
import type { RegionId } from './process/region';
import { qualityOf } from './views/quality';

/** How endpoints answer, whatever they answer. */

type Context = { params: Promise<Record<string, string>> };
export type Handler = (request: Request, context: Context) => Promise<Response>;

type Endpoint<A extends z.ZodType, Q extends z.ZodObject> = { answer: A; query: Q };
type Asked<Q extends z.ZodObject> = { region: RegionId; query: z.output<Q>; params: Record<string, string> };
type Made<A extends z.ZodType> = {
  view: Streamed<z.output<A>>;
  /** Sent instead of the view. */
  file?: Pick<Answer, 'body' | 'contentType' | 'headers'>;
} & Pick<Answer, 'quality' | 'total' | 'isCurrent'>;

/** The GET handler of an endpoint: checks the query, makes the answer, encodes it by its contract. */
export function handler<A extends z.ZodType, Q extends z.ZodObject>(
  endpoint: Endpoint<A, Q>,
  make: (asked: Asked<Q>) => Promise<Made<A>>,
): Handler {
  return async (request, context) => {
    const params = await context.params;
    return serve(request, async (region) => {
      const query = checkQuery(endpoint.query, request);
      const { view, file, ...made } = await make({ region, query, params });
      return { body: encodePieces(endpoint.answer, view), ...made, ...file };
    });
  };
}

/**
 * What an answer is made from. `partial`: during the very first reading, answers have what is known so far. `kept`: it
 * is made from these readings and nothing else, so it stays the same for as long as they do.
 */
type Needs = { names: readonly ReadingName[]; partial?: boolean; kept?: boolean };

/** The same for an answer made from readings, whose quality it has. `unknown`: names of numbers that are not known. */
export function fromReadings<A extends z.ZodType, Q extends z.ZodObject>(
  endpoint: Endpoint<A, Q>,
  { names, partial, kept }: Needs,
  make: (readings: ReadingSet, asked: Asked<Q>) => Awaitable<Made<A> & { unknown?: string[] }>,
): Handler {
  return handler(endpoint, async (asked) => {
    const readings = await takeReadings(asked.region, names, { partial });
    const { unknown = [], ...made } = await make(readings, asked);
    return { quality: qualityOf(readings, unknown), isCurrent: kept ? readings.isCurrent : undefined, ...made };
  });
}

type Awaitable<T> = T | Promise<T>;

/** @throws RequestError if there is no such thing */
export function found<T>(view: T | null | undefined, message: string): T {
  if (view === null || view === undefined) throw new RequestError('not-found', message);
  return view;
}
