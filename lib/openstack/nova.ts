import { z } from 'zod';
import type { VersionNeed } from './microversions';
import { readPages } from './paging';
import type { Hypervisor, Server, ServerFlavor } from './records';
import type { Session } from './session';
import { optionalText, optionalTime } from './wire';

const MIB = 1_048_576;
const GIB = 1_073_741_824;

/** 2.33 pages the list, 2.53 gives uuids; 2.88 takes the capacity away and asks every compute for its uptime. */
const HYPERVISORS: VersionNeed = { least: [2, 33], most: [2, 87] };
/** 2.47 embeds the flavor, which is right even when it was deleted; 2.73 tells locked servers. */
const SERVERS: VersionNeed = { least: [2, 47], most: [2, 90] };

const numberOrNull = () =>
  z
    .number()
    .nullish()
    .transform((value) => value ?? null);

/** https://docs.openstack.org/api-ref/compute/#list-hypervisors-details */
const hypervisorSchema = z
  .object({
    id: z.union([z.string(), z.number()]).transform(String),
    hypervisor_hostname: z.string(),
    hypervisor_type: z.string().nullish(),
    state: z.string().nullish(),
    status: z.string().nullish(),
    host_ip: optionalText(),
    service: z.object({ host: optionalText(), disabled_reason: optionalText() }).nullish(),
    vcpus: numberOrNull(),
    memory_mb: numberOrNull(),
  })
  .transform(
    (wire): Hypervisor => ({
      id: wire.id,
      host: wire.service?.host ?? wire.hypervisor_hostname,
      hypervisorHostname: wire.hypervisor_hostname,
      type: wire.hypervisor_type ?? '',
      hostIp: wire.host_ip,
      state: wire.state === 'up' || wire.state === 'down' ? wire.state : 'unknown',
      status: wire.status === 'enabled' || wire.status === 'disabled' ? wire.status : 'unknown',
      disabledReason: wire.service?.disabled_reason ?? null,
      vcpus: wire.vcpus,
      memoryBytes: wire.memory_mb === null ? null : wire.memory_mb * MIB,
    }),
  );

const linksSchema = z.array(z.object({ rel: z.string() })).optional();

const hypervisorsSchema = z.object({ hypervisors: z.array(hypervisorSchema), hypervisors_links: linksSchema });

export type WireHypervisor = z.input<typeof hypervisorSchema>;

const flavorSchema = z
  .object({
    original_name: z.string(),
    vcpus: z.number(),
    ram: z.number(),
    disk: z.number(),
    ephemeral: z.number().optional(),
    /** MiB; "" for none below 2.75 */
    swap: z.union([z.number(), z.literal('')]).optional(),
    extra_specs: z.record(z.string(), z.coerce.string()).nullish(),
  })
  .transform(
    (wire): ServerFlavor => ({
      name: wire.original_name,
      vcpus: wire.vcpus,
      ramBytes: wire.ram * MIB,
      diskBytes: (wire.disk + (wire.ephemeral ?? 0)) * GIB + (wire.swap || 0) * MIB,
      extraSpecs: wire.extra_specs ?? {},
    }),
  );

/** https://docs.openstack.org/api-ref/compute/#list-servers-detailed; rows of a cell that is down hold little but the id. */
const serverSchema = z
  .object({
    id: z.string(),
    name: z.string().nullish(),
    status: z.string().nullish(),
    tenant_id: z.string().nullish(),
    flavor: flavorSchema.nullish(),
    locked: z.boolean().nullish(),
    created: optionalTime(),
    updated: optionalTime(),
    'OS-EXT-STS:task_state': optionalText(),
    'OS-EXT-SRV-ATTR:host': optionalText(),
    'OS-EXT-AZ:availability_zone': optionalText(),
  })
  .transform(
    (wire): Server => ({
      id: wire.id,
      name: wire.name ?? wire.id,
      status: (wire.status ?? 'UNKNOWN').toUpperCase(),
      taskState: wire['OS-EXT-STS:task_state'],
      host: wire['OS-EXT-SRV-ATTR:host'] || null,
      projectId: wire.tenant_id ?? '',
      flavor: wire.flavor ?? null,
      availabilityZone: wire['OS-EXT-AZ:availability_zone'] || null,
      locked: wire.locked ?? null,
      createdAt: wire.created,
      updatedAt: wire.updated,
    }),
  );

const serversSchema = z.object({ servers: z.array(serverSchema), servers_links: linksSchema });

export type WireServer = z.input<typeof serverSchema>;

const hasNext = (links: z.output<typeof linksSchema>): boolean => links?.some(({ rel }) => rel === 'next') ?? false;

/** All hypervisors, ironic nodes included. @throws SourceError of Keystone or Nova */
export function listHypervisors(session: Session): Promise<Hypervisor[]> {
  return readPages(
    'nova',
    async (limit, marker) => {
      const page = await session.read({
        service: 'nova',
        path: 'os-hypervisors/detail',
        query: { limit, marker },
        schema: hypervisorsSchema,
        version: HYPERVISORS,
      });
      return { items: page.hypervisors, more: hasNext(page.hypervisors_links) };
    },
    ({ id }) => id,
  );
}

/**
 * VMs of all projects that are not deleted. Nova refuses the question of an account that may not see them all; it is not
 * asked without `all_tenants`, which would give an admin's own project and look complete.
 *
 * @param options.changesSince ms; only what changed since, deleted ones (status DELETED) included
 * @throws SourceError of Keystone or Nova
 */
export async function listServers(session: Session, options: { changesSince?: number } = {}): Promise<Server[]> {
  const { changesSince } = options;
  const servers = await readPages(
    'nova',
    async (limit, marker) => {
      const page = await session.read({
        service: 'nova',
        path: 'servers/detail',
        query: {
          all_tenants: 1,
          limit,
          marker,
          'changes-since': changesSince === undefined ? undefined : new Date(changesSince).toISOString(),
        },
        schema: serversSchema,
        version: SERVERS,
      });
      return { items: page.servers, more: hasNext(page.servers_links) };
    },
    ({ id }) => id,
  );
  return changesSince === undefined ? servers.filter(({ status }) => status !== 'DELETED') : servers;
}
