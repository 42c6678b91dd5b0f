import { z } from 'zod';

/**
 * The kinds of value that answers are made of. A view holds exact numbers and times in milliseconds; `z.encode` with an
 * endpoint's schema turns it into the wire's form. Rounding happens here and nowhere else, and NaN or Infinity is refused.
 */

/** From here on numbers have no decimals. */
const LARGE = 2 ** 53;

const rounded = (digits: number) => {
  const factor = 10 ** digits;
  // Adding 0 turns -0 into 0. What is so large that it has no such digits stays, and would be infinite times the factor.
  return z.number().overwrite((value) => (Math.abs(value) > LARGE ? value : Math.round(value * factor) / factor + 0));
};

/** A whole number of things, never negative. */
export const count = () => z.int().min(0);
/** A whole number that may be below zero, such as what is free of an overcommitted resource. */
export const whole = () => rounded(0).meta({ type: 'integer' });
/** CPUs in use; one decimal. */
export const cores = () => rounded(1);
/** Percentage; over 100 where a resource is allocated or projected beyond its capacity; one decimal. */
export const percentage = () => rounded(1);
/** Percentage kept between 0 and 100; one decimal. */
export const clampedPercentage = () =>
  z.number().overwrite((value) => Math.round(Math.min(100, Math.max(0, value)) * 10) / 10 + 0);
/** Ratio or mean; two decimals. */
export const ratio = () => rounded(2);
/** An input that consumers compute with; three decimals. */
export const fine = () => rounded(3);
/** Milliseconds since the epoch inside, ISO 8601 in UTC on the wire. */
export const moment = () =>
  z.codec(z.iso.datetime(), z.number(), {
    decode: (text) => Date.parse(text),
    encode: (at) => new Date(at).toISOString(),
  });
/** An array inside, its JSON text on the wire. */
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
