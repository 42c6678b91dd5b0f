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

export const HOST_FILTERS = ['all', 'hot', 'warm', 'in-plan'] as const;
export const HOST_COLUMNS = [
  'name',
  'state',
  'cpu',
  'cpu-after',
  'ram',
  'ram-after',
  'vms',
  'vcpu',
  'overcommit',
  'vram',
  'cores',
  'ram-size',
] as const;

export type HostFilter = (typeof HOST_FILTERS)[number];
export type HostColumn = (typeof HOST_COLUMNS)[number];

const plan = filter(
  'Id or name of the audit whose shown plan is applied; without it, the newest audit that has a plan; `none` for no plan.',
);

export const hostPlanQuerySchema = z.strictObject({ audit: plan });

export const hostsQuerySchema = z.strictObject({
  q: filter('Part of a name.'),
  show: z
    .enum(HOST_FILTERS)
    .default('all')
    .meta({ description: 'All hosts, those that are hot or warm, or those that the plan touches.' }),
  sort: z.enum(HOST_COLUMNS).default('name').meta({ description: 'Unknown values come last in either order.' }),
  order: z.enum(['asc', 'desc']).default('asc'),
  audit: plan,
  limit,
  offset,
});

export const HISTORY_RANGES = ['1h', '6h', '24h'] as const;
export type HistoryRange = (typeof HISTORY_RANGES)[number];

export const historyQuerySchema = z.strictObject({
  range: z.enum(HISTORY_RANGES).default('6h').meta({ description: 'How far back.' }),
});

export const auditQuerySchema = z.strictObject({
  state: filter('State of the audit, such as SUCCEEDED.'),
  goal: filter('Name of the goal.'),
  strategy: filter('Name of the strategy.'),
  type: filter('ONESHOT, CONTINUOUS or EVENT.'),
  limit,
  offset,
});

/** A variant of a plan, in the form that its page has in its address. */
export const variantQuerySchema = z.strictObject({
  off: filter('Moves that shall not run, by position in execution order: 0-3.7'),
  to: filter('Other destinations, by position: 5~cmp-4.8~cmp-5; a dot or tilde in a name is written *2E or *7E.'),
  empty: filter('Hosts that shall have no VM in the end, separated by dots.'),
});

export const compareQuerySchema = variantQuerySchema.extend({
  left: z
    .string()
    .min(1)
    .meta({ description: 'A plan as audit~plan; the audit alone for the plan that stands for it.' }),
  right: z.string().min(1).meta({ description: 'The other plan; a variant applies to this one.' }),
});

export const noQuerySchema = z.object({});
