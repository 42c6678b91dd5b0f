import { z } from 'zod';
import { count, percentage, timestamp } from '../fields';
import { emptiedHostsSchema, planTotalsSchema } from './projection';

/** What a plan changes, and how far the load has drifted since it was made. */

/** `after` is null if the plan could not be applied to a load. */
const change = <T extends z.ZodType>(value: T) => z.object({ now: value.nullable(), after: value.nullable() });

export const loadOutcomeSchema = z
  .object({
    hosts: count().meta({ description: 'Measured hosts; the numbers below cover only these.' }),
    changed: count().nullable().meta({ description: 'Hosts whose load would change.' }),
    warm_from: z.number().meta({ description: 'Percentage from which a host counts as warm.' }),
    hot_from: z.number(),
    mean: change(percentage()).meta({ description: 'Of the hosts that count in a balance.' }),
    spread: change(percentage()).meta({
      description: "Population standard deviation of these hosts' load, in points; lower is more even.",
    }),
    hottest: change(z.object({ host: z.string(), load: percentage() })),
    hot: change(count()).meta({ description: 'Hosts at or above the hot limit.' }),
    warm: change(count()).meta({ description: 'Hosts at or above the warm limit but not hot.' }),
  })
  .meta({ id: 'LoadOutcome' });

export const outcomeSchema = z
  .object({
    cpu: loadOutcomeSchema,
    ram: loadOutcomeSchema,
    ...planTotalsSchema.shape,
    emptied: z
      .object({
        count: emptiedHostsSchema.shape.count.nullable(),
        hosts: emptiedHostsSchema.shape.hosts,
        vms_left: emptiedHostsSchema.shape.vms_left.nullable(),
        by: z.enum(['projection', 'watcher']).nullable(),
      })
      .nullable()
      .meta({ description: 'Hosts that run no VMs after the plan; null if this is not the goal.' }),
    reason: z.string().nullable().meta({ description: 'Why the load after the plan is unknown.' }),
  })
  .meta({ id: 'Outcome' });

/** The part of the outcome that a list of audits shows. */
export const effectSchema = z
  .object({
    spread_change: percentage()
      .nullable()
      .meta({ description: 'Change in the spread of CPU, in points; negative is more even.' }),
    moves_estimated: planTotalsSchema.shape.moves_estimated,
    hosts_emptied: count().nullable().meta({ description: 'null if the goal is not to empty hosts.' }),
  })
  .meta({ id: 'Effect' });

export const driftSchema = z
  .object({
    snapshot_at: timestamp().meta({ description: 'When the plan was made.' }),
    compared_at: timestamp().nullable().meta({ description: 'When the load it is compared with was measured.' }),
    threshold: z.number().meta({ description: 'Points of CPU beyond which a host counts as moved.' }),
    compared: count().nullable().meta({ description: 'Hosts measured at both times.' }),
    moved: z
      .array(z.object({ host: z.string(), before: percentage(), now: percentage() }))
      .nullable()
      .meta({ description: 'Hosts whose CPU has moved beyond the threshold, largest change first; null if unknown.' }),
    hosts_gone: z
      .array(z.string())
      .nullable()
      .meta({ description: 'Hosts that the plan names but that no longer exist.' }),
    reason: z.string().nullable().meta({ description: 'Why moved is null.' }),
  })
  .meta({ id: 'Drift' });

export type LoadOutcome = z.output<typeof loadOutcomeSchema>;
export type Outcome = z.output<typeof outcomeSchema>;
export type Effect = z.output<typeof effectSchema>;
export type Drift = z.output<typeof driftSchema>;
