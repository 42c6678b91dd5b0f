import type { WireServer } from '@/lib/openstack/nova';
import { hostAt, type SimServer } from '../model';
import { naiveMicros, ok, type Reply, zulu } from '../wire';
import { badRequest, bookmark, isYes, linksOf, type NovaRequest, notFound, page } from './reply';

/** servers, as admins see them. 2.47 embeds the flavor without an id. */

export function servers(request: NovaRequest, detailed: boolean): Reply {
  const { cloud, query } = request;
  // The account's own project has no VMs: without all_tenants an admin gets an empty list and no error.
  const seen = isYes(query.get('all_tenants')) ? cloud.servers : [];
  const since = query.get('changes-since');
  if (since !== null && Number.isNaN(Date.parse(since))) {
    return badRequest(
      `Invalid input for query parameters changes-since. Value: ${since}. '${since}' is not a 'date-time'`,
    );
  }
  const sorted = sortServers(seen.filter(matches(request)), request);
  if (sorted === null) {
    return badRequest('Invalid input for query parameters sort_key.');
  }
  const describe = (row: SimServer) =>
    detailed
      ? describeServer(row, request)
      : { id: row.id, name: row.name, links: linksOf(request, `/servers/${row.id}`) };
  return page(request, { name: 'servers', rows: sorted, describe });
}

export function server(request: NovaRequest, id: string): Reply {
  const found = request.cloud.servers.find((candidate) => candidate.id === id && candidate.deletedAt === undefined);
  if (!found) return notFound(`Instance ${id} could not be found.`);
  const groups = request.cloud.serverGroups.filter(({ members }) => members.includes(found)).map((group) => group.id);
  return ok({
    server: {
      ...describeServer(found, request),
      ...(request.minor >= 71 ? { server_groups: groups } : {}),
      // Only the details of a single server include its fault.
      ...(found.status === 'ERROR'
        ? { fault: { code: 500, created: zulu(found.createdAt), message: 'No valid host was found. ', details: '' } }
        : {}),
    },
  });
}

/** A VM that moves: its status and task at Nova. */
function whileMoving(server: SimServer, { engine }: NovaRequest): { status: string; task: string } | null {
  const move = engine.mover.moveOf(server);
  if (!move) return null;
  return move.type === 'live-migration'
    ? { status: 'MIGRATING', task: 'migrating' }
    : { status: 'RESIZE', task: 'resize_migrating' };
}

function matches(request: NovaRequest): (server: SimServer) => boolean {
  const { query, now, minor } = request;
  const since = query.get('changes-since');
  const tags = (minor >= 26 && query.get('tags-any')?.split(',')) || null;
  const statuses = query.getAll('status').map((status) => status.toUpperCase());
  const project = query.get('project_id') ?? query.get('tenant_id');
  const [host, name, flavor] = [query.get('host'), query.get('name'), query.get('flavor')];
  return (candidate) =>
    (since === null ? candidate.deletedAt === undefined : candidate.updatedAt >= Date.parse(since)) &&
    (statuses.length === 0 || statuses.includes(whileMoving(candidate, request)?.status ?? candidate.status)) &&
    (project === null || candidate.projectId === project) &&
    (tags === null || tags.some((tag) => candidate.tags?.includes(tag))) &&
    (host === null || hostAt(candidate, now)?.name === host) &&
    (flavor === null || candidate.flavor.id === flavor) &&
    (name === null || candidate.name.includes(name));
}

const SORT_KEYS: Record<string, (server: SimServer, now: number) => string | number> = {
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
  display_name: ({ name }) => name,
  uuid: ({ id }) => id,
  host: (server, now) => hostAt(server, now)?.name ?? '',
  vm_state: ({ status }) => status,
  project_id: ({ projectId }) => projectId,
};

/** Newest first by default; null if a sort key is unknown. */
function sortServers(rows: SimServer[], { query, now }: NovaRequest): SimServer[] | null {
  const directions = query.getAll('sort_dir');
  const wanted = query
    .getAll('sort_key')
    .map((name, i) => ({ key: SORT_KEYS[name], descends: directions[i] !== 'asc' }));
  const known = wanted.filter((sort): sort is { key: NonNullable<typeof sort.key>; descends: boolean } => !!sort.key);
  if (known.length !== wanted.length) return null;
  const sorts = [
    ...known,
    { key: ({ createdAt }: SimServer) => createdAt, descends: true },
    { key: ({ id }: SimServer) => id, descends: true },
  ];
  return [...rows].sort((a, b) => {
    for (const { key, descends } of sorts) {
      const [left, right] = [key(a, now), key(b, now)];
      if (left !== right) return left < right === descends ? 1 : -1;
    }
    return 0;
  });
}

/** What the client expects, except for the flavor, which differs below 2.47. */
type Wire = Omit<WireServer, 'flavor'> & Record<string, unknown>;

const POWER_STATES: Record<string, number> = { ACTIVE: 1, PAUSED: 3, SHUTOFF: 4, SUSPENDED: 4 };
const VM_STATES: Record<string, string> = { SHUTOFF: 'stopped', BUILD: 'building' };

function describeServer(row: SimServer, request: NovaRequest): Wire {
  const { now, minor, origin } = request;
  const host = hostAt(row, now);
  const created = zulu(row.createdAt);
  const moving = whileMoving(row, request);
  return {
    id: row.id,
    name: row.name,
    status: row.deletedAt === undefined ? (moving?.status ?? row.status) : 'DELETED',
    tenant_id: row.projectId,
    user_id: row.userId,
    metadata: row.metadata ?? {},
    hostId: host === null ? '' : host.id.replaceAll('-', ''),
    // Pinned VMs boot from volumes here.
    image: row.flavor.pinned ? '' : { id: IMAGE, links: [bookmark(origin, `/images/${IMAGE}`)] },
    // Older versions have only the flavor's id, which is useless once the flavor is deleted.
    flavor:
      minor >= 47 ? embeddedFlavor(row) : { id: row.flavor.id, links: [bookmark(origin, `/flavors/${row.flavor.id}`)] },
    created,
    updated: zulu(row.updatedAt),
    addresses: networksOf(row),
    accessIPv4: '',
    accessIPv6: '',
    links: linksOf(request, `/servers/${row.id}`),
    'OS-DCF:diskConfig': 'MANUAL',
    progress: 0,
    'OS-EXT-AZ:availability_zone': host?.zone ?? '',
    config_drive: '',
    key_name: null,
    'OS-SRV-USG:launched_at': host === null ? null : naiveMicros(row.createdAt),
    'OS-SRV-USG:terminated_at': null,
    'OS-EXT-SRV-ATTR:host': host?.name ?? null,
    'OS-EXT-SRV-ATTR:instance_name': row.domain,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': host?.fqdn ?? null,
    'OS-EXT-STS:task_state': row.status === 'BUILD' ? 'scheduling' : (moving?.task ?? null),
    'OS-EXT-STS:vm_state': VM_STATES[row.status] ?? row.status.toLowerCase(),
    'OS-EXT-STS:power_state': POWER_STATES[row.status] ?? 0,
    'os-extended-volumes:volumes_attached': [],
    ...since(minor, 3, {
      'OS-EXT-SRV-ATTR:reservation_id': `r-${row.id.slice(0, 8)}`,
      'OS-EXT-SRV-ATTR:launch_index': 0,
      'OS-EXT-SRV-ATTR:hostname': row.name
        .toLowerCase()
        .replaceAll(/[^a-z0-9-]+/g, '-')
        .slice(0, 63),
      'OS-EXT-SRV-ATTR:kernel_id': '',
      'OS-EXT-SRV-ATTR:ramdisk_id': '',
      'OS-EXT-SRV-ATTR:root_device_name': '/dev/vda',
      'OS-EXT-SRV-ATTR:user_data': null,
    }),
    ...since(minor, 9, { locked: row.locked }),
    ...since(minor, 16, {
      host_status: host === null ? '' : host.enabled ? (host.up ? 'UP' : 'DOWN') : 'MAINTENANCE',
    }),
    ...since(minor, 19, { description: null }),
    ...since(minor, 26, { tags: row.tags ?? [] }),
    ...since(minor, 63, { trusted_image_certificates: null }),
    ...since(minor, 73, { locked_reason: null }),
    ...since(minor, 96, { pinned_availability_zone: null }),
  };
}

const networksOf = ({ addresses }: SimServer) => ({
  private: addresses.map((addr, i) => ({
    version: 4,
    addr,
    'OS-EXT-IPS:type': i === 0 ? 'fixed' : 'floating',
    'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:00',
  })),
});

const IMAGE = '652aec08-b911-4a30-a18d-13f6492de77f';

/** Fields added by a microversion. */
const since = (minor: number, first: number, fields: Record<string, unknown>) => (minor >= first ? fields : {});

function embeddedFlavor({ flavor }: SimServer) {
  return {
    vcpus: flavor.vcpus,
    ram: flavor.ramMib,
    disk: flavor.diskGib,
    ephemeral: 0,
    swap: 0,
    original_name: flavor.name,
    extra_specs: extraSpecs(flavor),
  };
}

export const extraSpecs = ({ pinned }: { pinned: boolean }): Record<string, string> =>
  pinned ? { 'hw:cpu_policy': 'dedicated' } : {};
