import { z } from 'zod';
import { count, timestamp } from '../fields';

/** How fresh and complete the data behind a response is, for each reading. */
export const readingStateSchema = z
  .object({
    state: z.enum(['fresh', 'stale', 'partial', 'missing']).meta({
      description:
        'partial: the first reading is in progress, and this is the data so far. missing: there is no data; without an `error`, the first reading has only begun.',
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
    servers_read: count().meta({ description: 'VMs read so far.' }),
    servers_total: count().nullable().meta({
      description: 'Approximate number of VMs, never less than what was read; null if unknown.',
    }),
    seconds_left: count().nullable().meta({ description: 'Seconds that the rest takes at the pace so far.' }),
    since: timestamp().meta({ description: 'When the reading began.' }),
  })
  .nullable()
  .meta({ description: 'Progress of the first reading of the VMs; null once it is complete.' });

/** GET /api/v1/progress */
export const firstReadingSchema = z
  .object({ progress: progressSchema })
  .meta({ id: 'FirstReading', description: 'How far the very first reading of the cloud is.' });

export type FirstReading = z.output<typeof firstReadingSchema>;
export type Progress = NonNullable<z.output<typeof progressSchema>>;
export type ReadingState = z.output<typeof readingStateSchema>;
export type Readings = z.output<typeof readingsSchema>;
