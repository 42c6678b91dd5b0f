import 'server-only';
import { createHash } from 'node:crypto';
import { markTags } from '@/lib/domain/cluster/must-not-move';
import { plansToRead } from '@/lib/domain/plans/plans-to-read';
import { isRunning } from '@/lib/domain/plans/states';
import { type Env, proxiesOf } from '@/lib/env';
import type { Source } from '@/lib/errors';
import type { Attempt } from '@/lib/http';
import { type CloudSettings, loadCloud } from '@/lib/openstack/clouds';
import { probeService } from '@/lib/openstack/probe';
import { openSession, type Session } from '@/lib/openstack/session';
import { openWriter, type Writer } from '@/lib/openstack/writes/writer';
import { processWide } from '@/lib/process-wide';
import { openBatching } from '@/lib/prometheus/batching';
import { listExported } from '@/lib/readings/allocations';
import { type HostLoadReader, openHostLoadReader } from '@/lib/readings/host-load';
import { type InventoryReader, openInventoryReader } from '@/lib/readings/inventory';
import { type LoadReader, openLoadReader } from '@/lib/readings/load';
import { type Losses, openLossLog } from '@/lib/readings/losses';
import { type MigrationsReader, openMigrationsReader } from '@/lib/readings/migrations';
import { type OptimizerReader, openOptimizerReader } from '@/lib/readings/optimizer';
import { openPlacementReader, type PlacementReader } from '@/lib/readings/placement';
import { openPlanLoadReader, type PlanLoadReader } from '@/lib/readings/plan-load';
import { RECONCILE } from '@/lib/readings/reconciler';
import { MIB } from '@/lib/units';
import { observeAttempt } from '../process/observe';
import type { RegionId } from '../process/region';
import { metricSettings, openPrometheusFor } from './prometheus';
import { cloudFiles, type Region, regionOf, settingsFor } from './regions';
import { openSimulatedCloud } from './simulated';

/**
 * Everything that a region is read from, opened once. A simulated cloud differs from a real one by its addresses only.
 */
export type Sources = {
  mode: 'live' | 'simulated';
  /** Identifies the cloud in cache keys: a digest of mode, addresses and account, so that no key shows any of them. */
  identity: string;
  session: Session;
  /** Service hosts by the name that metrics give them, where nothing else matches. */
  hostAliases: Record<string, string>;
  /** Checks that a service answers. @throws SourceError that says why not */
  probe(source: Source, options: { timeoutMs: number }): Promise<void>;
  inventory: InventoryReader;
  placement: PlacementReader;
  load: LoadReader;
  /** Rows of Prometheus that could not be read lately. */
  queryLosses(): Losses;
  optimizer: OptimizerReader;
  planLoad: PlanLoadReader;
  migrations: MigrationsReader;
  hostLoad: HostLoadReader;
};

/** Several may be in flight at once; a page of 1,000 VMs has about 5 MiB. */
const MAX_ANSWER_BYTES = 32 * MIB;

/** `writer`: null unless acts are on, so that nothing in this process can change a cloud. */
type Opened = { sources: Sources; writer: Writer | null };

const openedSources = () => processWide('sources', () => new Map<RegionId, Promise<Opened>>());

/**
 * @throws SourceError of kind `config` if the cloud or Prometheus is not configured; the next call tries again
 * @throws EnvError if settings are wrong
 */
export const openSources = async (region: RegionId): Promise<Sources> => (await openRegion(region)).sources;

/** For `writer.ts` only. @throws as above */
export async function openRegion(region: RegionId): Promise<Opened> {
  const opened = openedSources();
  const known = opened.get(region);
  if (known) return known;
  const opening = open(regionOf(region));
  opened.set(region, opening);
  opening.catch(() => opened.delete(region));
  return opening;
}

async function open(region: Region): Promise<Opened> {
  const env = settingsFor(region);
  const { cloud, prometheusUrl } = env.USE_MOCK_DATA ? await openSimulatedCloud(env, region) : realCloud(env, region);
  const limits = {
    timeoutMs: env.UPSTREAM_TIMEOUT * 1000,
    maxBytes: MAX_ANSWER_BYTES,
    // The simulated cloud is in this process.
    proxies: env.USE_MOCK_DATA ? null : proxiesOf(env),
  };
  const observe = (attempt: Attempt) => observeAttempt(region.id, attempt);
  const connecting = { ...limits, concurrency: env.UPSTREAM_CONCURRENCY, observe };
  const session = openSession(cloud, {
    ...connecting,
    watcher: env.USE_MOCK_DATA
      ? {}
      : { endpointName: env.WATCHER_ENDPOINT_NAME, interfaceName: env.WATCHER_INTERFACE_NAME },
  });
  const queryLosses = openLossLog(Date.now);
  const load = openLoadReader(
    openBatching(openPrometheusFor(env, session, { url: prometheusUrl, ...limits, observe, onLoss: queryLosses.note })),
    metricSettings(env),
    Date.now,
  );
  const mode = env.USE_MOCK_DATA ? 'simulated' : 'live';
  const sources: Sources = {
    mode,
    identity: digest([mode, cloud.authUrl, cloud.region, accountOf(cloud), prometheusUrl, env.CAPACITY_SOURCE]),
    session,
    hostAliases: env.METRICS_HOST_ALIASES,
    probe: (source, options) =>
      source === 'prometheus' ? load.prometheus.probe(options) : probeService(session, source, options),
    inventory: openInventoryReader(session, RECONCILE, markTags({ tags: env.MUST_NOT_MOVE_TAGS })),
    // Prometheus only saves requests here: without it Placement is asked about every host.
    placement: openPlacementReader(session, () => listExported(load).catch(() => [])),
    load,
    queryLosses: queryLosses.current,
    optimizer: openOptimizerReader(session, {
      wanted: (plans) => plansToRead(plans, Date.now()),
      isRunning,
    }),
    planLoad: openPlanLoadReader(load, Date.now),
    migrations: openMigrationsReader(session, Date.now),
    hostLoad: openHostLoadReader(load, Date.now),
  };
  return { sources, writer: env.ACTIONS === 'off' ? null : openWriter(session, cloud, connecting) };
}

function realCloud(env: Env, { cloud, name }: Region): { cloud: CloudSettings; prometheusUrl: string | null } {
  const chosen = { OS_CLOUD: env.OS_CLOUD === undefined ? undefined : cloud, OS_REGION_NAME: name ?? undefined };
  return { cloud: loadCloud({ ...env, ...chosen }, cloudFiles(env)), prometheusUrl: env.PROMETHEUS_URL ?? null };
}

/** The account, without its credentials. */
function accountOf({ auth }: CloudSettings): string {
  switch (auth.method) {
    case 'password':
      return JSON.stringify([auth.user, auth.project]);
    case 'application_credential':
      return JSON.stringify('id' in auth ? auth.id : [auth.name, auth.user]);
    case 'token':
      return JSON.stringify(auth.project);
  }
}

function digest(parts: (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
