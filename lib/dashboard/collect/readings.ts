import 'server-only';
import { listMovedServers } from '@/lib/domain/plans/actions';
import { listAuditCases, shownActions } from '@/lib/domain/plans/audit-case';
import { isOpen } from '@/lib/domain/plans/states';
import { type Env, readEnv } from '@/lib/env';
import { type Source, SourceError } from '@/lib/errors';
import { processWide } from '@/lib/process-wide';
import { type AllocationSource, readExporterAllocations, readPlacement } from '@/lib/readings/allocations';
import type { Inventory, Report } from '@/lib/readings/inventory';
import type { Load } from '@/lib/readings/load';
import type { Optimizer } from '@/lib/readings/optimizer';
import type { PlanLoad, PlanLoadRequest } from '@/lib/readings/plan-load';
import { openYield } from '@/lib/yield';
import { type Cached, type Failure, type Fill, openCached, type Taken, type Wish } from '../cache/cache';
import { sharedStore } from '../cache/shared-store';
import { observeRefresh } from '../process/observe';
import { openSources, type Sources } from '../sources/sources';
import { prepareGroups } from './groups';

/** What is read of the cloud, each part with its own clock, age and error. */
export type ReadingValues = {
  inventory: Inventory;
  allocations: AllocationSource;
  load: Load;
  optimizer: Optimizer;
  /** Load of the VMs that plans move; follows the optimizer. */
  planLoad: PlanLoad;
};

export type ReadingName = keyof ReadingValues;

export const READING_SOURCES: Record<ReadingName, Source> = {
  inventory: 'nova',
  allocations: 'placement',
  load: 'prometheus',
  optimizer: 'watcher',
  planLoad: 'prometheus',
};

/** All of them, in the order in which answers describe them. */
export const ALL_READINGS = Object.keys(READING_SOURCES) as ReadingName[]; // The keys of a constant, which TypeScript types as strings.

/** What the figures of the capacity need. */
export const CAPACITY_READINGS: readonly ReadingName[] = ['inventory', 'allocations', 'load'];

/** How each reading is taken; one that builds on another waits for that one. */
const LOADERS: {
  [Name in ReadingName]: (sources: Sources, env: Env, fill: Fill<ReadingValues[Name]>) => Promise<ReadingValues[Name]>;
} = {
  inventory: async ({ inventory }, _, { previous, report }) => {
    const read = await inventory.read(previous?.value, inSteps(report));
    // Everybody asks for these next, and they take longest.
    await prepareGroups(read.servers);
    return read;
  },
  allocations: async (sources, env, { previous }) => {
    if (env.CAPACITY_SOURCE === 'openstack-exporter') return readExporterAllocations(sources.load);
    // Placement needs the hosts alone, and they are known long before all VMs are.
    const { hypervisors } = await demand('inventory', { partial: true });
    return readPlacement(sources.placement, hypervisors, previous?.value);
  },
  load: ({ load }) => load.read(),
  optimizer: ({ optimizer }, _, { previous }) => optimizer.read(previous?.value),
  planLoad: async ({ planLoad }, _, { previous }) =>
    planLoad.read(
      { ...(await planLoadRequest(await demand('optimizer'))), hosts: await countHosts() },
      previous?.value,
    ),
};

/** What is known so far is worked out anew for whoever looks; with every page that would be more work than reading. */
const REPORT_MS = 1_000;

function inSteps(report: Report): Report {
  let last = Number.NEGATIVE_INFINITY;
  return async (progress, partial) => {
    const now = performance.now();
    if (now - last < REPORT_MS) return;
    last = now;
    await prepareGroups(partial.servers);
    report(progress, partial);
  };
}

/** How many hosts there are as far as is known; many, where it is not. */
async function countHosts(): Promise<number> {
  const taken = await take('inventory', { partial: true });
  return taken.value?.hypervisors.length ?? MANY_HOSTS;
}

const MANY_HOSTS = 1_000;

/** VMs of open plans that are measured, those of the newest plans first; of the rest the use is estimated, and marked so. */
const MEASURED_VMS = 2_000;

/**
 * Which load is needed: of VMs now for plans that may still run; at its creation for every plan, since that is what one
 * that is over is applied to, and what the load now is compared with for one that waits.
 */
async function planLoadRequest({ audits, plans, actions }: Optimizer): Promise<Omit<PlanLoadRequest, 'hosts'>> {
  const yieldIfDue = openYield();
  const serverIds = new Set<string>();
  const past: PlanLoadRequest['past'] = [];
  for (const auditCase of listAuditCases(audits, plans, actions)) {
    const moved = listMovedServers(shownActions(auditCase));
    if (auditCase.shown === null || moved.length === 0) continue;
    if (isOpen(auditCase.shown.state) && serverIds.size < MEASURED_VMS) for (const id of moved) serverIds.add(id);
    past.push({ planId: auditCase.shown.id, at: auditCase.shown.createdAt, serverIds: moved });
    await yieldIfDue();
  }
  return { serverIds: [...serverIds], past };
}

/** Whether this process keeps its readings fresh by itself; then nobody waits for one that is only late. */
const background = () => processWide('background', () => ({ runs: false }));

export const runsInBackground = (): boolean => background().runs;

export function expectBackground(): void {
  background().runs = true;
}

export async function cachedReading<Name extends ReadingName>(name: Name): Promise<Cached<ReadingValues[Name]>> {
  const env = readEnv();
  const sources = await openSources(env);
  return openCached({
    name,
    identity: sources.identity,
    source: READING_SOURCES[name],
    ttlMs: env.DASHBOARD_CACHE_TTL * 1000,
    maxStaleMs: env.DASHBOARD_MAX_STALE * 1000,
    load: (fill) => observeRefresh(name, () => LOADERS[name](sources, env, fill)),
    isBorrowed: (error) => error instanceof SourceError && borrowed().has(error),
    background: background().runs,
    shared: sharedStore(env.CACHE_URL),
  });
}

/**
 * A reading, or why there is none. Never rejects for what a source did; a wrong configuration counts as that, too.
 */
export async function take<Name extends ReadingName>(name: Name, wish?: Wish): Promise<Taken<ReadingValues[Name]>> {
  try {
    return await (await cachedReading(name)).get(wish);
  } catch (error) {
    const now = Date.now();
    return {
      state: 'missing',
      value: null,
      at: null,
      failure: { error, since: now, at: now },
      progress: null,
      isCurrent: () => false,
    };
  }
}

/** Failures that a reading has from the one that it builds on. */
const borrowed = () => processWide('borrowed-failures', () => new WeakSet<object>());

/** A reading that another one builds on: its value, or its error thrown. */
async function demand<Name extends ReadingName>(name: Name, wish?: Wish): Promise<ReadingValues[Name]> {
  const taken = await take(name, wish);
  if (taken.state !== 'missing') return taken.value;
  const { error } = taken.failure;
  if (!(error instanceof SourceError)) throw error;
  const { source, kind, message, status } = error;
  const own = new SourceError(source, kind, message, { status, cause: error });
  borrowed().add(own);
  throw own;
}

/** Why readings fail at the moment, without taking any. */
export async function failuresUnderWay(): Promise<Failure[]> {
  const cached = await Promise.all(ALL_READINGS.map(cachedReading));
  return cached.flatMap((reading) => reading.failure() ?? []);
}
