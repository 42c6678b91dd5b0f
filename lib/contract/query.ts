import { z } from 'zod';

/** Query parameters of the typed API. Unknown parameters are refused: a misspelt filter must not look like an answer. */
const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(1000)
  .default(100)
  .meta({ description: 'At most so many, 1 to 1000.' });
const offset = z.coerce.number().int().min(0).default(0).meta({ description: 'How many to pass over.' });
const filter = (description: string) => z.string().min(1).optional().meta({ description });

export const pageQuerySchema = z.strictObject({ limit, offset });

export const auditQuerySchema = z.strictObject({
  state: filter('State of the audit, such as SUCCEEDED.'),
  goal: filter('Name of the goal.'),
  strategy: filter('Name of the strategy.'),
  type: filter('ONESHOT, CONTINUOUS or EVENT.'),
  limit,
  offset,
});

export const noQuerySchema = z.object({});
