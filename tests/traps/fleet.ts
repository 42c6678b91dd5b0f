import { type ClusterParts, joinCluster } from '@/lib/domain/cluster/cluster';
import { groupServers } from '@/lib/domain/cluster/server-groups';
import type { Hypervisor } from '@/lib/openstack/records';
import type { Prometheus } from '@/lib/prometheus/client';
import { discoverExporters } from '@/lib/prometheus/discover';
import { listExporterInventories } from '@/lib/prometheus/exporter-inventory';
import { listNodeTargets } from '@/lib/prometheus/node-targets';
import { defaultMetricSettings, type MetricSettings } from '@/lib/prometheus/settings';
import { begin, emitScript, end, freePort, openRealPrometheus, outputOf, until } from './processes';

/** A fleet of emulated exporters, scraped by a real Prometheus. */

const INTERVAL_SECONDS = 5;
const WINDOW_SECONDS = 60;

/** One-minute windows, since the fleets are young; otherwise the defaults. */
export const SETTINGS: MetricSettings = {
  ...defaultMetricSettings,
  window: WINDOW_SECONDS * 1000,
  serverWindow: WINDOW_SECONDS * 1000,
};

export type Truth = {
  pcpu: { total: number; usage: number };
  pram: { total: number; usage: number };
  vcpu: { total: number; allocated: number; overcommit_ratio: number; overcommit_max: number };
  vram: { total: number; allocated: number; overcommit_max: number };
  current_cluster: { host_labels: string[]; cpu_current: (number | null)[] };
  x_hosts: { host: string; fqdn: string; ip: string; threads: number; cpu: number; enabled: boolean; up: boolean }[];
};

export type Fleet = {
  truth: Truth;
  prometheus: Prometheus;
  /** What the libvirt exporter of each host reports, as text. */
  libvirtPages(): Promise<string[]>;
  /** Seconds since the counters of the fleet started. */
  age(): number;
  /** Changes the targets' labels to those of another deployment. */
  relabel(style: string): Promise<void>;
  /** Stops all exporters. */
  stop(): Promise<void>;
};

/** Age of the counters, long enough for the mean since their start to equal the true rate. */
const LONG_AGO_SECONDS = 100_000;

/**
 * Runs a check with its own fleet.
 *
 * @param options options of the script that emits the metrics; with `fresh`, counters start now
 */
export async function withFleet(
  options: string[],
  check: (fleet: Fleet) => Promise<void>,
  { fresh = false } = {},
): Promise<void> {
  const script = emitScript();
  const listen = `127.0.0.1:${await freePort()}`;
  const epoch = Math.floor(Date.now() / 1000) - (fresh ? 0 : LONG_AGO_SECONDS);
  const all = [`--listen=${listen}`, `--interval=${INTERVAL_SECONDS}`, `--epoch=${epoch}`, '--truth-hosts', ...options];
  const configFor = async (more: string[]) =>
    (await outputOf('python3', script, 'prom-config', ...all, ...more)).replaceAll(
      'refresh_interval: 30s',
      'refresh_interval: 5s',
    );
  const emitter = begin('python3', script, 'serve', ...all);
  const real = await openRealPrometheus(await configFor([]));
  const get = async (page: string) => (await fetch(`http://${listen}${page}`)).text();
  try {
    await until('the exporters', async () => (await get('/truth')).startsWith('{'));
    const truth: Truth = JSON.parse(await get('/truth'));
    await check({
      truth,
      prometheus: real.prometheus,
      age: () => Date.now() / 1000 - epoch,
      libvirtPages: () => Promise.all(truth.x_hosts.map((_, i) => get(`/t/libvirt/${i}`))),
      relabel: async (style) => real.configure(await configFor(['--style', style])),
      stop: () => end(emitter),
    });
  } finally {
    await Promise.all([end(emitter), real.close()]);
  }
}

/** Waits until every series of the metric has been scraped for a full window. */
export async function settle({ prometheus }: Fleet, metric = 'node_memory_MemTotal_bytes'): Promise<void> {
  const scrapes = WINDOW_SECONDS / INTERVAL_SECONDS + 1;
  await until(`${scrapes} scrapes of ${metric}`, async () => {
    const [row] = await prometheus.query(`min(count_over_time(${metric}[3m]))`);
    return (row?.value ?? 0) > scrapes;
  });
}

const IRONIC: Hypervisor = {
  id: 'id-ironic',
  host: 'ironic-conductor',
  hypervisorHostname: '5f9c7d5e-0000-4000-8000-000000000001',
  type: 'ironic',
  hostIp: null,
  state: 'up',
  status: 'enabled',
  disabledReason: null,
  vcpus: null,
  memoryBytes: null,
  guests: null,
};

/** The hypervisors that Nova would list for this fleet, including a bare-metal node. */
export const hypervisorsOf = ({ x_hosts }: Truth, names: 'fqdn' | 'host' = 'fqdn'): Hypervisor[] => [
  IRONIC,
  ...x_hosts.map(
    (host): Hypervisor => ({
      ...IRONIC,
      id: `id-${host.host}`,
      host: host.host,
      hypervisorHostname: host[names],
      type: 'QEMU',
      hostIp: host.ip,
      state: host.up ? 'up' : 'down',
      status: host.enabled ? 'enabled' : 'disabled',
    }),
  ),
];

/** Reads and joins the fleet as the dashboard does. */
export async function readCluster(
  { truth, prometheus }: Pick<Fleet, 'truth' | 'prometheus'>,
  settings = SETTINGS,
  parts: Partial<ClusterParts> = {},
) {
  const exporters = await discoverExporters(prometheus, settings);
  const [targets, { rows, disputed }] = await Promise.all([
    listNodeTargets({ prometheus, settings, exporters }),
    listExporterInventories({ prometheus, settings, exporters }),
  ]);
  const cluster = joinCluster({
    hypervisors: hypervisorsOf(truth),
    servers: groupServers([]),
    allocations: { kind: 'openstack-exporter', rows, disputed },
    targets,
    hostLabels: settings.hostLabels,
    hostAliases: {},
    ...parts,
  });
  return { exporters, targets, rows, cluster };
}

type ServerTruth = { cores: number; memoryBytes: number | null };

const ID = /(?:uuid|instance_id|instanceId)="([^"]+)"/;
/** Initial value of a domain's counter. */
const FIRST_SECONDS = 1_000;

/** The true usage of each VM, from the exporters' pages: the mean since its counter started. */
export function serversOf(pages: string[], age: number): Map<string, ServerTruth> {
  const servers = new Map<string, ServerTruth>();
  for (const page of pages) {
    const lines = page.split('\n').filter((line) => line.includes('{'));
    const domainOf = (line: string) => /domain="([^"]+)"/.exec(line)?.[1] ?? '';
    const ids = new Map(lines.flatMap((line) => (ID.test(line) ? [[domainOf(line), ID.exec(line)?.[1]]] : [])));
    const memory = new Map<string, number>();
    for (const line of lines) {
      const id = ID.exec(line)?.[1] ?? ids.get(domainOf(line)) ?? '';
      const value = Number(line.slice(line.lastIndexOf(' ')));
      const cpuSeconds = line.startsWith('libvirtd_domain_cpu_time') ? value / 1e9 : value;
      if (/^libvirtd?_domain_(info_)?cpu_time/.test(line)) {
        servers.set(id, { cores: (cpuSeconds - FIRST_SECONDS) / age, memoryBytes: null });
      }
      if (/^libvirt_domain_\w*_available_bytes/.test(line) && value > 0) memory.set(id, value);
      const available = memory.get(id);
      const server = servers.get(id);
      if (/^libvirt_domain_\w*_usable_bytes/.test(line) && available !== undefined && server) {
        server.memoryBytes = available - value;
      }
    }
  }
  return servers;
}
