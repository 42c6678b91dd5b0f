import 'server-only';
import type { Progress, Readings } from '@/lib/contract/v1/readings';
import type { Sources } from '@/lib/contract/v1/sources';
import { SOURCE_NAMES } from '@/lib/errors';
import { requireVisitor } from '../access/visitors';
import { describeProgress, readingStates, takeReadings } from '../collect/reading-set';
import { firstReading } from '../collect/readings';
import type { RegionId } from '../process/region';
import { viewSources } from './source-status';
import { asView, type View } from './view';

/** The region's name and the state of each reading, for the frame of every page. Never rejects for a failing source. */
export async function readState(region: RegionId): Promise<{ region: string | null; readings: Readings }> {
  const state = await asView(async () => {
    const readings = await takeReadings(region, ['inventory', 'allocations', 'load', 'optimizer'], { partial: true });
    return { region: readings.inventory?.value?.region ?? null, readings: readingStates(readings) };
  });
  if (state.ok) return state.data;
  const { source, message } = state.problem;
  const error = { source: source ?? SOURCE_NAMES.keystone, message, since: Date.now() };
  const missing = { state: 'missing', as_of: null, error } as const;
  return { region: null, readings: { inventory: missing, allocations: missing, load: missing, optimizer: missing } };
}

/**
 * Progress of the very first reading, known at once; null once it is complete, or if it can't be.
 *
 * @throws NotAllowed
 */
export async function viewProgress(region: RegionId): Promise<Progress | null> {
  await requireVisitor();
  return describeProgress(await firstReading(region).catch(() => null));
}

export const readProgress = (region: RegionId): Promise<View<Progress | null>> => asView(() => viewProgress(region));

export const readSources = (region: RegionId): Promise<View<Sources>> => asView(() => viewSources(region));
