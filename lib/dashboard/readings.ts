import 'server-only';
import { listAuditCases, shownActions } from '@/lib/domain/audits';
import { buildHostIndex } from '@/lib/domain/host-index';
import { listMoves } from '@/lib/domain/moves';
import { isOpen } from '@/lib/domain/states';
import { type Env, readEnv } from '@/lib/env';
import type { Source } from '@/lib/errors';
import { type AllocationSource, readExporterAllocations, readPlacement } from '@/lib/readings/allocations';
import { type Inventory, readInventory } from '@/lib/readings/inventory';
import type { Load } from '@/lib/readings/load';
import type { Optimizer } from '@/lib/readings/optimizer';
import type { PlanLoad, PlanLoadRequest } from '@/lib/readings/plan-load';
import { type Cached, openCached, type Taken } from './cache';
import { observeRefresh } from './observe';
import { openSources, type Sources } from './sources';

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

/** How each reading is taken; one that builds on another waits for that one. */
const LOADERS: { [Name in ReadingName]: (sources: Sources, env: Env) => Promise<ReadingValues[Name]> } = {
  inventory: ({ session }) => readInventory(session),
  allocations: async (sources, env) => {
    if (env.CAPACITY_SOURCE === 'openstack-exporter') return readExporterAllocations(sources.load);
    const { hypervisors } = await demand('inventory');
    return readPlacement(sources.session, hypervisors);
  },
  load: ({ load }) => load.read(),
  optimizer: ({ optimizer }) => optimizer.read(),
  planLoad: async ({ planLoad }) => planLoad.read(planLoadRequest(await demand('optimizer'))),
};

/**
 * Which load is needed: of VMs now for plans that may still run; at its creation for every plan, since that is what one
 * that is over is applied to, and what the load now is compared with for one that waits.
 */
function planLoadRequest({ audits, plans, actions }: Optimizer): PlanLoadRequest {
  const nowhere = buildHostIndex([]);
  const serverIds = new Set<string>();
  const past: PlanLoadRequest['past'] = [];
  for (const auditCase of listAuditCases(audits, plans, actions)) {
    const moved = listMoves(shownActions(auditCase), nowhere).map(({ serverId }) => serverId);
    if (auditCase.shown === null || moved.length === 0) continue;
    if (isOpen(auditCase.shown.state)) for (const id of moved) serverIds.add(id);
    past.push({ planId: auditCase.shown.id, at: auditCase.shown.createdAt, serverIds: moved });
  }
  return { serverIds: [...serverIds], past };
}

async function cachedFor<Name extends ReadingName>(name: Name): Promise<Cached<ReadingValues[Name]>> {
  const env = readEnv();
  const sources = await openSources(env);
  return openCached({
    name,
    identity: sources.identity,
    source: READING_SOURCES[name],
    ttlMs: env.DASHBOARD_CACHE_TTL * 1000,
    maxStaleMs: env.DASHBOARD_MAX_STALE * 1000,
    load: () => observeRefresh(name, () => LOADERS[name](sources, env)),
  });
}

/**
 * A reading, or why there is none. Never rejects for what a source did; a wrong configuration counts as that, too.
 *
 * @param notBefore an older value is not good enough; ms
 */
export async function take<Name extends ReadingName>(
  name: Name,
  notBefore?: number,
): Promise<Taken<ReadingValues[Name]>> {
  try {
    return await (await cachedFor(name)).get(notBefore);
  } catch (error) {
    const now = Date.now();
    return { state: 'missing', value: null, at: null, failure: { error, since: now, at: now } };
  }
}

/** A reading that another one builds on: its value, or its error thrown. */
async function demand<Name extends ReadingName>(name: Name): Promise<ReadingValues[Name]> {
  const taken = await take(name);
  if (taken.state === 'missing') throw taken.failure.error;
  return taken.value;
}
