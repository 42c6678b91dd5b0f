import { z } from 'zod';
import { timestamp } from '../fields';

/** What became of a move in Nova, whatever Watcher says about its action. */
const happenedSchema = z
  .object({
    result: z.enum(['moved', 'failed', 'cancelled', 'running', 'never-started', 'unknown']).meta({
      description: 'Of the move in Nova. unknown: neither Nova’s record nor the VM’s place shows it.',
    }),
    evidence: z.enum(['migration', 'no-migration', 'place', 'watcher']).nullable().meta({
      description:
        'What shows it: a migration in Nova’s list, its absence from a complete list, the host that Nova has the VM on, or only Watcher’s state; null if unknown.',
    }),
    started_at: timestamp().nullable().meta({ description: 'When Nova began it.' }),
    ended_at: timestamp().nullable().meta({ description: 'When Nova ended it; null if it runs, or if unknown.' }),
    destination: z.string().nullable().meta({ description: 'The host that Nova moved the VM to, if it did.' }),
    migration_id: z.string().nullable().meta({ description: 'The UUID of the migration in Nova.' }),
    differs: z.boolean().meta({ description: 'Whether it is certain that Watcher’s state says something else.' }),
    text: z.string().meta({ description: 'In a sentence: "Watcher says ONGOING; Nova finished it at …".' }),
  })
  .meta({ id: 'Happened' });

export const happened = () =>
  happenedSchema.nullable().meta({ description: 'null for what is no move, and for a move that has not begun.' });

export type Happened = z.output<typeof happenedSchema>;
