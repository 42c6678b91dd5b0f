import { z } from 'zod';
import { count, timestamp } from '../fields';
import { indicatorSchema } from './audits';
import { cautionSchema, explanationSchema } from './explanations';
import { readingsSchema } from './readings';

/** GET /api/v1/audits/{id}/plans: every plan of an audit, newest first. */
export const planEntrySchema = z
  .object({
    id: z.string(),
    state: z.string(),
    state_meaning: z.string(),
    status_message: z.string().nullable(),
    strategy: z.string().nullable(),
    created_at: timestamp(),
    updated_at: timestamp().nullable(),
    expires_at: timestamp().nullable().meta({ description: 'When a waiting plan expires; null for other plans.' }),
    replaced_by: z
      .object({ id: z.string(), created_at: timestamp() })
      .nullable()
      .meta({ description: 'The plan of the next run, which replaced this one.' }),
    action_counts: z
      .object({ total: count(), by_state: z.record(z.string(), count()), by_type: z.record(z.string(), count()) })
      .nullable()
      .meta({ description: 'null if its actions were not read; the review of the plan reads them.' }),
    migrations: count()
      .nullable()
      .meta({ description: "Number of migrations among its actions; Watcher's own number if they were not read." }),
    outcome: z.string().nullable().meta({ description: 'Result of an executed plan, judged by its actions.' }),
    explanation: explanationSchema.nullable(),
    cautions: z.array(cautionSchema).meta({ description: 'What to know before it is started; empty once it is over.' }),
    efficacy: z.array(indicatorSchema),
    global_efficacy: z.array(indicatorSchema),
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
        runs: count().meta({ description: 'Number of runs, counted by their plans; archived plans are not included.' }),
        interval: z.string().nullable(),
        last_run_at: timestamp().nullable(),
        next_run_at: timestamp().nullable(),
        migrations: count().nullable().meta({ description: 'Total proposed by all runs.' }),
        executed: count().meta({ description: 'Number of runs whose plan was started.' }),
      })
      .nullable()
      .meta({ description: 'For continuous audits.' }),
    plans: z.array(planEntrySchema),
    expiry_hours: count(),
    readings: readingsSchema,
  })
  .meta({ id: 'AuditPlans' });

export type PlanEntry = z.output<typeof planEntrySchema>;
export type AuditPlans = z.output<typeof auditPlansSchema>;
