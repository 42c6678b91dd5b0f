import { z } from 'zod';
import { count, moment } from '../fields';
import { explanationSchema } from './explanations';
import { readingsSchema } from './readings';

/** GET /api/v1/audits/{id}/plans: every plan of an audit, newest first. */
const indicator = z.object({
  name: z.string(),
  description: z.string().nullable(),
  unit: z.string().nullable(),
  value: z.number().nullable(),
});

export const planEntrySchema = z
  .object({
    id: z.string(),
    state: z.string(),
    state_meaning: z.string(),
    status_message: z.string().nullable(),
    strategy: z.string().nullable(),
    created_at: moment(),
    updated_at: moment().nullable(),
    expires_at: moment().nullable().meta({ description: 'When Watcher lets a waiting plan lapse; null for others.' }),
    replaced_by: z
      .object({ id: z.string(), created_at: moment() })
      .nullable()
      .meta({ description: 'The plan of the next run, which cancelled this one.' }),
    actions: z
      .object({ total: count(), by_state: z.record(z.string(), count()), by_type: z.record(z.string(), count()) })
      .nullable()
      .meta({ description: 'null where its actions were not read; the review of the plan reads them.' }),
    migrations: count()
      .nullable()
      .meta({ description: 'Of its actions; where they were not read, as Watcher tells it.' }),
    outcome: z.string().nullable().meta({ description: 'What became of an executed plan, judged by its actions.' }),
    explanation: explanationSchema.nullable(),
    efficacy: z.array(indicator),
    global_efficacy: z.array(indicator),
  })
  .meta({ id: 'PlanEntry' });

export const auditPlansSchema = z
  .object({
    audit: z.object({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      state: z.string(),
      state_meaning: z.string(),
      goal: z.string(),
      strategy: z.string().nullable(),
    }),
    explanation: explanationSchema.nullable(),
    series: z
      .object({
        runs: count().meta({ description: 'Plans that are not archived: each run makes one.' }),
        every: z.string().nullable(),
        last_run_at: moment().nullable(),
        next_run_at: moment().nullable(),
        migrations: count().nullable().meta({ description: 'Proposed by all runs together.' }),
        executed: count().meta({ description: 'Runs whose plan was started.' }),
      })
      .nullable()
      .meta({ description: 'Of a continuous audit.' }),
    plans: z.array(planEntrySchema),
    expiry_hours: count(),
    readings: readingsSchema,
  })
  .meta({ id: 'AuditPlans' });

export type PlanEntry = z.output<typeof planEntrySchema>;
export type AuditPlans = z.output<typeof auditPlansSchema>;
