import 'server-only';
import { z } from 'zod';

/**
 * A view with the numbers that the API would give: rounded, and so a third of the letters in a page; and the same as the
 * answer that brings the page up to date later, so that nothing moves by a digit that nobody sees.
 */
export function asAnswered<S extends z.ZodType>(schema: S, view: z.output<S>): z.output<S> {
  return z.decode(schema, z.encode(schema, view));
}
