import { z } from 'zod';
import { timestamp } from '../fields';

/** GET /api/v1/sources: the state of each service. */
const sourceSchema = z
  .object({
    name: z.string(),
    status: z.enum(['ok', 'error', 'mock']),
    message: z.string().nullable(),
    since: timestamp().nullable().meta({ description: 'When it started to fail.' }),
    checked_at: timestamp(),
    answered_at: timestamp().nullable().meta({ description: 'When it last responded correctly; null if never.' }),
  })
  .meta({ id: 'Source' });

export const sourcesSchema = z.object({ sources: z.array(sourceSchema) }).meta({ id: 'Sources' });

export type SourceView = z.output<typeof sourceSchema>;
export type Sources = z.output<typeof sourcesSchema>;
