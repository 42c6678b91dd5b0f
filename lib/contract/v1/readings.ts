import { z } from 'zod';
import { count, timestamp } from '../fields';

/** How fresh and complete the data behind a response is, for each reading. */
export const readingStateSchema = z
  .object({
    state: z.enum(['fresh', 'stale', 'partial', 'missing']).meta({
      description: 'partial: the first reading is in progress, and this is the data so far.',
    }),
    as_of: timestamp().nullable(),
    error: z
      .object({ source: z.string(), message: z.string(), since: timestamp() })
      .nullable()
      .meta({ description: 'Why the last attempt to read failed; null if it succeeded.' }),
  })
  .meta({ id: 'ReadingState' });

export const readingsSchema = z
  .object({
    inventory: readingStateSchema.meta({ description: 'Nova: hosts, VMs, flavors.' }),
    allocations: readingStateSchema.meta({ description: 'Placement: what is allocated on each host.' }),
    load: readingStateSchema.meta({ description: 'Prometheus: CPU and RAM in use.' }),
    optimizer: readingStateSchema.meta({ description: 'Watcher: audits, plans, actions.' }),
  })
  .meta({ id: 'Readings' });

export const progressSchema = z
  .object({
    servers_read: count(),
    servers_total: count().nullable().meta({ description: 'Approximate number of VMs; null if unknown.' }),
    since: timestamp(),
  })
  .nullable()
  .meta({ description: 'Progress of the first reading of the VMs; null once it is complete.' });

export type Progress = NonNullable<z.output<typeof progressSchema>>;
export type ReadingState = z.output<typeof readingStateSchema>;
export type Readings = z.output<typeof readingsSchema>;
