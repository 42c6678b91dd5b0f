import { z } from 'zod';

/** Links beside a list of Nova. Only that there is a next page is taken from them, never where it is. */
export const linksSchema = z.array(z.object({ rel: z.string() })).optional();

export const hasNext = (links: z.output<typeof linksSchema>): boolean =>
  links?.some(({ rel }) => rel === 'next') ?? false;
