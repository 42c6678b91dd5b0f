import 'server-only';
import type { z } from 'zod';
import { REGION_PARAMETER } from '@/lib/contract/choices';
import { isOpenQuery } from '@/lib/contract/query';
import { describeAllowed, describeParameters } from '@/lib/contract/query-words';
import { RequestError } from './problems';

/**
 * The query of a request.
 *
 * @throws RequestError naming the wrong parameter and what it allows
 */
export function checkQuery<Q extends z.ZodObject>(schema: Q, request: Request): z.output<Q> {
  const { search, searchParams } = new URL(request.url);
  if (isOpenQuery(schema)) return schema.parse({});
  refuseMalformed(search);
  const seen = new Set<string>();
  for (const name of searchParams.keys()) {
    if (!Object.hasOwn(schema.shape, name) && name !== REGION_PARAMETER)
      throw wrong(name, `This endpoint has no parameter ${JSON.stringify(name)}. ${describeParameters(schema)}`);
    if (seen.has(name)) throw wrong(name, `The parameter ${name} is given more than once.`);
    seen.add(name);
  }
  // Every endpoint has it, and it was read before (region-of-request.ts).
  const given = Object.fromEntries([...searchParams].filter(([name]) => name !== REGION_PARAMETER));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0]);
  // A rule of our own has its own sentence.
  if (issue?.code === 'custom') throw wrong(name, issue.message);
  if (!seen.has(name)) throw wrong(name, `The parameter ${name} is required.`);
  throw wrong(name, `The parameter ${name} ${describeAllowed(schema.shape[name])}.`);
}

const wrong = (name: string, sentence: string) => new RequestError('invalid-parameter', sentence, name);

/** For names that only the cloud knows. @throws RequestError naming those that it has */
export function requireKnown(parameter: string, given: string | undefined, known: string[]): void {
  const isKnown = given === undefined || known.some((name) => name.toLowerCase() === given.toLowerCase());
  if (!isKnown) throw wrong(parameter, `The parameter ${parameter} must be one of ${known.join(', ')}.`);
}

/** What has changed is listed from the first change on. @throws RequestError */
export function requireNoOffset({ since, offset }: { since?: string; offset: number }): void {
  if (since !== undefined && offset > 0)
    throw wrong('offset', 'The parameter offset does not go with since: ask again with `next_since` of the answer.');
}

/** URLSearchParams would take the percent sign of `%ZZ` literally, and replace bytes that are no UTF-8. */
function refuseMalformed(search: string): void {
  try {
    decodeURIComponent(search);
  } catch {
    throw new RequestError('malformed-address', MALFORMED);
  }
}

export const MALFORMED = 'The address has a percent sign that is not part of valid percent-encoded UTF-8.';
