import { z } from 'zod';

/** Links next to a list. They only show whether there is a next page; their addresses are never used. */
export const linksSchema = z.array(z.object({ rel: z.unknown().optional() })).nullish();

export const hasNext = (links: z.output<typeof linksSchema>): boolean =>
  links?.some(({ rel }) => rel === 'next') ?? false;
