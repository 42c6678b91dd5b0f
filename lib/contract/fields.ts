import { z } from 'zod';

/**
 * The kinds of values in responses. A view holds exact numbers and times in milliseconds; `z.encode` with an endpoint's
 * schema turns it into the wire format. Rounding happens only here, and NaN and Infinity are rejected.
 */

/** Numbers above this have no decimals. */
const LARGE = 2 ** 53;

const rounded = (digits: number) => {
  const factor = 10 ** digits;
  // Adding 0 turns -0 into 0. Large numbers are kept as they are: multiplying them could overflow to Infinity.
  return z.number().overwrite((value) => (Math.abs(value) > LARGE ? value : Math.round(value * factor) / factor + 0));
};

/** A non-negative whole number. */
export const count = () => z.int().min(0);
/** A whole number that may be negative, such as the free part of an overcommitted resource. */
export const whole = () => rounded(0).meta({ type: 'integer' });
/** CPUs in use; one decimal. */
export const cores = () => rounded(1);
/** Percentage with one decimal; over 100 if a resource is allocated or projected beyond its capacity. */
export const percentage = () => rounded(1);
/** Percentage clamped to 0 to 100; one decimal. */
export const clampedPercentage = () =>
  z.number().overwrite((value) => Math.round(Math.min(100, Math.max(0, value)) * 10) / 10 + 0);
/** Ratio or mean; two decimals. */
export const ratio = () => rounded(2);
/** A number that consumers calculate with. Not rounded, so that they get the results that we show. */
export const exact = () => z.number();
/** Milliseconds since the epoch in a view, ISO 8601 in UTC on the wire. */
export const timestamp = () =>
  z.codec(z.iso.datetime(), z.number(), {
    decode: (text) => Date.parse(text),
    encode: (at) => new Date(at).toISOString(),
  });
/** For programs that poll. */
export const nextSince = () =>
  z.string().meta({
    description:
      '`since` for the next request, which lists what has changed after this answer. Made of a time and of marks; pass it on as it is.',
    examples: ['2026-01-31T08:00:00.000Z~Xb0c3nBq'],
  });
/** What Watcher says about an action, such as why it was skipped or failed. */
export const statusMessage = () =>
  z.string().nullable().meta({ description: 'Why it was skipped or failed, as Watcher says; null below API 1.5.' });
/** An array in a view, JSON text on the wire. */
export const jsonText = <T extends z.ZodType>(element: T, description: string) =>
  z.codec(z.string().meta({ contentMediaType: 'application/json', description }), z.array(element), {
    decode: (text, context) => {
      try {
        return JSON.parse(text);
      } catch {
        context.issues.push({ code: 'custom', input: text, message: 'not JSON' });
        return z.NEVER;
      }
    },
    encode: (value) => JSON.stringify(value),
  });
