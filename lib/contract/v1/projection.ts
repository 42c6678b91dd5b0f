import { z } from 'zod';
import { cores, count, percentage, statusMessage, timestamp, whole } from '../fields';

/** What a plan does to the hosts: the same in the audit, the host pages and the review, computed by lib/domain/projection. */

/** Why a move is not part of the projection. */
export const moveProblemSchema = z.enum([
  'done',
  'skipped',
  'failed',
  'cancelled',
  'never-started',
  'vm-gone',
  'vm-elsewhere',
  'already-there',
  'no-destination',
  'source-unknown',
  'destination-unknown',
  'load-unknown',
  'no-history',
]);

/** CPU and RAM in percent of what the host has; not clamped, so that more than 100 shows an overload. */
export const projectedHostSchema = z
  .object({
    host: z.string(),
    logical_cpus: count().nullable(),
    cpu_now: percentage().nullable(),
    cpu_after: percentage().nullable(),
    ram_now: percentage().nullable(),
    ram_after: percentage().nullable(),
    vcpu_now: whole().nullable().meta({ description: 'vCPUs allocated in Placement, VCPU and PCPU together.' }),
    vcpu_after: whole().nullable(),
    vcpu_capacity: whole().nullable().meta({ description: 'vCPUs that Placement hands out.' }),
    vram_now: whole().nullable().meta({ description: 'RAM allocated in Placement, in bytes.' }),
    vram_after: whole().nullable(),
    vram_capacity: whole().nullable().meta({ description: 'RAM that Placement hands out, in bytes.' }),
    leaving: count().meta({ description: 'VMs that would leave.' }),
    arriving: count().meta({ description: 'VMs that would arrive.' }),
  })
  .meta({ id: 'ProjectedHost' });

/** Why the use of a VM is not what was measured. */
export const estimateSchema = z.enum(['share-of-host', 'scaled-to-host']).meta({
  description:
    '`share-of-host`: no exporter reports this VM, so it has its share, by size, of what its host uses. `scaled-to-host`: the VMs of its host were measured at more than the host uses, so all of them are scaled to fit.',
});

/** How well the load of the moved VMs is known. */
export const confidenceSchema = z.enum(['measured', 'estimated', 'allocation-only', 'none']);

export const projectionSchema = z
  .object({
    basis: z.enum(['now', 'plan-creation']).meta({ description: 'Time of the load that the plan is applied to.' }),
    as_of: timestamp().nullable(),
    reason: z.string().nullable(),
    confidence: confidenceSchema,
    hosts: z.array(projectedHostSchema),
    coverage: z.object({
      moves: count(),
      projected: count(),
      measured: count(),
      estimated: count().meta({ description: 'Moves whose VM is not measured, or scaled to what its host uses.' }),
      scaled: count().meta({ description: 'Those of them that are scaled.' }),
      left_out: z.array(z.object({ problem: moveProblemSchema, count: count(), names: z.array(z.string()) })),
      scheduler_chosen: count().meta({ description: 'Moves whose destination the scheduler will choose.' }),
    }),
  })
  .meta({ id: 'Projection' });

export const emptiedHostsSchema = z.object({
  count: count(),
  hosts: z.array(z.string()),
  vms_left: count().meta({ description: 'VMs that are not running and stay on them.' }),
});

/** `stop` shuts a VM off, `shelve` also takes it off its host, `delete` removes it. */
export const shutdownWaySchema = z.enum(['stop', 'shelve', 'delete']);

/** Why a VM is not taken out of service; `already-off`: it does not run anyway. */
const shutdownProblemSchema = z.enum([
  'done',
  'skipped',
  'failed',
  'cancelled',
  'vm-gone',
  'already-off',
  'host-unknown',
  'no-history',
]);

/** A VM that a plan takes out of service. */
export const shutdownSchema = z
  .object({
    action_id: z.string(),
    state: z.string(),
    status_message: statusMessage(),
    wave: count().meta({ description: 'Number of its wave, from 1.' }),
    how: shutdownWaySchema,
    vm_id: z.string(),
    vm_name: z.string(),
    host: z.string().nullable().meta({ description: 'Where it is by then; null if it is on none.' }),
    cpu_cores: cores().nullable().meta({ description: 'Cores that its host no longer needs.' }),
    problem: shutdownProblemSchema.nullable().meta({ description: 'Why it is not projected; null if it is.' }),
  })
  .meta({ id: 'Shutdown' });

/** What a plan costs. Moves that are done, left out or can’t be applied are in `moves` only. */
export const planTotalsSchema = z.object({
  moves: count().meta({ description: 'Migrations of the plan.' }),
  moves_left: count().meta({ description: 'Migrations that are still to run and can be applied.' }),
  moves_estimated: count().meta({
    description: 'Of moves_left, those of VMs whose CPU is not what was measured: see cpu_estimate.',
  }),
  hosts_touched: count().meta({ description: 'Sources and destinations of the remaining moves.' }),
  shutdowns: count().meta({ description: 'Running VMs that the plan is still to stop, shelve or delete.' }),
  ram_to_copy: whole()
    .nullable()
    .meta({ description: 'RAM of the VMs that migrate live, by flavor, in bytes; null if a flavor is unknown.' }),
});

export type ShutdownWay = z.output<typeof shutdownWaySchema>;
export type Shutdown = z.output<typeof shutdownSchema>;
export type MoveProblem = z.output<typeof moveProblemSchema>;
export type Estimate = z.output<typeof estimateSchema>;
export type ProjectedHost = z.output<typeof projectedHostSchema>;
export type Projection = z.output<typeof projectionSchema>;
export type EmptiedHosts = z.output<typeof emptiedHostsSchema>;
export type PlanTotals = z.output<typeof planTotalsSchema>;
