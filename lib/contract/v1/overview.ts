import { z } from 'zod';
import { cores, count, percentage, ratio, whole } from '../fields';
import { progressSchema, readingsSchema } from './readings';

/** GET /api/v1/overview */
const unknown = z.string().nullable().meta({ description: 'Why a value is null.' });

const physical = (amount: () => z.ZodNumber) =>
  z.object({
    total: whole().nullable(),
    usage: amount().nullable(),
    free: amount().nullable(),
    used_percentage: percentage().nullable(),
    source: z.enum(['node-exporter', 'recording-rules', 'placement']).nullable(),
    hosts_measured: count(),
    reason: unknown,
  });

const virtual = z.object({
  total: whole().nullable(),
  allocated: whole().nullable(),
  free: whole().nullable(),
  allocated_percentage: percentage().nullable(),
  overcommit_ratio: ratio().nullable(),
  overcommit_max: ratio().nullable(),
  schedulable_free: whole().nullable().meta({ description: 'Free capacity of the hosts that are up and enabled.' }),
  physical_base: whole().nullable().meta({ description: 'total - reserved, before the allocation ratio.' }),
  source: z.enum(['placement', 'openstack-exporter']).nullable(),
  reason: unknown,
});

const flavorCountSchema = z.object({ name: z.string(), count: count() }).meta({ id: 'FlavorCount' });

export const overviewSchema = z
  .object({
    mode: z.enum(['live', 'simulated']),
    region: z.object({
      name: z.string(),
      hosts_total: count(),
      hosts_up: count(),
      hosts_enabled: count(),
      hosts_measured: count(),
      hosts_warm: count(),
      hosts_hot: count(),
    }),
    pcpu: physical(cores),
    pram: physical(whole),
    vcpu: virtual,
    vram: virtual,
    vm: z.object({
      count: count().nullable().meta({ description: 'VMs of all projects; null until all were read once.' }),
      active: count().nullable().meta({ description: 'VMs with status ACTIVE.' }),
      stopped: count().nullable().meta({ description: 'VMs with status SHUTOFF.' }),
      placed: count().nullable().meta({ description: 'VMs with a host.' }),
      by_status: z.record(z.string(), count()).nullable().meta({ description: "Number of VMs by Nova's status." }),
      avg_cpu: ratio().nullable(),
      avg_ram: whole().nullable(),
      density: ratio().nullable().meta({ description: 'VMs with a host per compute host.' }),
    }),
    flavors: z
      .array(flavorCountSchema)
      .nullable()
      .meta({ description: 'All flavors in use, most used first; null until all VMs were read once.' }),
    diagnostics: z.object({
      unmapped_targets: z.array(z.string()).meta({ description: 'Exporter targets that match no compute host.' }),
      duplicate_targets: z.array(z.string()).meta({ description: 'Hosts with more than one exporter target.' }),
      unmeasured_hosts: z.array(z.string()),
    }),
    progress: progressSchema,
    readings: readingsSchema,
  })
  .meta({ id: 'Overview' });

export type FlavorCount = z.output<typeof flavorCountSchema>;
export type Overview = z.output<typeof overviewSchema>;

/** The part that needs Nova and Placement only. */
export type VirtualOverview = Pick<
  Overview,
  'mode' | 'region' | 'vcpu' | 'vram' | 'vm' | 'flavors' | 'progress' | 'readings'
>;
/** The part that needs Prometheus too. */
export type PhysicalOverview = Pick<
  Overview,
  'mode' | 'region' | 'pcpu' | 'pram' | 'diagnostics' | 'progress' | 'readings'
>;
