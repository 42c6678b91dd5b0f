import { z } from 'zod';
import { clampedPercentage, cores, count, percentage, ratio, whole } from '../fields';

/** GET /api/stats/. Unknown numbers are 0 and listed in the header X-Data-Unknown. */
const physical = (amount: () => z.ZodNumber) =>
  z.object({ total: whole(), usage: amount(), free: amount(), used_percentage: clampedPercentage() });

const virtual = z.object({
  total: whole(),
  allocated: whole(),
  free: whole(),
  allocated_percentage: percentage(),
  overcommit_ratio: ratio(),
  overcommit_max: ratio(),
});

const commonFlavor = z.object({ name: z.string(), count: count() }).nullable();

export const statsSchema = z
  .object({
    region: z.object({ name: z.string(), hosts_total: count() }),
    pcpu: physical(cores).meta({ description: 'Physical CPU: online logical CPUs of the compute hosts.' }),
    vcpu: virtual.meta({ description: 'Virtual CPU: VCPU and PCPU as Placement counts them.' }),
    pram: physical(whole).meta({ description: 'Physical RAM in bytes.' }),
    vram: virtual.meta({ description: 'Virtual RAM (MEMORY_MB of Placement) in bytes.' }),
    vm: z.object({
      count: count(),
      active: count(),
      stopped: count(),
      avg_cpu: ratio().meta({ description: 'Allocated vCPUs per VM with a host.' }),
      avg_ram: whole().meta({ description: 'Allocated bytes per VM with a host.' }),
      density: ratio().meta({ description: 'VMs with a host, per compute host.' }),
    }),
    flavors: z.object({
      first_common_flavor: commonFlavor,
      second_common_flavor: commonFlavor,
      third_common_flavor: commonFlavor,
    }),
  })
  .meta({ id: 'Stats' });

export type Stats = z.output<typeof statsSchema>;
