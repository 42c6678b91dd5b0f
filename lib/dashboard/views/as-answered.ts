import 'server-only';
import { z } from 'zod';

/**
 * A view with numbers rounded as in the API. That shortens the page by two thirds, and nothing changes when the browser
 * later updates the page from the API.
 */
export function asAnswered<S extends z.ZodType>(schema: S, view: z.output<S>): z.output<S> {
  return z.decode(schema, z.encode(schema, view));
}
