import { z } from 'zod';

/** RFC 9457. `source` names the service that has no good data left. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    source: z.string().optional(),
    parameter: z.string().optional().meta({ description: 'The query parameter that is wrong.' }),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problemSchema>;
