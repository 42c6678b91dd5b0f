import { z } from 'zod';
import { count, percentage, timestamp } from '../fields';
import { hotTimesSchema, outTimeSchema } from './out-times';
import { readingsSchema } from './readings';

/** GET /api/v1/activity/: what happened in the region lately, on one axis of time. */

const moveSchema = z
  .object({
    at: timestamp().meta({ description: 'When it began.' }),
    vm_id: z.string(),
    vm_name: z.string().nullable().meta({ description: 'null if the VM is gone.' }),
    source: z.string().nullable(),
    destination: z.string().nullable().meta({ description: 'null if Nova had not chosen one.' }),
    result: z.enum(['moved', 'failed', 'cancelled', 'running', 'unknown']).meta({
      description: 'By Nova’s record; unknown: a state that is not known here.',
    }),
    audit_name: z
      .string()
      .nullable()
      .meta({ description: 'Name of the audit whose plan moved it; null if no plan did.' }),
    audit_id: z.string().nullable(),
    plan_id: z.string().nullable(),
  })
  .meta({ id: 'ActivityMove', description: 'A move of a VM in Nova’s record, no matter who asked for it.' });

const auditRunSchema = z
  .object({
    at: timestamp(),
    audit_id: z.string(),
    audit_name: z.string(),
    outcome: z.enum(['proposed', 'nothing', 'failed']).meta({
      description: 'proposed: a plan with actions. nothing: a plan without. failed: the audit failed.',
    }),
  })
  .meta({ id: 'ActivityAudit', description: 'What a run of an audit came to.' });

const planSchema = z
  .object({
    audit_id: z.string(),
    audit_name: z.string(),
    plan_id: z.string(),
    plan_state: z.string(),
    created_at: timestamp(),
    began_at: timestamp()
      .nullable()
      .meta({ description: 'When its first move began; null if none did, or it is unknown.' }),
    ended_at: timestamp().nullable().meta({ description: 'null while it waits or runs.' }),
    failed: z.boolean().meta({ description: 'Whether the plan or one of its moves failed.' }),
  })
  .meta({ id: 'ActivityPlan', description: 'A plan that waited or ran in this time.' });

const hostChangeSchema = z
  .object({
    at: timestamp(),
    host: z.string(),
    change: z.enum(['closed', 'opened']),
    person: z.string().meta({ description: 'Who did it.' }),
    reason: z.string().meta({ description: 'Why, in this person’s words.' }),
  })
  .meta({ id: 'ActivityHost', description: 'A host that was closed or opened from here.' });

export const activitySchema = z
  .object({
    from: timestamp(),
    until: timestamp(),
    title: z.string().meta({ description: 'What moved, in a sentence.' }),
    counts: z.object({
      moved: count().meta({ description: 'VMs that moved.' }),
      failed: count().meta({ description: 'Moves that failed.' }),
      moved_back: count().meta({ description: 'VMs that came back to a host that they had left within a day.' }),
    }),
    moves: z.array(moveSchema).meta({ description: 'The newest first, at most 2,000.' }),
    moves_since: timestamp().nullable().meta({ description: 'Earlier moves are not known; null if none are known.' }),
    moves_reason: z.string().nullable().meta({ description: 'Why moves are missing; null if none are.' }),
    plans_since: timestamp().nullable().meta({
      description:
        'So many plans have run that not all are read: a move before this time may be that of a plan although none is named. null if all of the last seven days are.',
    }),
    audits: z.array(auditRunSchema).meta({ description: 'The newest first.' }),
    plans: z.array(planSchema).meta({ description: 'The newest first.' }),
    hosts: z.array(hostChangeSchema).meta({ description: 'The newest first.' }),
    out_of_service: z.array(outTimeSchema).meta({
      description:
        'When hosts were out of service, the oldest first, at most 200. That a host was closed, opened or down elsewhere is known only while it lasts: Nova keeps no record of it.',
    }),
    hot_hosts: z.array(hotTimesSchema).meta({
      description: 'Hosts that were hot, those that were so the longest first, at most 20. Empty without the load.',
    }),
    hot_hosts_total: count().meta({ description: 'How many hosts were hot at any time.' }),
    load: z
      .array(
        z.object({
          at: timestamp(),
          spread: percentage().meta({ description: 'Spread of CPU over the hosts, in points.' }),
          hot: count().meta({ description: 'Hosts whose CPU was at or above the hot limit.' }),
        }),
      )
      .meta({ description: 'The oldest first; times at which less than 90% of the hosts were measured are missing.' }),
    load_reason: z.string().nullable().meta({ description: 'Why the load over time is unknown; null if it is known.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'Activity', description: 'What happened in the region lately.' });

export type Activity = z.output<typeof activitySchema>;
export type ActivityMove = z.output<typeof moveSchema>;
