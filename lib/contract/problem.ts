import { z } from 'zod';

/** RFC 9457. `source` is the service that has no usable data left. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    source: z.string().optional(),
    parameter: z.string().optional().meta({ description: 'The invalid query parameter.' }),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problemSchema>;
