import { z } from 'zod';
import { isRecord } from '../is-record';
import { ifReadable, orNull, rowsOf } from '../lenient';
import { MIB } from '../units';
import { embeddedFlavorSchema, listFlavors } from './flavors';
import { openInterner } from './interned';
import { isAtLeast, type Microversion, type VersionNeed } from './microversions';
import { hasNext, linksSchema } from './nova-links';
import { readPages, readWithRows } from './paging';
import type { Hypervisor, Server } from './records';
import type { Session } from './session';
import { firstDate, optionalText, optionalTime } from './wire';

/** 2.53 introduces UUIDs; 2.88 drops the capacity and queries every compute for its uptime. */
const HYPERVISORS: VersionNeed = { min: [2, 1], max: [2, 87], fallback: [2, 53] };
const PAGED_HYPERVISORS: Microversion = [2, 33];
/** 2.9 adds `locked`, 2.26 tags, 2.69 servers in a cell that is down, 2.96 the requested zone. */
const SERVERS: VersionNeed = { min: [2, 1], max: [2, 96], fallback: [2, 53] };
const EMBEDDED_FLAVORS: Microversion = [2, 47];

const numberOrNull = () => orNull(z.number());

/** https://docs.openstack.org/api-ref/compute/#list-hypervisors-details */
const hypervisorSchema = z
  .object({
    id: z.union([z.string(), z.number()]).transform(String),
    hypervisor_hostname: z.string(),
    hypervisor_type: optionalText(),
    state: optionalText(),
    status: optionalText(),
    host_ip: optionalText(),
    service: orNull(z.object({ host: optionalText(), disabled_reason: optionalText() })),
    vcpus: numberOrNull(),
    memory_mb: numberOrNull(),
    running_vms: numberOrNull(),
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
      guests: wire.running_vms,
    }),
  );

const hypervisorsSchema = z.object({ hypervisors: rowsOf(hypervisorSchema), hypervisors_links: linksSchema });

export type WireHypervisor = z.input<typeof hypervisorSchema>;

/** https://docs.openstack.org/api-ref/compute/#list-servers-detailed. Servers in a cell that is down have little but an id. */
const serverFields = z.object({
  id: z.string(),
  name: ifReadable(z.string()),
  status: ifReadable(z.string()),
  tenant_id: ifReadable(z.string()),
  locked: ifReadable(z.boolean()),
  created: optionalTime(),
  updated: optionalTime(),
  'OS-EXT-STS:task_state': optionalText(),
  'OS-EXT-SRV-ATTR:host': optionalText(),
  'OS-EXT-AZ:availability_zone': optionalText(),
  pinned_availability_zone: ifReadable(z.string()),
  tags: ifReadable(z.array(z.string())),
  metadata: ifReadable(z.record(z.string(), z.unknown())),
  image: z.unknown().optional(),
  addresses: ifReadable(z.record(z.string(), z.unknown())),
});

/** Interned: thousands of VMs share these values. */
const interned = openInterner();

/** Few VMs have any, so most keep nothing. */
function marksOf({ tags, metadata }: Pick<z.output<typeof serverFields>, 'tags' | 'metadata'>) {
  const keys = Object.keys(metadata ?? {});
  return { ...(tags?.length && { tags }), ...(keys.length > 0 && { metadataKeys: keys }) };
}

/** https://docs.openstack.org/api-ref/compute/#list-servers-detailed: lists of addresses by network. */
function addressesOf(networks: z.output<typeof serverFields>['addresses']) {
  const all = Object.values(networks ?? {}).flatMap((list) => (Array.isArray(list) ? list : []));
  const known = all.flatMap((one: unknown) => (isRecord(one) && typeof one.addr === 'string' ? [one.addr] : []));
  return known.length === 0 ? {} : { addresses: [...new Set(known)].join(' ') };
}

const toServer = (wire: z.output<typeof serverFields>): Server => ({
  id: wire.id,
  name: wire.name ?? wire.id,
  status: interned.text((wire.status ?? 'UNKNOWN').toUpperCase()),
  taskState: wire['OS-EXT-STS:task_state'],
  host: interned.text(wire['OS-EXT-SRV-ATTR:host'] || null),
  projectId: interned.text(wire.tenant_id ?? ''),
  flavor: null,
  availabilityZone: interned.text(wire['OS-EXT-AZ:availability_zone'] || null),
  ...(wire.pinned_availability_zone === undefined ? {} : { pinnedZone: interned.text(wire.pinned_availability_zone) }),
  ...marksOf(wire),
  // Nova says '' for the image of a VM whose root disk is a volume.
  ...(wire.image == null ? {} : { bootsFromVolume: wire.image === '' }),
  ...addressesOf(wire.addresses),
  locked: wire.locked ?? null,
  createdAt: wire.created,
  updatedAt: wire.updated,
});

const serverSchema = serverFields
  .extend({ flavor: orNull(embeddedFlavorSchema) })
  .transform((wire): Server => ({ ...toServer(wire), flavor: interned.value(wire.flavor) }));

const serversSchema = z.object({ servers: rowsOf(serverSchema), servers_links: linksSchema });

export type WireServer = z.input<typeof serverSchema>;

/** Below 2.47 a server only has its flavor's id. */
const olderServerSchema = serverFields
  .extend({ flavor: orNull(z.object({ id: z.string() })) })
  .transform((wire) => ({ id: wire.id, server: toServer(wire), flavorId: wire.flavor?.id ?? null }));

const olderServersSchema = z.object({ servers: rowsOf(olderServerSchema), servers_links: linksSchema });

/** All hypervisors, including Ironic nodes. @throws SourceError of Keystone or Nova */
export async function listHypervisors(session: Session): Promise<Hypervisor[]> {
  const read = (query: { limit?: number; marker?: string }) =>
    readWithRows(session, 'hypervisors', {
      service: 'nova',
      path: 'os-hypervisors/detail',
      query,
      schema: hypervisorsSchema,
      version: HYPERVISORS,
    });
  if (!isAtLeast(await session.version('nova', HYPERVISORS), PAGED_HYPERVISORS))
    return (await read({})).page.hypervisors;
  return readPages({
    source: 'nova',
    list: 'os-hypervisors/detail',
    sizes: session.pageSizes,
    readPage: async (limit, marker) => {
      const { page, rows } = await read({ limit, marker });
      return { items: page.hypervisors, rows, more: hasNext(page.hypervisors_links) };
    },
    idOf: ({ id }) => id,
  });
}

type ServersOptions = {
  /** Servers read by an interrupted attempt, from which to continue. */
  known?: Server[];
  changesSince?: number;
  onPage?: (soFar: Server[]) => void | Promise<void>;
  onTime?: (novaTime: number) => void;
};

/**
 * All projects' VMs that are not deleted. Always requested with `all_tenants`, so that Nova refuses an account without
 * access instead of returning only its own project.
 *
 * @param options.changesSince ms; only VMs changed since then, including deleted ones (status DELETED)
 * @param options.onPage called with all VMs so far after every page; the next page waits for it
 * @param options.onTime called with Nova's time at the first page, if Nova sends it
 * @throws SourceError of Keystone or Nova
 */
export async function listServers(session: Session, options: ServersOptions = {}): Promise<Server[]> {
  const { changesSince } = options;
  const since = changesSince === undefined ? undefined : new Date(changesSince).toISOString();
  const embedded = isAtLeast(await session.version('nova', SERVERS), EMBEDDED_FLAVORS);
  const servers = await (embedded
    ? readServers(session, serversSchema, { ...options, since })
    : readOlderServers(session, since, options));
  return since === undefined ? servers.filter(({ status }) => status !== 'DELETED') : servers;
}

/** The flavor is null if it has been deleted since. */
async function readOlderServers(
  session: Session,
  since: string | undefined,
  { onTime }: ServersOptions,
): Promise<Server[]> {
  const [rows, flavors] = await Promise.all([
    readServers(session, olderServersSchema, { since, onTime }),
    listFlavors(session),
  ]);
  return rows.map(({ server, flavorId }) => ({ ...server, flavor: flavors.get(flavorId ?? '') ?? null }));
}

function readServers<T extends { id: string }>(
  session: Session,
  schema: z.ZodType<{ servers: T[]; servers_links?: z.output<typeof linksSchema> }>,
  {
    since,
    known,
    onPage,
    onTime,
  }: {
    since: string | undefined;
    known?: T[];
    onPage?: (soFar: T[]) => void | Promise<void>;
    onTime?: (at: number) => void;
  },
): Promise<T[]> {
  const onHeaders = firstDate(onTime);
  return readPages({
    source: 'nova',
    list: 'servers/detail',
    sizes: session.pageSizes,
    readPage: async (limit, marker) => {
      const { page, rows } = await readWithRows(session, 'servers', {
        service: 'nova',
        path: 'servers/detail',
        query: { all_tenants: 1, limit, marker, 'changes-since': since },
        schema,
        version: SERVERS,
        onHeaders,
      });
      return { items: page.servers, rows, more: hasNext(page.servers_links) };
    },
    idOf: ({ id }) => id,
    known,
    onPage,
  });
}
