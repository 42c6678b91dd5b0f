import { z } from 'zod';
import { timestamp } from '../fields';
import { readingsSchema } from './readings';
import { reviewResultSchema, verdictSchema } from './verdicts';

/** GET /api/v1/compare: two plans, or a plan and a variant, side by side. */
const comparedMoveSchema = z
  .object({
    vm_id: z.string(),
    vm_name: z.string(),
    source: z.string().nullable(),
    left: z
      .string()
      .nullable()
      .meta({ description: 'Its host in the end; null if the scheduler will choose or it stays.' }),
    right: z.string().nullable(),
    left_verdict: verdictSchema.nullable(),
    right_verdict: verdictSchema.nullable(),
  })
  .meta({ id: 'ComparedMove' });

const sideSchema = z
  .object({
    audit_id: z.string(),
    audit_name: z.string(),
    plan_id: z.string(),
    plan_state: z.string(),
    created_at: timestamp(),
    changed: z.boolean().meta({ description: 'Whether this is a variant of the plan.' }),
    result: reviewResultSchema.pick({ verdict: true, counts: true, now: true, after: true, totals: true }),
  })
  .meta({ id: 'ComparedSide' });

export const comparisonSchema = z
  .object({
    left: sideSchema,
    right: sideSchema,
    moves: z.object({
      common: z.array(comparedMoveSchema).meta({ description: 'The same VM, to the same host.' }),
      differing: z.array(comparedMoveSchema).meta({ description: 'The same VM, to different hosts.' }),
      only_left: z.array(comparedMoveSchema),
      only_right: z.array(comparedMoveSchema),
    }),
    readings: readingsSchema,
  })
  .meta({ id: 'Comparison' });

export type ComparedMove = z.output<typeof comparedMoveSchema>;
export type ComparedMoves = z.output<typeof comparisonSchema>['moves'];
export type ComparedSide = z.output<typeof sideSchema>;
export type Comparison = z.output<typeof comparisonSchema>;
