import { z } from 'zod';

/** Small schemas that the services share. Times come out as milliseconds since the epoch. */

const NAIVE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/;

/** A time with an offset, or without one, which these services mean as UTC. */
export const time = () =>
  z.string().transform((text, context) => {
    const at = Date.parse(NAIVE.test(text) ? `${text}Z` : text);
    if (Number.isNaN(at)) {
      context.issues.push({ code: 'custom', input: text, message: 'not a time' });
      return z.NEVER;
    }
    return at;
  });

/** Absent and null mean the same: null. */
export const optionalTime = () =>
  time()
    .nullish()
    .transform((at) => at ?? null);
export const optionalText = () =>
  z
    .string()
    .nullish()
    .transform((text) => text ?? null);

/** The services keep counts and sizes as signed integers of 32 bits. */
const MOST = 2_147_483_647;
/** How many, or how much in the service's own unit. */
export const quantity = () => z.int().min(0).max(MOST);

/** Looks at the headers of several answers, and tells the service's own time in the first. */
export function firstDate(tell: ((at: number) => void) | undefined): (headers: Headers) => void {
  let first = true;
  return (headers) => {
    const at = Date.parse(headers.get('date') ?? '');
    if (first && Number.isFinite(at)) tell?.(at);
    first = false;
  };
}
