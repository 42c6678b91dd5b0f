import { z } from 'zod';
import { count, moment, percentage } from '../fields';
import { readingsSchema } from './readings';

/** What a plan promised and what came of it: CPU of the hosts that its moves touched. */
export const deliveredHostSchema = z
  .object({
    host: z.string(),
    made: percentage().nullable().meta({ description: 'When the plan was made.' }),
    promised: percentage()
      .nullable()
      .meta({ description: 'When the plan was made, with the moves that were carried out.' }),
    before: percentage().nullable().meta({ description: 'Before the first move.' }),
    after: percentage().nullable().meta({ description: 'After the last move, the mean of the window that follows.' }),
    error: percentage().nullable().meta({ description: 'after − promised, points.' }),
    disturbed: z
      .boolean()
      .meta({ description: 'Moves of other plans came to it or left it meanwhile: its error says nothing.' }),
    change_error: percentage()
      .nullable()
      .meta({ description: '(after − before) − (promised − made), points: without what the load did meanwhile.' }),
  })
  .meta({ id: 'DeliveredHost' });

export const deliveredSchema = z
  .object({
    state: z.enum(['measured', 'disturbed', 'too-early', 'no-history', 'nothing-ran']),
    reason: z.string().nullable(),
    made_at: moment(),
    before_at: moment().nullable(),
    after_at: moment().nullable(),
    moves_done: count(),
    moves_total: count(),
    hosts: z.array(deliveredHostSchema),
    mean_error: percentage()
      .nullable()
      .meta({ description: 'Mean of the errors’ sizes over the hosts that are not disturbed, points.' }),
    mean_change_error: percentage().nullable(),
    worst: z.object({ host: z.string(), error: percentage() }).nullable(),
  })
  .meta({ id: 'Delivered' });

/** GET /api/v1/delivered: every executed plan that can be measured, and the mean error of each strategy. */
export const deliveriesSchema = z
  .object({
    plans: z.array(
      z.object({
        audit_id: z.string(),
        audit: z.string(),
        plan_id: z.string(),
        strategy: z.string().nullable(),
        state: deliveredSchema.shape.state,
        created_at: moment(),
        moves_done: count(),
        mean_error: percentage().nullable(),
        mean_change_error: percentage().nullable(),
      }),
    ),
    strategies: z.array(
      z.object({
        strategy: z.string().nullable(),
        plans: count().meta({ description: 'Measured ones.' }),
        mean_error: percentage(),
        mean_change_error: percentage().nullable(),
      }),
    ),
    readings: readingsSchema,
  })
  .meta({ id: 'Deliveries' });

export type DeliveredHost = z.output<typeof deliveredHostSchema>;
export type Delivered = z.output<typeof deliveredSchema>;
export type Deliveries = z.output<typeof deliveriesSchema>;
