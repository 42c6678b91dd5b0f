import 'server-only';
import type { Progress as ProgressView, ReadingState, Readings } from '@/lib/contract/v1/readings';
import { publicMessage, SOURCE_NAMES, type Source, SourceError } from '@/lib/errors';
import { requireVisitor } from '../access/gate';
import type { Progress, Taken } from '../cache/cache';
import { noteVisit } from '../process/visits';
import { openSources, type Sources } from '../sources/sources';
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
export async function takeMoment(
  names: readonly ReadingName[],
  { partial = false, visit = true } = {},
): Promise<Moment> {
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
