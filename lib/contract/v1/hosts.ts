import { z } from 'zod';
import { cores, count, percentage, ratio, whole } from '../fields';
import { readingsSchema } from './readings';

/** GET /api/v1/hosts and /api/v1/hosts/{name} */
const measured = (amount: () => z.ZodNumber) =>
  z.object({ total: whole().nullable(), used: amount().nullable(), used_percentage: percentage().nullable() });

const allocation = z
  .object({
    total: whole(),
    reserved: whole(),
    capacity: whole(),
    allocated: whole(),
    allocated_percentage: percentage(),
    allocation_ratio: ratio().nullable(),
  })
  .nullable();

export const loadLevelSchema = z.enum(['normal', 'warm', 'hot', 'unknown']);

export const hostSchema = z
  .object({
    name: z.string().meta({ description: "Nova's service host." }),
    hypervisor_hostname: z.string(),
    hypervisor_type: z.string(),
    state: z.enum(['up', 'down', 'unknown']),
    status: z.enum(['enabled', 'disabled', 'unknown']),
    disabled_reason: z.string().nullable(),
    level: loadLevelSchema,
    cpu: measured(cores),
    ram: measured(whole),
    reason: z.string().nullable().meta({ description: 'Why CPU or RAM is null.' }),
    vcpu: allocation,
    vram: allocation.meta({ description: 'Bytes.' }),
    vms: count(),
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
  })
  .meta({ id: 'HostServer' });

export const hostsSchema = z
  .object({
    hosts: z.array(hostSchema),
    total: count(),
    limit: count(),
    offset: count(),
    readings: readingsSchema,
  })
  .meta({ id: 'Hosts' });

export const hostDetailSchema = z
  .object({ host: hostSchema, servers: z.array(hostServerSchema), readings: readingsSchema })
  .meta({ id: 'HostDetail' });

export type LoadLevel = z.output<typeof loadLevelSchema>;
export type Host = z.output<typeof hostSchema>;
export type Hosts = z.output<typeof hostsSchema>;
export type HostDetail = z.output<typeof hostDetailSchema>;
