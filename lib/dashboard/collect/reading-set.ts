import 'server-only';
import type { Progress as ProgressView, ReadingState, Readings } from '@/lib/contract/v1/readings';
import type { ServerGroups } from '@/lib/domain/cluster/server-groups';
import { readEnv } from '@/lib/env';
import { isFirstReading, publicMessage, SOURCE_NAMES, type Source, SourceError } from '@/lib/errors';
import type { Server } from '@/lib/openstack/records';
import { noProjectNames, type ProjectNames } from '@/lib/readings/projects';
import { SECOND_MS } from '@/lib/units';
import { requireVisitor } from '../access/visitors';
import type { Taken } from '../cache/cache';
import type { Progress } from '../cache/first-fill';
import { runsInBackground } from '../process/background-mode';
import type { RegionId } from '../process/region';
import { noteVisit } from '../process/visits';
import { openSources, type Sources } from '../sources/sources';
import { groupsOf } from './groups';
import { lacksUse } from './plan-load-request';
import { takeProjectNames } from './project-names';
import { READING_SOURCES, type ReadingName, type ReadingValues } from './reading-values';
import { take } from './readings';
import { type ViewSettings, viewSettings } from './view-settings';

/**
 * The readings behind one answer or page, which is a function of these and the time. A reading that was not asked for
 * is null.
 */
export type ReadingSet = {
  region: RegionId;
  sources: Sources;
  settings: ViewSettings;
  /** The VMs of the inventory; none without one. */
  groups: ServerGroups;
  /** Names of projects, as far as they are known. */
  projects: ProjectNames;
  /** Whether the same readings would be taken now. */
  isCurrent(): boolean;
} & {
  [Name in ReadingName]: Taken<ReadingValues[Name]> | null;
};

const NO_SERVERS: Server[] = [];
const NO_PROJECTS = { names: noProjectNames('Projects were not asked for.'), isCurrent: () => true };

/**
 * Takes the named readings in parallel.
 *
 * @param options.partial during the very first reading, the part read so far will do
 * @param options.visit whether someone is looking, so that the background keeps the readings fresh
 * @throws SourceError if nothing is configured
 * @throws NotAllowed
 */
export async function takeReadings(
  region: RegionId,
  names: readonly ReadingName[],
  { partial = false, visit = true } = {},
): Promise<ReadingSet> {
  const visitor = await requireVisitor();
  if (visit && visitor.by !== 'server') noteVisit(region);
  const sources = await openSources(region);
  const ask = async <Name extends ReadingName>(name: Name) =>
    names.includes(name) ? take(region, name, { partial }) : null;
  const plans = ask('optimizer');
  // The VMs of a new plan are measured together with it, not one TTL later. The background does so on its own; only a
  // request that comes in between waits for them.
  const since = async () => (runsInBackground() ? undefined : ((await plans)?.at ?? undefined));
  const follow = async <Name extends ReadingName>(name: Name) =>
    names.includes(name) ? take(region, name, { notBefore: await since() }) : null;
  const measure = async () => {
    const taken = await follow('planLoad');
    const newer = await plans;
    if (!taken?.value || !newer?.value || taken.at >= newer.at) return taken;
    const lacks = await lacksUse(taken.value, newer.value);
    return lacks ? take(region, 'planLoad', { notBefore: newer.at, insist: true }) : taken;
  };
  const [projects, inventory, allocations, load, optimizer, planLoad, migrations] = await Promise.all([
    names.includes('inventory') ? takeProjectNames({ region, sources }) : NO_PROJECTS,
    ask('inventory'),
    ask('allocations'),
    ask('load'),
    plans,
    measure(),
    follow('migrations'),
  ]);
  const all = [inventory, allocations, load, optimizer, planLoad, migrations].filter((taken) => taken !== null);
  return {
    region,
    sources,
    settings: viewSettings(readEnv()),
    groups: await groupsOf(inventory?.value?.servers ?? NO_SERVERS),
    projects: projects.names,
    isCurrent: () => projects.isCurrent() && all.every((taken) => taken.isCurrent()),
    inventory,
    allocations,
    load,
    optimizer,
    planLoad,
    migrations,
  };
}

/** The value of a reading that an answer cannot do without. @throws SourceError saying why there is none */
export function need<Name extends ReadingName>(readings: ReadingSet, name: Name): ReadingValues[Name] {
  const taken: ReadingSet[Name] = readings[name];
  if (taken === null) throw new Error(`${name} was not asked for`);
  return needValue<unknown>(taken, READING_SOURCES[name]) as ReadingValues[Name]; // The name determines the type.
}

/** @throws SourceError saying why there is no value */
export function needValue<T>(taken: Taken<T>, source: Source): T {
  if (taken.state !== 'missing') return taken.value;
  const { error } = taken.failure;
  throw error instanceof SourceError ? error : new SourceError(source, 'shape', publicMessage(error), { cause: error });
}

/** Why a reading has no value, for people; null if it has one or was not asked for. */
export function whyMissing(taken: Taken<unknown> | null): string | null {
  return taken?.state === 'missing' ? publicMessage(taken.failure.error) : null;
}

/** Progress of the very first reading of Nova; null once it is complete. */
export function progressOf({ inventory }: ReadingSet): ProgressView | null {
  return describeProgress(inventory?.progress ?? null);
}

export function describeProgress(progress: Progress | null): ProgressView | null {
  if (progress === null) return null;
  const { done, of, since, leftMs } = progress;
  return {
    servers_read: done,
    servers_total: of,
    since,
    seconds_left: leftMs === null ? null : Math.ceil(leftMs / SECOND_MS),
  };
}

/**
 * For what must not be computed while VMs are still unknown: every move would have lost its VM.
 *
 * @throws SourceError of Nova during its very first reading
 */
export function needAllServers(readings: ReadingSet): void {
  const { inventory } = readings;
  if (inventory?.state === 'missing' && isFirstReading(inventory.failure.error)) need(readings, 'inventory');
}

/** Takes readings for what needs all VMs. @throws as above */
export async function takeComplete(region: RegionId, names: readonly ReadingName[]): Promise<ReadingSet> {
  const readings = await takeReadings(region, names);
  needAllServers(readings);
  return readings;
}

/** The state of each reading as answers report it. */
export function readingStates(readings: ReadingSet): Readings {
  const stateOf = (name: ReadingName) => readingState(readings[name], READING_SOURCES[name]);
  return {
    inventory: stateOf('inventory'),
    allocations: stateOf('allocations'),
    load: stateOf('load'),
    optimizer: stateOf('optimizer'),
  };
}

/** A reading that was not asked for counts as missing. */
export function readingState(taken: Taken<unknown> | null, source: Source): ReadingState {
  if (taken === null) return { state: 'missing', as_of: null, error: null };
  const { failure } = taken;
  return {
    state: taken.state,
    as_of: taken.at,
    // A first reading that is not complete is no failure.
    error:
      failure && !isFirstReading(failure.error)
        ? {
            source: SOURCE_NAMES[failure.error instanceof SourceError ? failure.error.source : source],
            message: publicMessage(failure.error),
            since: failure.since,
          }
        : null,
  };
}
