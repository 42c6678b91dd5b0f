import { z } from 'zod';
import { count, timestamp } from '../fields';

/** GET /api/v1/sources: the state of each service. */
const unreadableSchema = z
  .object({
    request: z.string().meta({ examples: ['servers/detail'] }),
    lost: z.enum(['row', 'field']).meta({ description: 'Whether the row is missing or only its field is null.' }),
    field: z.string().nullable(),
    count: count().meta({ description: 'Number of rows.' }),
    example: z.string().meta({ description: 'The first of these rows, and what is wrong with it.' }),
  })
  .meta({ id: 'Unreadable' });

const sourceSchema = z
  .object({
    name: z.string(),
    status: z.enum(['ok', 'error', 'mock']),
    message: z.string().nullable(),
    since: timestamp().nullable().meta({ description: 'When it started to fail.' }),
    checked_at: timestamp(),
    answered_at: timestamp().nullable().meta({ description: 'When it last responded correctly; null if never.' }),
    unreadable: z
      .array(unreadableSchema)
      .meta({ description: 'What it sent that can’t be read; everything else is used.' }),
  })
  .meta({ id: 'Source' });

export const sourcesSchema = z.object({ sources: z.array(sourceSchema) }).meta({ id: 'Sources' });

export type Unreadable = z.output<typeof unreadableSchema>;
export type SourceView = z.output<typeof sourceSchema>;
export type Sources = z.output<typeof sourcesSchema>;
