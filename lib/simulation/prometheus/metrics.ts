import { coreSeconds, openHostLoad, ramUsedMib } from '../load';
import { usageOf } from '../machines';
import { type Cloud, HISTORY_MS, hostAt, type SimHost, type SimServer } from '../model';
import { inventoryOf } from '../placement';
import type { Labels, Matcher, Series, SeriesStore } from './series';

/** What the exporters of the simulated cloud report: node_exporter, Debian's libvirt exporter, openstack-exporter. */

const MIB = 1_048_576;
const MODES: Record<string, number> = {
  user: 0.7,
  system: 0.22,
  iowait: 0.05,
  softirq: 0.03,
  nice: 0,
  irq: 0,
  steal: 0,
};
const NAMESPACE = { ACTIVE: 0, BUILD: 1, ERROR: 4, SHUTOFF: 11, SUSPENDED: 12, PAUSED: 16, SHELVED_OFFLOADED: 19 };

type Maker = (matchers: Matcher[]) => Series[];

export function openMetrics(cloud: Cloud): SeriesStore {
  const start = cloud.startedAt - HISTORY_MS;
  const load = openHostLoad(cloud);
  const always = (labels: Labels, value: (at: number) => number): Series => ({
    labels,
    value,
    from: start,
    until: Number.POSITIVE_INFINITY,
  });
  const node = (host: SimHost): Labels => ({ job: 'node', instance: `${host.ip}:9100` });
  const libvirt = (host: SimHost): Labels => ({ job: 'libvirt', instance: `${host.ip}:9177` });
  const exporter: Labels = { job: 'openstack', instance: '10.10.0.1:9198' };
  const reporting = cloud.hosts.filter(({ up }) => up);
  const machines = [...reporting, ...cloud.controllers];

  const perMachine =
    (make: (host: SimHost) => Series[]): Maker =>
    () =>
      machines.flatMap(make);

  const cpuSeconds: Maker = (matchers) => {
    const wanted = (name: string, value: string) =>
      matchers.every((matcher) => matcher.name !== name || matcher.matches(value));
    return machines
      .filter(({ ip }) => wanted('instance', `${ip}:9100`))
      .flatMap((host) => {
        // Every CPU of a machine is as busy as the others; what they share is computed once a moment.
        const busy = remembered((at) => load.busySeconds(host, start, at) / host.threads);
        const modes = ['idle', ...Object.keys(MODES)].filter((mode) => wanted('mode', mode));
        return Array.from({ length: host.threads }, (_, cpu) =>
          modes.map((mode) =>
            always({ ...node(host), cpu: String(cpu), mode }, (at) =>
              mode === 'idle' ? (at - start) / 1000 - busy(at) : busy(at) * (MODES[mode] ?? 0),
            ),
          ),
        ).flat();
      });
  };

  /** A domain is reported where it is; a migration begins a new series whose counter starts at 0. */
  const perDomain =
    (value: (server: SimServer, since: number, at: number) => number, running = false): Maker =>
    (matchers) => {
      const wanted = ({ id }: SimServer) => matchers.every(({ name, matches }) => name !== 'uuid' || matches(id));
      return cloud.servers
        .filter(({ status }) => (running ? status === 'ACTIVE' : !['SHELVED_OFFLOADED', 'BUILD'].includes(status)))
        .filter(wanted)
        .flatMap((server) =>
          server.stays.flatMap(({ from, host }, position): Series[] => {
            if (!host?.up) return [];
            const since = Math.max(from, start);
            const until = server.stays[position + 1]?.from ?? Number.POSITIVE_INFINITY;
            const labels = { ...libvirt(host), domain: server.domain, uuid: server.id };
            return [{ labels, value: (at) => value(server, since, at), from: since, until }];
          }),
        );
    };

  const placement =
    (value: (host: SimHost, resourceClass: string, at: number) => number): Maker =>
    () =>
      cloud.hosts.flatMap((host) =>
        Object.keys(inventoryOf(host)).map((resourceClass) =>
          always({ ...exporter, hostname: host.fqdn, resourcetype: resourceClass }, (at) =>
            value(host, resourceClass, at),
          ),
        ),
      );
  const inventory = (host: SimHost, resourceClass: string) =>
    inventoryOf(host)[resourceClass] ?? { total: 0, reserved: 0, allocation_ratio: 1 };

  const makers: Record<string, Maker> = {
    node_cpu_seconds_total: cpuSeconds,
    node_memory_MemTotal_bytes: perMachine((host) => [always(node(host), () => host.ramMib * MIB)]),
    node_memory_MemAvailable_bytes: perMachine((host) => [
      always(node(host), (at) => (host.ramMib - load.ramUsedMib(host, at)) * MIB),
    ]),
    node_memory_HugePages_Free: perMachine((host) => [always(node(host), () => 0)]),
    node_memory_Hugepagesize_bytes: perMachine((host) => [always(node(host), () => 2 * MIB)]),
    node_uname_info: perMachine((host) => [
      always({ ...node(host), nodename: host.name, release: '6.1.0', sysname: 'Linux' }, () => 1),
    ]),
    node_boot_time_seconds: perMachine((host) => [always(node(host), () => start / 1000)]),
    libvirt_domain_info_cpu_time_seconds_total: perDomain(coreSeconds),
    libvirt_domain_info_virtual_cpus: perDomain(({ flavor }) => flavor.vcpus),
    libvirt_domain_memory_stats_available_bytes: perDomain(({ flavor }) => flavor.ramMib * MIB, true),
    libvirt_domain_memory_stats_usable_bytes: perDomain(
      (server) => (server.flavor.ramMib - ramUsedMib(server)) * MIB,
      true,
    ),
    libvirt_up: () => reporting.map((host) => always(libvirt(host), () => 1)),
    openstack_placement_resource_total: placement((host, name) => inventory(host, name).total),
    openstack_placement_resource_reserved: placement((host, name) => inventory(host, name).reserved),
    openstack_placement_resource_allocation_ratio: placement((host, name) =>
      Math.fround(inventory(host, name).allocation_ratio),
    ),
    openstack_placement_resource_usage: placement(
      (host, name, at) => Object.entries(usageOf(cloud, host, at)).find(([key]) => key === name)?.[1] ?? 0,
    ),
    openstack_nova_agent_state: () =>
      cloud.hosts.map((host) =>
        always(
          {
            ...exporter,
            id: host.id,
            hostname: host.name,
            service: 'nova-compute',
            adminState: host.enabled ? 'enabled' : 'disabled',
            zone: host.zone,
          },
          () => Number(host.up),
        ),
      ),
    openstack_nova_total_vms: () => [always(exporter, () => cloud.servers.length)],
    openstack_nova_server_status: () =>
      cloud.servers.map((server) => {
        const host = hostAt(server, cloud.startedAt);
        const labels = {
          ...exporter,
          id: server.id,
          name: server.name,
          status: server.status,
          hypervisor_hostname: host?.fqdn ?? '',
        };
        return always(labels, () => NAMESPACE[server.status as keyof typeof NAMESPACE] ?? -1);
      }),
    up: () => [
      ...machines.map((host) => always(node(host), () => 1)),
      ...reporting.map((host) => always(libvirt(host), () => 1)),
    ],
  };
  return {
    names: Object.keys(makers).sort(),
    series: (name, matchers) => makers[name]?.(matchers) ?? [],
    intervalMs: 15_000,
  };
}

/** The last few results of a function of time: a query asks for two moments, once for every CPU. */
function remembered(compute: (at: number) => number): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    const value = known.get(at) ?? compute(at);
    known.set(at, value);
    return value;
  };
}
