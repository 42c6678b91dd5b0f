import type { Labels, Series, SeriesStore } from '@/lib/simulation/prometheus/series';

/** Series of machines and VMs as real clouds have them, with numbers that are easy to check by hand. */

export const GIB = 1024 ** 3;
const MODES = ['idle', 'user', 'nice', 'system', 'iowait', 'irq', 'softirq', 'steal'];

export type NamedSeries = Series & { name: string };

const ALWAYS = { from: 0, until: Number.POSITIVE_INFINITY };

export type MachineOptions = {
  labels: Labels;
  /** Share of all CPUs that is in use. */
  busy: number;
  /** Null: no node_uname_info. */
  nodename?: string | null;
  cpus?: number;
  memoryTotal?: number;
  memoryAvailable?: number;
  /** When the machine started; ms. Its counters began then. */
  bootedAt?: number;
  /** When it was scraped first and last; ms. */
  from?: number;
  until?: number;
  /** Times at which its counters began anew; ms. */
  restarts?: number[];
  /** Modes and metrics that were dropped at scrape time. */
  dropped?: string[];
};

/** All series of one node_exporter target. Busy time is in mode user. */
export function machine({ labels, busy, dropped = [], ...options }: MachineOptions): NamedSeries[] {
  const { from, until } = { ...ALWAYS, ...options };
  const bootedAt = options.bootedAt ?? 1_700_000_000_000;
  const restarts = options.restarts ?? [];
  const since = (at: number) => Math.max(bootedAt, ...restarts.filter((time) => time <= at));
  const gauge = (name: string, value: number, more: Labels = {}): NamedSeries[] =>
    dropped.includes(name) ? [] : [{ name, labels: { ...labels, ...more }, from, until, value: () => value }];
  const shares: Record<string, number> = { idle: 1 - busy, user: busy };
  const nodename = options.nodename === undefined ? null : options.nodename;
  return [
    ...Array.from({ length: options.cpus ?? 2 }, (_, cpu) =>
      MODES.filter((mode) => !dropped.includes(mode) && !dropped.includes('node_cpu_seconds_total')).map(
        (mode): NamedSeries => ({
          name: 'node_cpu_seconds_total',
          labels: { ...labels, cpu: String(cpu), mode },
          from,
          until,
          restarts,
          value: (at) => ((at - since(at)) / 1000) * (shares[mode] ?? 0),
        }),
      ),
    ).flat(),
    ...gauge('node_memory_MemTotal_bytes', options.memoryTotal ?? 64 * GIB),
    ...gauge('node_memory_MemAvailable_bytes', options.memoryAvailable ?? 48 * GIB),
    ...gauge('node_boot_time_seconds', bootedAt / 1000),
    ...(nodename === null
      ? []
      : gauge('node_uname_info', 1, { nodename, sysname: 'Linux', release: '6.1.0', machine: 'x86_64' })),
  ];
}

/** What RHOSO's recording rules keep of a machine with 2 CPUs. */
export function rules({ labels, busy }: Pick<MachineOptions, 'labels' | 'busy'>): NamedSeries[] {
  return [
    { name: 'instance:node_cpu_utilisation:rate1m', labels, ...ALWAYS, value: () => busy },
    { name: 'instance:node_num_cpu:sum', labels, ...ALWAYS, value: () => 2 },
  ];
}

export type VmOptions = { cores: number; from?: number; until?: number; labels?: Labels };

/** A VM in Debian's libvirt exporter; its counter begins with it. */
export function libvirtVm(
  uuid: string,
  { cores, from = 0, until = ALWAYS.until, labels = {} }: VmOptions,
): NamedSeries[] {
  const own = { job: 'libvirt', instance: 'kvm00:9177', domain: `instance-${uuid.slice(-8)}`, uuid, ...labels };
  const value = (at: number) => (cores * (at - from)) / 1000;
  return [{ name: 'libvirt_domain_info_cpu_time_seconds_total', labels: own, from, until, value }];
}

const INOVEX = { name: 'libvirt_domain_openstack_info', label: 'instance_id' };

/** A VM in a libvirt exporter that has the domain on every series and the id in a metric of its own. */
export function domainVm(
  uuid: string,
  { naming = INOVEX, labels = {}, ...options }: VmOptions & { naming?: typeof INOVEX },
): NamedSeries[] {
  const target = { job: 'libvirt', instance: 'kvm00:9177', domain: `instance-${uuid.slice(-8)}`, ...labels };
  const about = { vm_name: 'web', flavor_name: 'm1.small', project_name: 'shop', [naming.label]: uuid };
  return libvirtVm(uuid, options).flatMap((time): NamedSeries[] => [
    { ...time, labels: target },
    { ...time, name: naming.name, labels: { ...target, ...about }, value: () => 1 },
  ]);
}

/** The same VM with what its balloon driver reports; bytes. */
export const withMemory = (series: NamedSeries[], { total, free }: { total: number; free: number }): NamedSeries[] =>
  series.flatMap((one) => {
    if (!one.name.endsWith('_cpu_time_seconds_total')) return [one];
    const gauge = (name: string, bytes: number) => ({ ...one, name, value: () => bytes });
    return [
      one,
      gauge('libvirt_domain_memory_stats_available_bytes', total),
      gauge('libvirt_domain_memory_stats_usable_bytes', free),
    ];
  });

/** A VM in Ceilometer, which polls every two minutes and counts nanoseconds: it has no series before its first poll. */
export function meteredVm(
  uuid: string,
  { cores, from = 0, until = ALWAYS.until, labels = {} }: VmOptions,
): NamedSeries[] {
  const own = { job: 'ceilometer', instance: 'sg-core:3000', resource: uuid, type: 'cpu', unit: 'ns', ...labels };
  const polled = (at: number) => Math.floor(at / POLL_MS) * POLL_MS;
  const first = Math.ceil(from / POLL_MS) * POLL_MS;
  return [
    { name: 'ceilometer_cpu', labels: own, from: first, until, value: (at) => cores * (polled(at) - from) * 1e6 },
  ];
}

const POLL_MS = 120_000;

/** A Prometheus that has these series, scraped every 15 seconds. */
export function storeOf(series: NamedSeries[]): SeriesStore {
  const names = [...new Set(series.map(({ name }) => name))].sort();
  return {
    names,
    series: (name) => series.filter((one) => one.name === name),
    intervalMs: 15_000,
  };
}

/** The same series once for each of these sets of labels, such as replicas of Prometheus. */
export const copies = (series: NamedSeries[], ...marks: Labels[]): NamedSeries[] =>
  marks.flatMap((mark) => series.map((one) => ({ ...one, labels: { ...one.labels, ...mark } })));
