import { z } from 'zod';
import { timestamp } from '../fields';

/** What is known about a host that is closed or does not answer. */

export const closedSchema = z
  .object({
    by: z.enum(['here', 'watcher', 'other', 'unknown']).meta({
      description: 'Whose reason Nova has: of somebody who closed it here, of Watcher, of others, or of nobody.',
    }),
    person: z.string().nullable().meta({ description: 'Who closed it; null unless that was here.' }),
    reason: z.string().nullable().meta({ description: 'The reason; null if Nova has none.' }),
    since: timestamp().nullable().meta({ description: 'When; null if nobody knows.' }),
    back_by: timestamp().nullable().meta({ description: 'When it is to be back; null if nobody said.' }),
  })
  .meta({ id: 'ClosedHost', description: 'Who closed a host, and why.' });

export const outOfServiceSchema = z
  .object({
    state: z.enum(['left-behind', 'being-drained', 'closed-not-empty', 'in-maintenance', 'down']).meta({
      description:
        '`left-behind`: Watcher closed it, and no plan that runs or waits touches it. `down`: open, but its nova-compute is silent.',
    }),
    text: z.string().meta({ description: 'More about the state, a sentence.' }),
    closed: closedSchema.nullable().meta({ description: 'Who closed it; null if it is open.' }),
    since: timestamp().nullable().meta({ description: 'Since when it is closed; null if nobody knows.' }),
    plan: z
      .object({ audit_id: z.string(), plan_id: z.string(), audit_name: z.string(), plan_state: z.string() })
      .nullable()
      .meta({ description: 'The plan that closed it or moves its VMs; null if none is known.' }),
  })
  .meta({ id: 'OutOfService', description: 'Why a host takes no new VMs.' });

export type Closed = z.output<typeof closedSchema>;
export type OutOfService = z.output<typeof outOfServiceSchema>;
