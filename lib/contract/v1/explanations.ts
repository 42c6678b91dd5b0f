import { z } from 'zod';

/** Why an audit or plan produced nothing, or something unexpected: the cause, the evidence and what to do next. */
export const explanationSchema = z
  .object({
    code: z.enum([
      'actions-skipped',
      'another-plan-ran',
      'cancelled',
      'continuous-dead',
      'engine-down',
      'engine-busy',
      'applier-down',
      'ended',
      'expired',
      'failed',
      'failed-silent',
      'left-behind',
      'left-over',
      'no-plan',
      'nothing-to-do',
      'overdue',
      'parameters',
      'plan-failed',
      'replaced',
      'running-long',
      'start-pending',
      'starts-later',
      'strategy-lacks',
      'succeeded-with-failures',
      'suspended',
      'test-only',
      'waits-for-event',
      'waits-for-plan',
    ]),
    cause: z.string(),
    certain: z.boolean().meta({ description: 'false if this is inferred and other causes are possible.' }),
    evidence: z.array(z.string()),
    next: z.string().meta({ description: 'What to do about it.' }),
  })
  .meta({ id: 'Explanation' });

/** What to know about a plan before it is started. */
export const cautionSchema = z
  .object({
    code: z.enum(['ignores-exclusions', 'shuts-off', 'starts-at-once', 'stays-disabled']),
    text: z.string(),
  })
  .meta({ id: 'Caution' });

export type Caution = z.output<typeof cautionSchema>;
export type Explanation = z.output<typeof explanationSchema>;
