import { z } from 'zod';
import { count, percentage, timestamp } from '../fields';
import { readingsSchema } from './readings';

/** What a plan promised and what it delivered: CPU of the hosts its moves touched. */
const deliveredHostSchema = z
  .object({
    host: z.string(),
    made: percentage().nullable().meta({ description: 'CPU when the plan was made.' }),
    promised: percentage()
      .nullable()
      .meta({ description: 'CPU when the plan was made, with the completed moves applied.' }),
    before: percentage().nullable().meta({ description: 'CPU before the first move.' }),
    after: percentage().nullable().meta({ description: 'Mean CPU in the window after the last move.' }),
    error: percentage().nullable().meta({ description: 'after − promised, in points.' }),
    disturbed: z.boolean().meta({
      description: 'Something else moved or changed VMs on this host in the meantime, so its error is not meaningful.',
    }),
    disturbances: z.array(z.string()).meta({ description: 'What disturbed it, one sentence each, the first 20.' }),
    change_error: percentage()
      .nullable()
      .meta({ description: '(after − before) − (promised − made), in points: excludes drift before the first move.' }),
  })
  .meta({ id: 'DeliveredHost' });

export const deliveredSchema = z
  .object({
    state: z.enum(['measured', 'disturbed', 'too-early', 'no-history', 'nothing-ran']),
    reason: z.string().nullable(),
    created_at: timestamp(),
    before_at: timestamp().nullable(),
    after_at: timestamp().nullable(),
    moves_done: count().meta({ description: 'Moves that took place, by Nova’s record.' }),
    moves_total: count(),
    moves_only_nova: count().meta({ description: 'Those of the moves done that Watcher does not count as done.' }),
    moves_running: count().meta({ description: 'Moves that Nova is still running.' }),
    unchecked: z
      .string()
      .nullable()
      .meta({ description: 'Why moves outside plans could not be ruled out; null if they were.' }),
    hosts: z.array(deliveredHostSchema),
    mean_error: percentage()
      .nullable()
      .meta({ description: 'Mean absolute error of the undisturbed hosts, in points.' }),
    mean_change_error: percentage().nullable(),
    worst: z.object({ host: z.string(), error: percentage() }).nullable(),
    spread: z
      .object({
        made: percentage().meta({ description: 'When the plan was made.' }),
        promised: percentage().meta({ description: 'When the plan was made, with all of its moves applied.' }),
        before: percentage().meta({ description: 'Before the first move.' }),
        after: percentage().meta({ description: 'After the last move.' }),
      })
      .nullable()
      .meta({
        description: 'Spread of CPU over the hosts that were measured throughout, in points; null if none was.',
      }),
  })
  .meta({ id: 'Delivered' });

const strategyRateSchema = z
  .object({
    strategy: z.string().nullable(),
    plans: count().meta({ description: 'Plans made in the last 30 days; all other numbers count among these.' }),
    no_change: count().meta({ description: 'Plans without actions: nothing to do.' }),
    waiting: count().meta({ description: 'Waiting for a decision, and not expired.' }),
    running: count().meta({ description: 'Running or in the queue.' }),
    done: count().meta({ description: 'Watcher calls them SUCCEEDED.' }),
    failed: count().meta({ description: 'Watcher calls them FAILED.' }),
    stopped: count().meta({ description: 'Cancelled after they had begun.' }),
    refused: count().meta({ description: 'Cancelled before they began.' }),
    replaced: count().meta({ description: 'Cancelled by the next run of their audit.' }),
    expired: count().meta({ description: 'Never started in time.' }),
    actions_done: count().meta({ description: 'Moves by what Nova made of them, other actions by Watcher’s state.' }),
    actions_failed: count().meta({ description: 'Failed, or interrupted with their plan.' }),
    actions_skipped: count().meta({ description: 'Skipped by a person or by Watcher.' }),
    measured: count().meta({
      description: 'Plans whose fall of the spread was measured and whose promise was large enough.',
    }),
    kept: count().meta({ description: 'Those that delivered at least 80% of the promised fall of the spread.' }),
  })
  .meta({ id: 'StrategyRate', description: 'How often the plans of a strategy come to something.' });

/** GET /api/v1/delivered: every executed plan that can be measured, and the mean error per strategy. */
export const deliveriesSchema = z
  .object({
    plans: z.array(
      z.object({
        audit_id: z.string(),
        audit_name: z.string(),
        plan_id: z.string(),
        strategy: z.string().nullable(),
        state: deliveredSchema.shape.state,
        created_at: timestamp(),
        moves_done: count(),
        mean_error: percentage().nullable(),
        mean_change_error: percentage().nullable(),
      }),
    ),
    strategies: z.array(
      z.object({
        strategy: z.string().nullable(),
        plans: count().meta({ description: 'Number of measured plans.' }),
        mean_error: percentage(),
        mean_change_error: percentage().nullable(),
      }),
    ),
    rates: z.array(strategyRateSchema).meta({ description: 'Strategies with the most plans first.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'Deliveries' });

export type DeliveredHost = z.output<typeof deliveredHostSchema>;
export type Delivered = z.output<typeof deliveredSchema>;
export type StrategyRate = z.output<typeof strategyRateSchema>;
export type Deliveries = z.output<typeof deliveriesSchema>;
