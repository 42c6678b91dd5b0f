import type { WireHypervisor } from '@/lib/openstack/nova';
import { DAY_MS } from '@/lib/units';
import type { SimHost } from '../model';
import { ok, type Reply } from '../wire';
import { type NovaRequest, notFound, page } from './reply';

/** os-hypervisors: 2.33 adds paging, 2.53 UUIDs, and 2.88 drops the capacity. */

type Row = { id: string } & ({ host: SimHost } | { ironic: { id: string; name: string } });
type Wire = WireHypervisor & Record<string, unknown>;

function rowsOf({ cloud, query, minor }: NovaRequest): Row[] {
  const pattern = query.get('hypervisor_hostname_pattern');
  const idOf = (uuid: string, position: number) => (minor >= 53 ? uuid : String(position + 1));
  const rows: Row[] = [
    ...cloud.hosts.map((host, i) => ({ id: idOf(host.id, i), host })),
    ...cloud.ironic.map((ironic, i) => ({ id: idOf(ironic.id, cloud.hosts.length + i), ironic })),
  ];
  return pattern === null ? rows : rows.filter((row) => nameOf(row).includes(pattern));
}

const nameOf = (row: Row): string => ('host' in row ? row.host.fqdn : row.ironic.name);

export function hypervisors(request: NovaRequest, detailed: boolean): Reply {
  const rows = rowsOf(request);
  const describe = (row: Row) => {
    const wire = describeHypervisor(row, request);
    const { id, hypervisor_hostname, state, status } = wire;
    return detailed ? wire : { id, hypervisor_hostname, state, status };
  };
  // Before paging was added, limit and marker were unknown.
  return request.minor >= 33
    ? page(request, { name: 'hypervisors', rows, describe })
    : ok({ hypervisors: rows.map(describe) });
}

export function hypervisor(request: NovaRequest, id: string): Reply {
  const row = rowsOf(request).find((candidate) => candidate.id === id);
  return row
    ? ok({ hypervisor: describeHypervisor(row, request) })
    : notFound(`Hypervisor with ID '${id}' could not be found.`);
}

/** Like Nova, sums only over enabled hosts. */
export function statistics(request: NovaRequest): Reply {
  if (request.minor >= 88) return notFound('The resource could not be found.');
  const hosts = request.cloud.hosts.filter(({ enabled }) => enabled);
  const sums: Record<string, number> = { count: hosts.length };
  for (const host of hosts) {
    const { cpu_info: _, ...capacity } = capacityOf(host, request);
    for (const [name, value] of Object.entries(capacity)) sums[name] = (sums[name] ?? 0) + value;
  }
  return ok({ hypervisor_statistics: sums });
}

function describeHypervisor(row: Row, request: NovaRequest): Wire {
  const { cloud, minor, occupancy, now, query } = request;
  const id = minor >= 53 ? row.id : Number(row.id);
  if ('ironic' in row) {
    const service = { id, host: 'ctl-1-ironic', disabled_reason: null };
    return {
      id,
      hypervisor_hostname: row.ironic.name,
      state: 'up',
      status: 'enabled',
      hypervisor_type: 'ironic',
      hypervisor_version: 1,
      host_ip: '10.10.0.1',
      service,
      ...(minor >= 88 ? { uptime: null } : { ...NOTHING, cpu_info: minor >= 28 ? {} : '' }),
    };
  }
  const { host } = row;
  const guests = occupancy.guests(host, now);
  const service = {
    id: minor >= 53 ? host.serviceId : cloud.hosts.indexOf(host) + 10,
    host: host.name,
    disabled_reason: host.disabledReason,
  };
  return {
    id,
    hypervisor_hostname: host.fqdn,
    state: host.up ? 'up' : 'down',
    status: host.enabled ? 'enabled' : 'disabled',
    hypervisor_type: 'QEMU',
    hypervisor_version: 8002002,
    host_ip: host.ip,
    service,
    ...(minor >= 88 ? { uptime: host.up ? uptimeOf(request) : null } : capacityOf(host, request)),
    ...(minor >= 53 && query.get('with_servers') === 'true'
      ? { servers: guests.map(({ id: uuid, domain }) => ({ name: domain, uuid })) }
      : {}),
  };
}

const NOTHING = {
  vcpus: 0,
  memory_mb: 0,
  local_gb: 0,
  vcpus_used: 0,
  memory_mb_used: 0,
  local_gb_used: 0,
  free_ram_mb: 0,
  free_disk_gb: 0,
  current_workload: 0,
  running_vms: 0,
  disk_available_least: 0,
};

/** vcpus are the shared CPUs; reserved RAM counts as used, and every VM as running in any state. */
function capacityOf(host: SimHost, { occupancy, now, minor }: NovaRequest): typeof NOTHING & { cpu_info: unknown } {
  const usage = occupancy.usage(host, now);
  const ramUsed = usage.MEMORY_MB + host.reservedMib;
  const cpu = {
    arch: 'x86_64',
    model: 'Cascadelake-Server',
    vendor: 'Intel',
    topology: { cells: 2, sockets: 1, cores: host.threads / 4, threads: 2 },
    features: ['aes', 'apic', 'avx', 'avx2', 'clflush', 'cx16', 'fma', 'lm', 'nx', 'pge', 'sse4.2', 'vmx'],
  };
  return {
    vcpus: host.threads - host.pinnedCpus,
    memory_mb: host.ramMib,
    local_gb: host.diskGib,
    vcpus_used: usage.VCPU + usage.PCPU,
    memory_mb_used: ramUsed,
    local_gb_used: usage.DISK_GB,
    free_ram_mb: host.ramMib - ramUsed,
    free_disk_gb: host.diskGib - usage.DISK_GB,
    current_workload: 0,
    running_vms: occupancy.guests(host, now).length,
    disk_available_least: host.diskGib,
    cpu_info: minor >= 28 ? cpu : JSON.stringify(cpu),
  };
}

function uptimeOf({ cloud, now }: NovaRequest): string {
  const days = 12 + Math.floor((now - cloud.startedAt) / DAY_MS);
  const time = new Date(now).toISOString().slice(11, 19);
  return ` ${time} up ${days} days,  5:04,  0 users,  load average: 4.21, 3.97, 3.80`;
}
