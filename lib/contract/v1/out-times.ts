import { z } from 'zod';
import { timestamp } from '../fields';

/** When a host was out of service, on the axis of what happened lately. */

export const outTimeSchema = z
  .object({
    host: z.string(),
    from: timestamp().nullable().meta({ description: 'null if nobody knows since when.' }),
    until: timestamp()
      .nullable()
      .meta({ description: 'null while it is out of service, and if nobody knows when it was opened.' }),
    is_out: z.boolean().meta({ description: 'Whether it is out of service now.' }),
    by: z.enum(['person', 'watcher', 'down', 'unknown']).meta({
      description:
        '`person`: closed from here. `watcher`: closed by one of its plans. `down`: its nova-compute is silent. `unknown`: closed elsewhere.',
    }),
    text: z.string().meta({ description: 'Who and why, as far as it is known: “ops: swap fans”.' }),
  })
  .meta({ id: 'OutTime', description: 'A time in which a host took no new VMs.' });

export const hotTimesSchema = z
  .object({
    host: z.string(),
    times: z
      .array(z.object({ from: timestamp(), until: timestamp() }))
      .meta({ description: 'From the first measurement that was hot to the next that was not; the oldest first.' }),
    is_hot: z.boolean().meta({ description: 'Whether the last measurement was hot.' }),
  })
  .meta({ id: 'HotTimes', description: 'When the CPU of a host was at or above the hot limit.' });

export type OutTime = z.output<typeof outTimeSchema>;
export type HotTimes = z.output<typeof hotTimesSchema>;
