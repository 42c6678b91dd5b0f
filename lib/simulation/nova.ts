import type { WireHypervisor, WireServer } from '@/lib/openstack/nova';
import { usageOf } from './machines';
import { hostAt, type SimFlavor, type SimHost, type SimServer } from './model';
import { type Ask, minorVersion, naive, ok, type Reply, slice, zulu } from './wire';

/** Nova's API as far as dashboards read it. https://docs.openstack.org/api-ref/compute/ */

const VERSIONS = { major: 2, lowest: 1, highest: 96 };

export function answerNova(ask: Ask): Reply {
  const { path, headers } = ask;
  if (path === '') {
    return ok({
      versions: [
        { id: 'v2.0', status: 'SUPPORTED', version: '', min_version: '', updated: '2011-01-21T11:33:21Z', links: [] },
        {
          id: 'v2.1',
          status: 'CURRENT',
          version: `2.${VERSIONS.highest}`,
          min_version: '2.1',
          updated: '2013-07-23T11:33:21Z',
          links: [],
        },
      ],
    });
  }
  const asked =
    headers.get('openstack-api-version') ??
    (headers.has('x-openstack-nova-api-version') ? `compute ${headers.get('x-openstack-nova-api-version')}` : null);
  const minor = minorVersion(asked, 'compute', VERSIONS);
  if (minor === null)
    return fault(
      406,
      'computeFault',
      `Version ${asked} is not supported by the API. Minimum is 2.1 and maximum is 2.${VERSIONS.highest}.`,
    );
  const route = path.replace(/^\/v2\.1/, '');
  if (route === '/os-hypervisors/detail' || route === '/os-hypervisors') return hypervisors(ask, minor);
  if (route === '/servers/detail' || route === '/servers') return servers(ask, minor);
  if (route === '/os-services') return services(ask);
  if (route === '/os-aggregates') return aggregates(ask);
  if (route === '/flavors/detail') return flavors(ask);
  const one = /^\/servers\/([^/]+)$/.exec(route)?.[1];
  if (one !== undefined) {
    const server = ask.cloud.servers.find(({ id }) => id === one);
    return server
      ? ok({ server: describeServer(server, ask, minor) })
      : fault(404, 'itemNotFound', `Instance ${one} could not be found.`);
  }
  return { status: 404, body: { message: 'The resource could not be found.', code: '404 Not Found' } };
}

function fault(code: number, name: string, message: string): Reply {
  return { status: code, body: { [name]: { code, message } } };
}

function hypervisors(ask: Ask, minor: number): Reply {
  const { cloud, query, now, origin } = ask;
  const rows = [
    ...cloud.hosts.map((host, i) => ({
      id: minor >= 53 ? host.id : String(i + 1),
      row: describeHypervisor(host, i, ask, minor),
    })),
    ...cloud.ironic.map(({ id, name }, i) => ({
      id: minor >= 53 ? id : String(cloud.hosts.length + i + 1),
      row: {
        id: minor >= 53 ? id : cloud.hosts.length + i + 1,
        hypervisor_hostname: name,
        hypervisor_type: 'ironic',
        state: 'up',
        status: 'enabled',
        host_ip: '10.10.0.1',
        service: { host: 'ctl-1-ironic', disabled_reason: null },
        ...(minor < 88 ? { vcpus: 0, memory_mb: 0, vcpus_used: 0, memory_mb_used: 0 } : {}),
      } satisfies WireHypervisor & Record<string, unknown>,
    })),
  ];
  const page = minor >= 33 ? slice(rows, query) : { items: rows, more: false };
  if (page === 'bad limit' || page === 'bad marker')
    return fault(400, 'badRequest', `Invalid input: ${page} (${now}).`);
  const last = page.items.at(-1)?.id;
  return ok({
    hypervisors: page.items.map(({ row }) => row),
    ...(page.more
      ? { hypervisors_links: [{ rel: 'next', href: `${origin}/elsewhere/os-hypervisors/detail?marker=${last}` }] }
      : {}),
  });
}

function describeHypervisor(
  host: SimHost,
  position: number,
  { cloud, now }: Ask,
  minor: number,
): WireHypervisor & Record<string, unknown> {
  const usage = usageOf(cloud, host, now);
  const shared = host.threads - host.pinnedCpus;
  return {
    id: minor >= 53 ? host.id : position + 1,
    hypervisor_hostname: host.fqdn,
    state: host.up ? 'up' : 'down',
    status: host.enabled ? 'enabled' : 'disabled',
    hypervisor_type: 'QEMU',
    hypervisor_version: 8002002,
    host_ip: host.ip,
    service: { host: host.name, disabled_reason: host.disabledReason },
    ...(minor >= 88
      ? { uptime: null }
      : {
          vcpus: shared,
          memory_mb: host.ramMib,
          local_gb: 8000,
          vcpus_used: usage.VCPU + usage.PCPU,
          memory_mb_used: usage.MEMORY_MB + host.reservedMib,
          local_gb_used: usage.DISK_GB,
          free_ram_mb: host.ramMib - usage.MEMORY_MB - host.reservedMib,
          free_disk_gb: 8000 - usage.DISK_GB,
          current_workload: 0,
          running_vms: usage.VMS,
          disk_available_least: 8000,
          cpu_info: {
            arch: 'x86_64',
            model: 'Cascadelake-Server',
            vendor: 'Intel',
            topology: { cells: 2, sockets: 1, cores: host.threads / 4, threads: 2 },
            features: ['vmx'],
          },
        }),
  };
}

function servers(ask: Ask, minor: number): Reply {
  const { cloud, query, now, origin } = ask;
  const since = query.get('changes-since');
  const host = query.get('host');
  const status = query.get('status');
  // The account's own project has none: without all_tenants an admin sees an empty list and no error.
  const seen = ['1', 'true', 'True', ''].includes(query.get('all_tenants') ?? '0') ? cloud.servers : [];
  const matching = seen
    .filter((server) => since === null || server.updatedAt >= Date.parse(since))
    .filter((server) => host === null || hostAt(server, now)?.name === host)
    .filter((server) => status === null || server.status === status.toUpperCase())
    .sort((a, b) => b.createdAt - a.createdAt);
  const page = slice(matching, query);
  if (page === 'bad marker') return fault(400, 'badRequest', `marker [${query.get('marker')}] not found`);
  if (page === 'bad limit') return fault(400, 'badRequest', 'Invalid input for query parameters limit.');
  return ok({
    servers: page.items.map((server) => describeServer(server, ask, minor)),
    ...(page.more
      ? { servers_links: [{ rel: 'next', href: `${origin}/elsewhere/servers/detail?marker=${page.items.at(-1)?.id}` }] }
      : {}),
  });
}

function describeServer(server: SimServer, { now }: Ask, minor: number): WireServer & Record<string, unknown> {
  const host = hostAt(server, now);
  const { flavor } = server;
  const power: Record<string, number> = { ACTIVE: 1, PAUSED: 3, SHUTOFF: 4, SUSPENDED: 4 };
  return {
    id: server.id,
    name: server.name,
    status: server.status,
    tenant_id: server.projectId,
    user_id: server.projectId,
    metadata: {},
    hostId: host === null ? '' : host.id.replaceAll('-', ''),
    image: '',
    flavor: minor >= 47 ? embedded(flavor) : undefined,
    created: zulu(server.createdAt),
    updated: zulu(server.updatedAt),
    addresses: {},
    accessIPv4: '',
    accessIPv6: '',
    links: [],
    'OS-DCF:diskConfig': 'MANUAL',
    progress: 0,
    'OS-EXT-AZ:availability_zone': host?.zone ?? '',
    config_drive: '',
    key_name: null,
    'OS-SRV-USG:launched_at': naive(server.createdAt),
    'OS-SRV-USG:terminated_at': null,
    'OS-EXT-SRV-ATTR:host': host?.name ?? null,
    'OS-EXT-SRV-ATTR:instance_name': server.domain,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': host?.fqdn ?? null,
    'OS-EXT-STS:task_state': server.status === 'BUILD' ? 'scheduling' : null,
    'OS-EXT-STS:vm_state': server.status.toLowerCase(),
    'OS-EXT-STS:power_state': power[server.status] ?? 0,
    'os-extended-volumes:volumes_attached': [],
    ...(minor >= 9 ? { locked: server.locked } : {}),
    ...(minor >= 26 ? { tags: [] } : {}),
  };
}

const embedded = (flavor: SimFlavor) => ({
  original_name: flavor.name,
  vcpus: flavor.vcpus,
  ram: flavor.ramMib,
  disk: flavor.diskGib,
  ephemeral: 0,
  swap: 0,
  extra_specs: pinning(flavor),
});

const pinning = ({ pinned }: SimFlavor): Record<string, string> => (pinned ? { 'hw:cpu_policy': 'dedicated' } : {});

function services({ cloud, now }: Ask): Reply {
  return ok({
    services: cloud.hosts.map((host) => ({
      id: host.id,
      binary: 'nova-compute',
      host: host.name,
      zone: host.zone,
      status: host.enabled ? 'enabled' : 'disabled',
      state: host.up ? 'up' : 'down',
      disabled_reason: host.disabledReason,
      forced_down: false,
      updated_at: naive(now),
    })),
  });
}

function aggregates({ cloud }: Ask): Reply {
  return ok({
    aggregates: ['az-a', 'az-b'].map((zone, i) => ({
      id: i + 1,
      name: `rack-${zone}`,
      availability_zone: zone,
      metadata: { availability_zone: zone },
      hosts: cloud.hosts.filter((host) => host.zone === zone).map(({ name }) => name),
    })),
  });
}

function flavors({ cloud }: Ask): Reply {
  return ok({
    flavors: cloud.flavors
      .filter(({ deleted }) => !deleted)
      .map((flavor, i) => ({
        id: String(i + 1),
        name: flavor.name,
        vcpus: flavor.vcpus,
        ram: flavor.ramMib,
        disk: flavor.diskGib,
        swap: 0,
      })),
  });
}
