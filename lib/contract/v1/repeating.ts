import { z } from 'zod';
import { count, timestamp } from '../fields';
import { refusalSchema } from './acts';
import { readingsSchema } from './readings';

/** GET /api/v1/repeating-audits/: audits that run by themselves. */

const may = (what: string) => z.array(refusalSchema).meta({ description: `Why it can’t be ${what}; empty if it can.` });
const lines = (what: string) => z.array(z.string()).meta({ description: `What ${what} does, a sentence each.` });

const repeatingAuditSchema = z
  .object({
    audit_id: z.string(),
    name: z.string(),
    type: z.string(),
    strategy: z.string().nullable(),
    scope: z.string(),
    interval: z.string().nullable(),
    every: z.string().meta({ description: 'How often it runs, in words.' }),
    state: z.string(),
    standing: z.enum(['runs', 'first-run', 'on-call', 'suspended', 'dead', 'unreadable']).meta({
      description:
        'runs; first-run: its first run is to come; on-call: waits for its webhook; suspended; dead: it failed, and never runs again; unreadable: nobody can read its interval, and no other audit is taken up.',
    }),
    text: z.string().meta({ description: 'How it stands, in a sentence.' }),
    since: timestamp().nullable().meta({ description: 'Since when it is suspended or dead; null if it is neither.' }),
    next_run_at: timestamp().nullable(),
    overdue: z.boolean().meta({ description: 'Whether its next run should have begun by now.' }),
    last_run_at: timestamp().nullable().meta({ description: 'When its newest plan was made; null if it made none.' }),
    last: z.string().meta({ description: 'What its last run came to, in words.' }),
    runs: z.array(z.enum(['moves', 'nothing', 'failed'])).meta({
      description: 'What its last 20 plans were, oldest first. Runs that were left out because a plan ran made none.',
    }),
    auto_trigger: z.boolean(),
    started_lately: count().meta({ description: 'Its plans of the last 24 hours that ran.' }),
    suspend: may('suspended'),
    resume: may('resumed'),
    end: may('ended'),
    change: may('given another interval'),
    archive: may('archived'),
    ending: lines('ending it'),
    archiving: lines('archiving it'),
  })
  .meta({ id: 'RepeatingAudit', description: 'An audit that runs by itself, or by a webhook.' });

export const repeatingAuditsSchema = z
  .object({
    audits: z.array(repeatingAuditSchema).meta({ description: 'What needs attention first.' }),
    title: z.string().meta({ description: 'How they stand, in a sentence.' }),
    suspending: lines('suspending one'),
    resuming: lines('resuming one'),
    orphans: z
      .array(
        z.object({
          plan_id: z.string(),
          strategy: z.string().nullable(),
          created_at: timestamp(),
        }),
      )
      .meta({ description: 'Plans of archived audits that wait: they can still be started, with other tools.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'RepeatingAudits', description: 'Audits that run by themselves, and how they stand.' });

export type RepeatingAudit = z.output<typeof repeatingAuditSchema>;
export type RepeatingAudits = z.output<typeof repeatingAuditsSchema>;
