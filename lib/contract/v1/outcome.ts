import { z } from 'zod';
import { count, moment, percentage, whole } from '../fields';

/** What a plan changes, and how far the cluster has moved since it was made: parts of an audit's answer. */

/** `after` is null where the plan could not be applied to a load. */
const change = <T extends z.ZodType>(value: T) => z.object({ now: value.nullable(), after: value.nullable() });

export const loadOutcomeSchema = z
  .object({
    hosts: count().meta({ description: 'Hosts that are measured; the others are in none of these numbers.' }),
    changed: count().nullable().meta({ description: 'Hosts whose load would change.' }),
    warm_from: z.number().meta({ description: 'Percentage from which a host counts as warm.' }),
    hot_from: z.number(),
    mean: change(percentage()),
    spread: change(percentage()).meta({
      description: 'Population standard deviation of the load of hosts, in points. Lower is more even.',
    }),
    hottest: change(z.object({ host: z.string(), load: percentage() })),
    hot: change(count()).meta({ description: 'Hosts at the hot limit or over it.' }),
    warm: change(count()).meta({ description: 'Hosts at the warm limit or over it that are not hot.' }),
  })
  .meta({ id: 'LoadOutcome' });

export const outcomeSchema = z
  .object({
    cpu: loadOutcomeSchema,
    ram: loadOutcomeSchema,
    emptied: z
      .object({
        count: count().nullable(),
        hosts: z.array(z.string()).meta({ description: 'Those that are known by name.' }),
        vms_left: count().nullable().meta({ description: 'VMs that do not run and stay on them.' }),
        by: z.enum(['projection', 'watcher']).nullable(),
      })
      .nullable()
      .meta({ description: 'Hosts on which no VM runs after the plan; null where the goal is another.' }),
    moves: count().meta({ description: 'Migrations of the plan.' }),
    moves_left: count().meta({ description: 'Of these, the ones that are still to do and can be applied.' }),
    hosts_touched: count().meta({ description: 'Sources and destinations of the moves that are left.' }),
    ram_to_copy: whole()
      .nullable()
      .meta({ description: 'Bytes of RAM of the VMs that migrate live; null where a flavor is not known.' }),
    reason: z.string().nullable().meta({ description: 'Why nothing is known of after the plan.' }),
  })
  .meta({ id: 'Outcome' });

/** The part of the outcome that a list of audits tells. */
export const effectSchema = z
  .object({
    spread_change: percentage()
      .nullable()
      .meta({ description: 'Change of the spread of CPU over the hosts, in points; below 0 is more even.' }),
    hosts_emptied: count().nullable().meta({ description: 'null where the goal is not to empty hosts.' }),
  })
  .meta({ id: 'Effect' });

export const driftSchema = z
  .object({
    snapshot_at: moment().meta({ description: 'When the plan was made.' }),
    compared_at: moment().nullable().meta({ description: 'When the load that it is compared with was measured.' }),
    threshold: z.number().meta({ description: 'Points of CPU over which a host counts as moved.' }),
    compared: count().nullable().meta({ description: 'Hosts that are measured at both times.' }),
    moved: z
      .array(z.object({ host: z.string(), before: percentage(), now: percentage() }))
      .nullable()
      .meta({ description: 'Hosts whose CPU has moved over the threshold, the farthest first; null where unknown.' }),
    hosts_gone: z
      .array(z.string())
      .nullable()
      .meta({ description: 'Hosts that the plan names and that are no longer in the cluster.' }),
    reason: z.string().nullable().meta({ description: 'Why moved is null.' }),
  })
  .meta({ id: 'Drift' });

export type LoadOutcome = z.output<typeof loadOutcomeSchema>;
export type Outcome = z.output<typeof outcomeSchema>;
export type Effect = z.output<typeof effectSchema>;
export type Drift = z.output<typeof driftSchema>;
