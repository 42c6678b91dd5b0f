import { z } from 'zod';
import { moment } from '../fields';

/** GET /api/v1/sources: each service by itself. */
export const sourceSchema = z
  .object({
    name: z.string(),
    status: z.enum(['ok', 'error', 'mock']),
    message: z.string().nullable(),
    since: moment().nullable().meta({ description: 'Since when it fails.' }),
    checked_at: moment(),
    answered_at: moment().nullable().meta({ description: 'When it last answered as it should; null if never.' }),
  })
  .meta({ id: 'Source' });

export const sourcesSchema = z.object({ sources: z.array(sourceSchema) }).meta({ id: 'Sources' });

export type SourceView = z.output<typeof sourceSchema>;
export type Sources = z.output<typeof sourcesSchema>;
