import { z } from 'zod';
import { count, percentage, timestamp, whole } from '../fields';
import { actBodyReason, permissionSchema, refusalSchema } from './acts';
import { carefulRunsSchema } from './careful';
import { closedSchema } from './closed-host';
import { projectNameFields } from './projects';
import { readingsSchema } from './readings';
import { checkSchema } from './scene';
import { reasonSchema, verdictSchema } from './verdicts';

/** GET /api/v1/hosts/{name}/drain/ and the act that it proves. */

const drainVmSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    project_id: z.string(),
    ...projectNameFields,
    flavor: z.string().nullable(),
    kind: z.enum(['blocks', 'cold', 'live', 'off']).meta({
      description:
        '`blocks`: it can’t leave now. `cold`: it must be shut down to move. `off`: it is off, so a cold move harms nobody.',
    }),
    text: z.string().nullable().meta({ description: 'Why it blocks or must be shut down; null if it simply moves.' }),
    who: z.string().nullable().meta({ description: 'Who can change that; null if it moves.' }),
    destination: z.string().nullable().meta({ description: 'Where it would go; null if it blocks.' }),
    destination_cpu_after: percentage()
      .nullable()
      .meta({ description: 'CPU of that host once all VMs have left; null if unknown.' }),
    fits_on: count().nullable().meta({ description: 'Hosts that would take it now; null if they were not looked at.' }),
    fits_of: count().nullable().meta({ description: 'All other hosts.' }),
    others: z.string().nullable().meta({ description: 'What keeps the other hosts from taking it; null if nothing.' }),
    ram_to_copy: whole().nullable().meta({ description: 'Bytes, for live moves; null if unknown or nothing.' }),
    verdict: verdictSchema.nullable().meta({ description: 'Of the checks of its move; null if it blocks.' }),
    reasons: z.array(reasonSchema).meta({ description: 'What the checks found, the worst first.' }),
    unchecked: z.array(checkSchema).meta({ description: 'Checks of its move that could not be made.' }),
  })
  .meta({ id: 'DrainVm', description: 'A VM of a host that is to be drained.' });

const figures = z.object({
  hosts_hot: count(),
  cpu_highest: percentage().nullable().meta({ description: 'Of the hosts that VMs go to.' }),
  ram_allocated: percentage().nullable().meta({ description: 'In Placement.' }),
  slots: count().nullable().meta({ description: 'More VMs of `flavor` that fit; null if unknown.' }),
  may_lose_host: z.boolean().nullable().meta({
    description:
      'Whether the VMs of any single open host would find a place if it failed; false where a search found none. null if unknown.',
  }),
  worst_loss: z
    .object({ host: z.string(), vms: count().meta({ description: 'VMs for which no place was found.' }) })
    .nullable()
    .meta({ description: 'The host whose failure leaves the most VMs without a place; null if none does.' }),
});

export const drainSchema = z
  .object({
    host: z.string(),
    state: z.enum(['up', 'down', 'unknown']),
    status: z.enum(['enabled', 'disabled', 'unknown']),
    zone: z.string(),
    made_at: timestamp().meta({ description: 'When the cloud was read for this.' }),
    title: z.string().meta({ description: 'What the proof found, in a sentence.' }),
    line: z.string().meta({ description: 'How the VMs would leave.' }),
    closed: closedSchema.nullable().meta({ description: 'null if the host is open.' }),
    vms: z
      .array(drainVmSchema)
      .meta({ description: 'Those that block first, then in the order in which they would move.' }),
    counts: z.object({
      all: count().meta({ description: 'VMs on the host.' }),
      fit: count().meta({ description: 'Those for which a place was found.' }),
      blocks: count().meta({ description: 'Those that can’t leave now.' }),
      cold: count().meta({ description: 'Those that must be shut down to move.' }),
      live: count().meta({ description: 'Those that move while they run.' }),
      off: count().meta({ description: 'Those that are off already.' }),
    }),
    ram_to_copy: whole().nullable().meta({ description: 'Bytes, of the VMs that move live; null if unknown.' }),
    disk_to_copy: whole().nullable().meta({
      description:
        'Bytes of disk of the VMs that have a place and do not boot from a volume: copied too, unless hosts share their storage. null if unknown.',
    }),
    flavor: z.string().nullable().meta({ description: 'The flavor that most VMs of the zone have; null if unknown.' }),
    now: figures.meta({ description: 'In its zone, now.' }),
    after: figures.meta({ description: 'In its zone, without this host’s VMs that have a place.' }),
    unchecked: z.array(z.object({ check: checkSchema, reason: z.string() })).meta({
      description: 'Checks that were not made for any VM.',
    }),
    plans: z
      .array(
        z.object({
          audit_id: z.string(),
          plan_id: z.string(),
          audit_name: z.string(),
          plan_state: z.string(),
          vms: count(),
        }),
      )
      .meta({ description: 'Plans that wait or run and move VMs off this host.' }),
    way: z
      .object({
        offered: z.boolean().meta({ description: 'Whether these moves can be carried out from here.' }),
        text: z.string(),
        warnings: z.array(z.string()).meta({
          description: 'What to know about host_maintenance where it takes their place, a sentence each.',
        }),
      })
      .meta({ description: 'How the moves would run.' }),
    seen: z.string().meta({
      description: 'Stands for the state of the host; an act sends it back, and is refused if it differs by then.',
    }),
    permission: permissionSchema,
    close: z.array(refusalSchema).meta({ description: 'Why it can’t be closed; empty if it can.' }),
    drain: z.array(refusalSchema).meta({ description: 'Why its VMs can’t be moved off it; empty if they can.' }),
    maintain: z.array(refusalSchema).meta({
      description: 'Why Watcher can’t be asked for a plan of host_maintenance instead; empty if it can.',
    }),
    maintenance: z
      .object({
        audit_id: z.string(),
        audit_name: z.string(),
        plan_id: z.string().nullable().meta({ description: 'null until Watcher has made it.' }),
        phase: z.enum(['asked', 'waits', 'runs', 'nothing']).meta({
          description: '`waits`: for somebody to start its plan. `nothing`: its audit is over and has made no plan.',
        }),
        text: z.string(),
        missing: z.array(z.string()).meta({
          description: 'Names of VMs on the host that its plan does not move: Watcher’s model was old.',
        }),
      })
      .nullable()
      .meta({ description: 'The last plan of host_maintenance for this host that is not over; null without one.' }),
    open: z.array(refusalSchema).meta({ description: 'Why it can’t be opened; empty if it can.' }),
    run: carefulRunsSchema.shape.runs.element
      .nullable()
      .meta({ description: 'The last careful run that moved VMs off it; null without one.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'Drain', description: 'The proof that a host can be drained. Nothing is changed.' });

export const drainBodySchema = z.strictObject({
  seen: z.string().meta({ description: 'As in the proof: stands for the state of the host that the person saw.' }),
  vms: count().meta({ description: 'How many VMs will move, as the person confirmed it.' }),
  moves: z
    .array(z.strictObject({ vm_id: z.string(), destination: z.string(), live: z.boolean() }))
    .max(500)
    .meta({ description: 'The moves of the proof, in its order; cold ones of VMs that run shut them down.' }),
  stays: z
    .array(z.string())
    .max(500)
    .meta({ description: 'Ids of the other VMs on the host. It is refused if there are more.' }),
  back_by: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'When the host is to be back in service; part of the reason that Nova keeps.' }),
  reason: actBodyReason(),
});

export const maintainBodySchema = z.strictObject({
  seen: drainBodySchema.shape.seen,
  vms: count().meta({ description: 'How many VMs are on the host, as the person confirmed it.' }),
  takes: z
    .array(z.string())
    .max(500)
    .meta({ description: 'Ids of the VMs on the host, all of which it takes. It is refused if there are others.' }),
  back_by: drainBodySchema.shape.back_by,
  reason: actBodyReason(),
});

export type MaintainBody = z.output<typeof maintainBodySchema>;
export type DrainBody = z.output<typeof drainBodySchema>;
export type DrainVmView = z.output<typeof drainVmSchema>;
export type DrainView = z.output<typeof drainSchema>;
