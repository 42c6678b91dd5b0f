import { z } from 'zod';
import { count, moment } from '../fields';

/** How good the data behind an answer is: one of these for each reading. */
export const readingStateSchema = z
  .object({
    state: z.enum(['fresh', 'stale', 'partial', 'missing']).meta({
      description: 'partial: the very first reading is under way, and this is what it has so far.',
    }),
    as_of: moment().nullable(),
    error: z
      .object({ source: z.string(), message: z.string(), since: moment() })
      .nullable()
      .meta({ description: 'Why the last attempt to read failed; null after a good one.' }),
  })
  .meta({ id: 'ReadingState' });

export const readingsSchema = z
  .object({
    inventory: readingStateSchema.meta({ description: 'Nova: hosts, VMs, flavors.' }),
    allocations: readingStateSchema.meta({ description: 'Placement: what is allocated of each host.' }),
    load: readingStateSchema.meta({ description: 'Prometheus: CPU and RAM in use.' }),
    optimizer: readingStateSchema.meta({ description: 'Watcher: audits, plans, actions.' }),
  })
  .meta({ id: 'Readings' });

export const progressSchema = z
  .object({
    servers_read: count(),
    servers_total: count().nullable().meta({ description: 'About how many there are; null where nothing tells.' }),
    since: moment(),
  })
  .nullable()
  .meta({ description: 'How far the very first reading of the VMs is; null once there is a whole one.' });

export type Progress = NonNullable<z.output<typeof progressSchema>>;
export type ReadingState = z.output<typeof readingStateSchema>;
export type Readings = z.output<typeof readingsSchema>;
