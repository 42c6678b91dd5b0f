import { z } from 'zod';
import { cores, count, percentage, ratio, timestamp, whole } from '../fields';
import { historyRangeSchema } from '../query';
import { migrationSchema } from './audits';
import { outOfServiceSchema } from './closed-host';
import { groundSchema } from './must-not-move';
import { confidenceSchema, projectedHostSchema } from './projection';
import { projectNameFields } from './projects';
import { readingStateSchema, readingsSchema } from './readings';
import { moveHistorySchema, vmMovesSchema } from './vm-moves';

/** GET /api/v1/hosts and /api/v1/hosts/{name} */
const measured = (amount: () => z.ZodNumber) =>
  z.object({ total: whole().nullable(), used: amount().nullable(), used_percentage: percentage().nullable() });

const allocation = z
  .object({
    total: whole(),
    reserved: whole(),
    capacity: whole(),
    allocated: whole(),
    allocated_percentage: percentage()
      .nullable()
      .meta({ description: 'Null if something is allocated although nothing can be: all of it is reserved.' }),
    allocation_ratio: ratio().nullable(),
  })
  .nullable();

export const loadLevelSchema = z.enum(['normal', 'warm', 'hot', 'unknown']);

/** The plan that a response applies to the hosts. */
const hostPlanSchema = z
  .object({
    audit_id: z.string(),
    audit_name: z.string(),
    plan_id: z.string(),
    plan_state: z.string(),
    created_at: timestamp(),
    migrations: count(),
    confidence: confidenceSchema,
    reason: z.string().nullable().meta({ description: 'Why its effect is unknown; null if it is known.' }),
  })
  .meta({ id: 'HostPlan' });

const hostAfterSchema = projectedHostSchema
  .pick({ cpu_after: true, ram_after: true, vcpu_after: true, vram_after: true, leaving: true, arriving: true })
  .meta({ id: 'HostAfter' });

const hostSchema = z
  .object({
    name: z.string().meta({ description: "Nova's service host." }),
    hypervisor_hostname: z.string(),
    hypervisor_type: z.string(),
    zone: z.string().nullable().meta({ description: 'Its availability zone; null if aggregates are not known.' }),
    aggregates: z.array(z.string()).nullable().meta({ description: 'Names of its aggregates; null if not known.' }),
    state: z.enum(['up', 'down', 'unknown']),
    status: z.enum(['enabled', 'disabled', 'unknown']),
    disabled_reason: z.string().nullable(),
    level: loadLevelSchema,
    cpu: measured(cores),
    ram: measured(whole),
    reason: z.string().nullable().meta({ description: 'Why CPU or RAM is null.' }),
    vcpu: allocation,
    vram: allocation.meta({ description: 'Bytes.' }),
    vms: count().nullable().meta({ description: 'VMs on the host; null until all VMs were read once.' }),
    out: outOfServiceSchema.nullable().meta({ description: 'Why it takes no new VMs; null if it is in service.' }),
    after: hostAfterSchema.nullable().meta({ description: 'After the plan; null without a plan that may still run.' }),
  })
  .meta({ id: 'Host' });

export const hostServerSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.string(),
    flavor: z.string().nullable(),
    vcpus: count().nullable(),
    ram: whole().nullable(),
    project_id: z.string(),
    ...projectNameFields,
    cpu_cores: cores().nullable().meta({ description: 'CPUs in use; null if no exporter reports it.' }),
    cpu_percentage: percentage().nullable().meta({ description: 'Percentage of its vCPUs.' }),
    ram_used: whole().nullable().meta({ description: 'Bytes that the VM cannot release.' }),
    ram_percentage: percentage().nullable().meta({ description: "Percentage of its flavor's RAM." }),
    must_not_move: z.array(groundSchema).meta({ description: 'Every reason why it must not move; empty if it may.' }),
    moves: vmMovesSchema.nullable().meta({ description: 'How often it has moved lately; null if unknown.' }),
  })
  .meta({ id: 'HostServer' });

export const hostsSchema = z
  .object({
    hosts: z.array(hostSchema),
    total: count().meta({ description: 'Number of hosts that match the search and the filter.' }),
    counts: z
      .object({
        all: count(),
        hot: count(),
        warm: count(),
        in_plan: count(),
        out_of_service: count(),
        left_behind: count(),
      })
      .meta({ description: 'Number of hosts that match the search, for each filter.' }),
    zones: z.array(z.string()).meta({ description: 'Zones of all hosts, to filter by; empty if not known.' }),
    aggregates: z.array(z.string()).meta({ description: 'Aggregates with hosts, to filter by; empty if not known.' }),
    limit: count(),
    offset: count(),
    plan: hostPlanSchema.nullable(),
    readings: readingsSchema,
  })
  .meta({ id: 'Hosts' });

export const hostDetailSchema = z
  .object({
    host: hostSchema,
    servers: z.array(hostServerSchema),
    vm_use: readingStateSchema.extend({
      reason: z.string().nullable().meta({ description: 'Why the usage of VMs is null.' }),
    }),
    move_history: moveHistorySchema,
    plan: hostPlanSchema.nullable(),
    leaving: z.array(migrationSchema).meta({ description: 'Migrations of the plan away from this host.' }),
    arriving: z.array(migrationSchema).meta({ description: 'Migrations of the plan to this host.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'HostDetail' });

/** GET /api/v1/hosts/{name}/history */
export const hostHistorySchema = z
  .object({
    host: z.string(),
    range: historyRangeSchema,
    from: timestamp(),
    until: timestamp(),
    step_seconds: count(),
    points: z
      .array(
        z.object({
          at: timestamp(),
          cpu_percentage: percentage().nullable(),
          ram_percentage: percentage().nullable(),
        }),
      )
      .meta({ description: 'Evenly spaced, oldest first; null if nothing was measured.' }),
    reason: z.string().nullable().meta({ description: 'Why the history is empty.' }),
    reading: readingStateSchema,
  })
  .meta({ id: 'HostHistory' });

export type LoadLevel = z.output<typeof loadLevelSchema>;
export type HostPlan = z.output<typeof hostPlanSchema>;
export type HostAfter = z.output<typeof hostAfterSchema>;
export type Host = z.output<typeof hostSchema>;
export type HostServer = z.output<typeof hostServerSchema>;
export type Hosts = z.output<typeof hostsSchema>;
export type HostDetail = z.output<typeof hostDetailSchema>;
export type HostHistory = z.output<typeof hostHistorySchema>;
