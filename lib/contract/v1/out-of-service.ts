import { z } from 'zod';
import { count, timestamp } from '../fields';

/** GET /api/v1/out-of-service: what the list of hosts out of service leaves out. */

const backSchema = z
  .object({
    host: z.string(),
    closed_at: timestamp()
      .nullable()
      .meta({ description: 'When it was closed here; null if it was closed elsewhere.' }),
    closed_by: z.string().nullable().meta({ description: 'Who closed it; null as above.' }),
    reason: z.string().nullable().meta({ description: 'Why; the reason that Nova had if it was closed elsewhere.' }),
    opened_at: timestamp().meta({ description: 'When it was opened again.' }),
    opened_by: z.string().meta({ description: 'Who opened it, from the journal.' }),
    moved: count().nullable().meta({ description: 'VMs that a careful run moved off it; null without one.' }),
    moved_from: timestamp().nullable().meta({ description: 'When that run began; null without one.' }),
    moved_until: timestamp().nullable().meta({ description: 'When its last step had ended; null if none has.' }),
    surprises: z.array(z.string()).meta({ description: 'What did not go as VMs usually do, a few words each.' }),
  })
  .meta({ id: 'BackInService', description: 'A host that was opened here after it was out of service.' });

const storySchema = z
  .object({
    host: z.string(),
    events: z
      .array(
        z.object({
          at: timestamp().nullable().meta({ description: 'null if nobody knows.' }),
          kind: z.enum(['started', 'closed', 'ended', 'since']),
          text: z.string(),
        }),
      )
      .meta({ description: 'What happened, in order.' }),
  })
  .meta({ id: 'LeftBehindStory', description: 'How a plan of Watcher left a host disabled.' });

export const outMoreSchema = z
  .object({
    left_behind: z.array(storySchema).meta({ description: 'Of hosts whose plan is known.' }),
    back: z.array(backSchema).meta({ description: 'Of the last 30 days, newest first; at most 50.' }),
    kept: z.boolean().meta({ description: 'Whether this server has a journal, from which `back` comes.' }),
  })
  .meta({ id: 'OutOfServiceMore', description: 'How hosts were left behind, and those that are back in service.' });

export type OutMore = z.output<typeof outMoreSchema>;
