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
    standing: z.enum(['runs', 'first-run', 'on-call', 'suspended', 'dead', 'unreadable', 'returns']).meta({
      description:
        'runs; first-run: its first run is to come; on-call: waits for its webhook; suspended; dead: it failed, and never runs again; unreadable: Watcher can’t read its interval, and takes up no new audit; returns: somebody set it to SUCCEEDED, and Watcher runs it again all the same.',
    }),
    text: z.string().meta({ description: 'How it stands, in a sentence.' }),
    since: timestamp().nullable().meta({ description: 'Since when it is suspended or dead; null if it is neither.' }),
    suspended: z
      .object({
        by: z.enum(['here', 'outside', 'unknown']).meta({
          description:
            'here: a person did it from here; outside: with another tool; unknown: the journal can’t be read, or does not go back that far.',
        }),
        person: z.string().nullable().meta({ description: 'Who suspended it; null unless that was here.' }),
        reason: z.string().nullable().meta({ description: 'As that person gave it; null unless that was here.' }),
        at: timestamp().nullable().meta({ description: 'When; null unless that was here.' }),
      })
      .nullable()
      .meta({ description: 'Who suspended it, when and why; null if it is not suspended.' }),
    next_run_at: timestamp().nullable(),
    overdue: z.boolean().meta({ description: 'Whether its next run should have begun by now.' }),
    last_run_at: timestamp().nullable().meta({ description: 'When its newest plan was made; null if it made none.' }),
    last: z.string().meta({ description: 'What its last run came to, in words.' }),
    runs: z.array(z.enum(['moves', 'nothing', 'failed'])).meta({
      description: 'What its last 20 plans were, oldest first. Runs that were left out because a plan ran made none.',
    }),
    auto_trigger: z.boolean(),
    started_lately: count().meta({ description: 'Its plans of the last 24 hours that ran.' }),
    moved: z
      .object({
        vms: count().meta({ description: 'VMs that its plans have moved in the last 24 hours.' }),
        back: count().meta({ description: 'Those of them that went to a host that they had been moved away from.' }),
      })
      .nullable()
      .meta({ description: 'For audits that start plans: what these moved; null for others, and if it is unknown.' }),
    moved_reason: z.string().nullable().meta({ description: 'Why what was moved is unknown; null if it is known.' }),
    suspend: may('suspended'),
    resume: may('resumed'),
    end: may('ended'),
    ask: may('made to ask before its plans start'),
    change: may('given another interval'),
    archive: may('archived'),
    ending: lines('ending it'),
    asking: lines('having it ask'),
    replacement: z.string().meta({ description: 'A free name, for an audit like it.' }),
    archiving: lines('archiving it'),
  })
  .meta({ id: 'RepeatingAudit', description: 'An audit that runs by itself, or by a webhook.' });

export const repeatingAuditsSchema = z
  .object({
    audits: z.array(repeatingAuditSchema).meta({ description: 'What needs attention first.' }),
    title: z.string().meta({ description: 'What is grave about them, in a sentence.' }),
    summary: z.string().meta({ description: 'How many run, are suspended, and so on; empty without any.' }),
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
    left: z
      .array(
        z.object({
          plan_id: z.string(),
          audit_id: z.string(),
          audit_name: z.string(),
          audit_state: z.string().meta({ description: 'State of the audit as Watcher spells it.' }),
          created_at: timestamp(),
        }),
      )
      .meta({ description: 'Plans of repeating audits that are over: they wait, and can still be started.' }),
    blocked_by: z.array(z.string()).meta({
      description:
        'Names of audits whose interval Watcher can’t read: it takes up no new repeating audit until they are ended or have another.',
    }),
    readings: readingsSchema,
  })
  .meta({ id: 'RepeatingAudits', description: 'Audits that run by themselves, and how they stand.' });

export type RepeatingAudit = z.output<typeof repeatingAuditSchema>;
export type RepeatingAudits = z.output<typeof repeatingAuditsSchema>;
