import { z } from 'zod';
import { orNull } from '../lenient';

/** Small schemas shared by the services. Times become milliseconds since the epoch. */

const NAIVE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/;

/** A time; these services mean UTC if there is no offset. */
export const time = () =>
  z.string().transform((text, context) => {
    const at = Date.parse(NAIVE.test(text) ? `${text}Z` : text);
    if (Number.isNaN(at)) {
      context.issues.push({ code: 'custom', input: text, message: 'not a time' });
      return z.NEVER;
    }
    return at;
  });

/** Null if absent, null or unreadable. */
export const optionalTime = () => orNull(time());
export const optionalText = () => orNull(z.string());

/** The services store counts and sizes as signed 32-bit integers. */
const MAX_INT32 = 2_147_483_647;
/** A count, or an amount in the service's own unit. */
export const quantity = () => z.int().min(0).max(MAX_INT32);

/** Reports the service's time from the first of several responses. */
export function firstDate(report: ((at: number) => void) | undefined): (headers: Headers) => void {
  let first = true;
  return (headers) => {
    const at = Date.parse(headers.get('date') ?? '');
    if (first && Number.isFinite(at)) report?.(at);
    first = false;
  };
}
