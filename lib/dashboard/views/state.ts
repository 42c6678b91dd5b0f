import 'server-only';
import type { Readings } from '@/lib/contract/v1/readings';
import type { Sources } from '@/lib/contract/v1/sources';
import { SOURCE_NAMES } from '@/lib/errors';
import { readingStates, takeReadings } from '../collect/reading-set';
import type { RegionId } from '../process/region';
import { viewSources } from './source-status';
import { asView, type View } from './view';

/** The region's name and the state of each reading, for the frame of every page. Never rejects for a failing source. */
export async function readState(region: RegionId): Promise<{ region: string | null; readings: Readings }> {
  const state = await asView(async () => {
    const readings = await takeReadings(region, ['inventory', 'allocations', 'load', 'optimizer']);
    return { region: readings.inventory?.value?.region ?? null, readings: readingStates(readings) };
  });
  if (state.ok) return state.data;
  const { source, message } = state.problem;
  const error = { source: source ?? SOURCE_NAMES.keystone, message, since: Date.now() };
  const missing = { state: 'missing', as_of: null, error } as const;
  return { region: null, readings: { inventory: missing, allocations: missing, load: missing, optimizer: missing } };
}

export const readSources = (region: RegionId): Promise<View<Sources>> => asView(() => viewSources(region));
