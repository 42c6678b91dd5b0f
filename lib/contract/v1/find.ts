import { z } from 'zod';
import { count } from '../fields';
import { readingsSchema } from './readings';

/** GET /api/v1/find/ */

const foundSchema = z
  .object({
    kind: z.enum(['vm', 'host', 'plan', 'audit', 'project']),
    id: z.string().meta({ description: 'UUID; of a host, its name.' }),
    audit_id: z.string().nullable().meta({ description: 'For a plan, the UUID of its audit; null for all others.' }),
    name: z.string(),
    text: z.string().meta({ description: 'What to know about it, in a line.' }),
  })
  .meta({ id: 'Found', description: 'Something with a page of its own.' });

export const findSchema = z
  .object({
    groups: z
      .array(
        z.object({
          kind: foundSchema.shape.kind,
          total: count().meta({ description: 'How many match.' }),
          items: z
            .array(foundSchema)
            .meta({ description: 'The first of them: exact names, then beginnings, then parts.' }),
        }),
      )
      .meta({ description: 'What matches, by kind; kinds without a match are left out.' }),
    searched: z
      .object({ vms: count(), hosts: count(), plans: count() })
      .meta({ description: 'How many were searched.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'FindAnswer', description: 'What is called like this, or has this id or address.' });

export type Found = z.output<typeof foundSchema>;
export type FindAnswer = z.output<typeof findSchema>;
