import { z } from 'zod';

/** What a query parameter allows, in a sentence: for people who got it wrong. */

type Allowed = { enum?: unknown[]; type?: unknown; minimum?: unknown; maximum?: unknown; format?: unknown };

/** @returns the rest of a sentence that begins with the name of the parameter */
export function describeAllowed(schema: z.ZodType): string {
  const { enum: values, type, minimum, maximum, format }: Allowed = z.toJSONSchema(schema, { io: 'input' });
  if (values) return `must be ${oneOf(values.map(String))}`;
  if (format === 'date-time') return 'must be a time in ISO 8601, such as 2026-01-31T08:00:00Z';
  if (type !== 'integer') return 'must not be empty';
  const isBounded = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER;
  return `must be a whole number ${isBounded ? `from ${minimum} to ${maximum}` : `of at least ${minimum}`}`;
}

const oneOf = (values: string[]): string =>
  values.length < 2 ? values.join() : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;

/** What the parameters of an endpoint are, for a request that used another one. */
export function describeParameters({ shape }: z.ZodObject): string {
  const names = Object.keys(shape);
  return names.length === 0 ? 'It has no parameters.' : `Its parameters are ${names.join(', ')}.`;
}
