import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type ClusterParts, joinCluster } from '@/lib/domain/cluster';
import type { Hypervisor } from '@/lib/openstack/records';
import { openPrometheus, type Prometheus } from '@/lib/prometheus/client';
import { discoverExporters } from '@/lib/prometheus/discover';
import { listExporterInventories } from '@/lib/prometheus/exporter-inventory';
import { listNodeTargets } from '@/lib/prometheus/node-targets';
import { defaultMetricSettings, type MetricSettings } from '@/lib/prometheus/settings';

/** A fleet of emulated exporters with a real Prometheus that scrapes it, all on loopback. */

const INTERVAL_SECONDS = 5;

/** One-minute windows, since the fleet is young; everything else as it is found. */
export const SETTINGS: MetricSettings = { ...defaultMetricSettings, window: 60_000, serverWindow: 60_000 };

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
  /** Emitter and Prometheus, for traps that end one of them. */
  emitter: ChildProcess;
  close(): Promise<void>;
};

const run = promisify(execFile);

function emitScript(): string {
  const script = process.env.EMIT_METRICS;
  if (!script) throw new Error('EMIT_METRICS has to name the script that emits a fleet of exporters');
  return script;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function until(what: string, check: () => Promise<boolean>, tries = 240): Promise<void> {
  for (let i = 0; i < tries; i++) {
    if (await check().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`gave up waiting for ${what}`);
}

export async function openFleet(options: string[]): Promise<Fleet> {
  const script = emitScript();
  const [emitPort, port] = [await freePort(), await freePort()];
  const listen = `127.0.0.1:${emitPort}`;
  const epoch = String(Math.floor(Date.now() / 1000) - 3600);
  const common = ['--listen', listen, '--interval', String(INTERVAL_SECONDS), '--epoch', epoch, '--truth-hosts'];
  const folder = await mkdtemp(path.join(tmpdir(), 'fleet-'));
  const { stdout: config } = await run('python3', [script, 'prom-config', ...common, ...options]);
  const { stdout: truth } = await run('python3', [script, 'truth', ...common, ...options], { maxBuffer: 1e8 });
  await writeFile(
    path.join(folder, 'prometheus.yml'),
    config.replaceAll('refresh_interval: 30s', 'refresh_interval: 5s'),
  );
  const url = `http://127.0.0.1:${port}`;
  const emitter = spawn('python3', [script, 'serve', ...common, ...options], { stdio: 'ignore' });
  const prometheusProcess = spawn(
    'prometheus',
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  const prometheus = openPrometheus({
    url,
    auth: { type: 'none' },
    headers: {},
    method: 'auto',
    timeoutMs: 20_000,
    maxBytes: 1e8,
    concurrency: 4,
  });
  return {
    truth: JSON.parse(truth),
    prometheus,
    emitter,
    async close() {
      await Promise.all([end(emitter), end(prometheusProcess)]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Until every target of the fleet has been scraped for a full window. */
export async function settle({ prometheus }: Fleet, metric = 'node_memory_MemTotal_bytes'): Promise<void> {
  const scrapes = 60 / INTERVAL_SECONDS;
  await until(`${scrapes} scrapes of ${metric}`, async () => {
    const [row] = await prometheus.query(`min(count_over_time(${metric}[3m]))`);
    return (row?.value ?? 0) > scrapes + 1;
  });
}

/** Hypervisors as Nova would list them for this fleet. */
export const hypervisorsOf = ({ x_hosts }: Truth, names: 'fqdn' | 'short' = 'fqdn'): Hypervisor[] =>
  x_hosts.map(({ host, fqdn, ip, enabled, up }) => ({
    id: `id-${host}`,
    host,
    hypervisorHostname: names === 'fqdn' ? fqdn : host,
    type: 'QEMU',
    hostIp: ip,
    state: up ? 'up' : 'down',
    status: enabled ? 'enabled' : 'disabled',
    disabledReason: null,
    vcpus: null,
    memoryBytes: null,
  }));

/** What the product makes of the fleet: exporters found, targets and allocations read and joined. */
export async function readCluster(fleet: Fleet, settings = SETTINGS, parts: Partial<ClusterParts> = {}) {
  const exporters = await discoverExporters(fleet.prometheus, settings);
  const [targets, rows] = await Promise.all([
    listNodeTargets(fleet.prometheus, settings, exporters),
    listExporterInventories(fleet.prometheus, settings, exporters),
  ]);
  const cluster = joinCluster({
    hypervisors: hypervisorsOf(fleet.truth),
    servers: [],
    allocations: { kind: 'openstack-exporter', rows },
    targets,
    hostLabels: settings.hostLabels,
    hostAliases: {},
    ...parts,
  });
  return { exporters, targets, rows, cluster };
}
