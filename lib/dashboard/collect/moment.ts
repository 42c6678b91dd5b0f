import 'server-only';
import type { Progress as ProgressView, ReadingState, Readings } from '@/lib/contract/v1/readings';
import { type Cluster, joinCluster } from '@/lib/domain/cluster/cluster';
import { type AuditCase, listAuditCases, shownActions } from '@/lib/domain/projection/audits';
import { type PlanView, projectPlan } from '@/lib/domain/projection/plan-projection';
import { readEnv } from '@/lib/env';
import { publicMessage, SOURCE_NAMES, type Source, SourceError } from '@/lib/errors';
import type { Server } from '@/lib/openstack/records';
import { requireVisitor } from '../access/gate';
import type { Progress, Taken } from '../cache/cache';
import { processWide } from '../process/process-wide';
import { noteVisit } from '../process/visits';
import { openSources, type Sources } from '../sources/sources';
import { groupsOf } from './groups';
import { READING_SOURCES, type ReadingName, type ReadingValues, runsInBackground, take } from './readings';

/** The readings behind one answer or page. One that was not asked for is null. */
export type Moment = { sources: Sources /** Whether the readings would be the same now. */; isCurrent(): boolean } & {
  [Name in ReadingName]: Taken<ReadingValues[Name]> | null;
};

/**
 * Takes the named readings side by side.
 *
 * @param options.partial while the very first reading is under way, its part so far will do
 * @param options.visit somebody looks, so that the readings are worth keeping fresh
 * @throws SourceError where nothing is configured; NotAllowed
 */
export async function takeMoment(names: ReadingName[], { partial = false, visit = true } = {}): Promise<Moment> {
  const visitor = await requireVisitor();
  if (visit && visitor.by !== 'server') noteVisit();
  const sources = await openSources();
  const ask = async <Name extends ReadingName>(name: Name) => (names.includes(name) ? take(name, { partial }) : null);
  const plans = ask('optimizer');
  // The VMs of a plan that has just come are measured with it, not one TTL later. The background sees to that by itself.
  const since = async () => (runsInBackground() ? undefined : ((await plans)?.at ?? undefined));
  const follow = async () => (names.includes('planLoad') ? take('planLoad', { notBefore: await since() }) : null);
  const [inventory, allocations, load, optimizer, planLoad] = await Promise.all([
    ask('inventory'),
    ask('allocations'),
    ask('load'),
    plans,
    follow(),
  ]);
  const all = [inventory, allocations, load, optimizer, planLoad].filter((taken) => taken !== null);
  const isCurrent = () => all.every((taken) => taken.isCurrent());
  return { sources, inventory, allocations, load, optimizer, planLoad, isCurrent };
}

/** The value of a reading that an answer can't do without. @throws the error that stands between */
export function need<Name extends ReadingName>(moment: Moment, name: Name): ReadingValues[Name] {
  const taken: Moment[Name] = moment[name];
  if (taken === null) throw new Error(`${name} was not asked for`);
  return needValue<unknown>(taken, READING_SOURCES[name]) as ReadingValues[Name];
}

/** @throws the error that stands between, as one of the source */
export function needValue<T>(taken: Taken<T>, source: Source): T {
  if (taken.state !== 'missing') return taken.value;
  const { error } = taken.failure;
  throw error instanceof SourceError ? error : new SourceError(source, 'shape', publicMessage(error), { cause: error });
}

/** Why a reading has no value, for people; null where it has one or was not asked for. */
export function whyMissing(taken: Taken<unknown> | null): string | null {
  return taken?.state === 'missing' ? publicMessage(taken.failure.error) : null;
}

/** How far the very first reading of Nova is; null once there is a whole one. */
export function progressOf({ inventory }: Moment): ProgressView | null {
  const progress: Progress | null = inventory?.progress ?? null;
  return progress && { servers_read: progress.done, servers_total: progress.of, since: progress.since };
}

export function describeReadings(moment: Moment): Readings {
  const describe = (name: ReadingName) => describeTaken(moment[name], READING_SOURCES[name]);
  return {
    inventory: describe('inventory'),
    allocations: describe('allocations'),
    load: describe('load'),
    optimizer: describe('optimizer'),
  };
}

/** How good a reading is; one that was not asked for counts as missing. */
export function describeTaken(taken: Taken<unknown> | null, source: Source): ReadingState {
  if (taken === null) return { state: 'missing', as_of: null, error: null };
  const { failure } = taken;
  return {
    state: taken.state,
    as_of: taken.at,
    error: failure && {
      source: SOURCE_NAMES[failure.error instanceof SourceError ? failure.error.source : source],
      message: publicMessage(failure.error),
      since: failure.since,
    },
  };
}

/** An answer that takes long goes on with the readings that it began with, while others are made of newer ones. */
const KEPT_TOGETHER = 3;

/**
 * Keeps the last few results, each for what it was made of: for pages and routes together, which are bundled apart.
 */
function lastFor<T>(name: string): (parts: unknown[], make: () => T) => T {
  const kept = () => processWide<{ parts: unknown[]; value: T }[]>(`last-${name}`, () => []);
  return (parts, make) => {
    const all = kept();
    const isOf = (one: { parts: unknown[] }) =>
      one.parts.length === parts.length && parts.every((part, i) => part === one.parts[i]);
    const found = all.find(isOf) ?? { parts, value: make() };
    const others = all.filter((one) => one !== found);
    all.splice(0, all.length, found, ...others.slice(0, KEPT_TOGETHER - 1));
    return found.value;
  };
}

const partsOf = (moment: Moment, names: ReadingName[]) => [
  moment.sources.identity,
  ...names.map((name) => moment[name]?.value ?? null),
];

const CLUSTER_PARTS: ReadingName[] = ['inventory', 'allocations', 'load'];
const ALL_PARTS: ReadingName[] = [...CLUSTER_PARTS, 'optimizer', 'planLoad'];
const keepCluster = lastFor<Cluster>('cluster');
const keepCases = lastFor<AuditCase[]>('cases');
const keepPlans = lastFor<Map<string, PlanView>>('plans');
const keepSmall = lastFor<Map<string, Map<string, unknown>>>('small');

/** A plan's view is large where hosts and moves are many; those of the last so many audits are kept. */
const PLANS_KEPT = 24;

const NONE: Server[] = [];

/** Hosts, VMs, allocations and load joined; empty where Nova has given nothing. */
export function clusterOf(moment: Moment): Cluster {
  return keepCluster(partsOf(moment, CLUSTER_PARTS), () =>
    joinCluster({
      hypervisors: moment.inventory?.value?.hypervisors ?? [],
      servers: groupsOf(moment.inventory?.value?.servers ?? NONE),
      allocations: moment.allocations?.value ?? null,
      targets: moment.load?.value?.targets ?? null,
      hostLabels: moment.sources.load.settings.hostLabels,
      hostAliases: readEnv().METRICS_HOST_ALIASES,
    }),
  );
}

/** Audits that are not deleted, newest first. */
export function auditCasesOf(moment: Moment): AuditCase[] {
  const { audits, plans, actions } = need(moment, 'optimizer');
  return keepCases(partsOf(moment, ['optimizer']), () => listAuditCases(audits, plans, actions));
}

/** What the shown plan of an audit moves and does; made once for each set of readings. */
export function planViewOf(moment: Moment, auditCase: AuditCase): PlanView {
  const views = keepPlans(partsOf(moment, ALL_PARTS), () => new Map());
  const known = views.get(auditCase.audit.id);
  if (known) return known;
  for (const oldest of views.keys()) if (views.size >= PLANS_KEPT) views.delete(oldest);
  const view = projectPlan(auditCase.shown, shownActions(auditCase), clusterOf(moment), {
    measuredAt: moment.load?.at ?? null,
    use: moment.planLoad?.value?.use ?? {},
    history: moment.planLoad?.value?.history ?? {},
    hostLabels: moment.sources.load.settings.hostLabels,
  });
  views.set(auditCase.audit.id, view);
  return view;
}

/** Something small about an audit that was made of all readings, kept for as long as these. */
export function keepFor<T>(moment: Moment, what: string, auditId: string, make: () => T): T {
  const all = keepSmall(partsOf(moment, ALL_PARTS), () => new Map());
  const own = all.get(what) ?? new Map<string, unknown>();
  all.set(what, own);
  if (!own.has(auditId)) own.set(auditId, make());
  // Whoever keeps under this name keeps the same kind of thing.
  return own.get(auditId) as T;
}
