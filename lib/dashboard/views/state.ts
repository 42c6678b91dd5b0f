import 'server-only';
import type { Readings } from '@/lib/contract/v1/readings';
import type { Sources } from '@/lib/contract/v1/sources';
import { SOURCE_NAMES } from '@/lib/errors';
import { describeReadings, takeMoment } from '../collect/moment';
import { viewSources } from './source-status';
import { asView, type View } from './view';

/** What the frame of every page shows about the data. */

/** How good the data of all sources is, and the region they are of; a source that fails is one of its sentences. */
export async function readState(): Promise<{ region: string | null; readings: Readings }> {
  const state = await asView(async () => {
    const moment = await takeMoment(['inventory', 'allocations', 'load', 'optimizer']);
    return { region: moment.inventory?.value?.region ?? null, readings: describeReadings(moment) };
  });
  if (state.ok) return state.data;
  const { source, message } = state.problem;
  const error = { source: source ?? SOURCE_NAMES.keystone, message, since: Date.now() };
  const missing = { state: 'missing', as_of: null, error } as const;
  return { region: null, readings: { inventory: missing, allocations: missing, load: missing, optimizer: missing } };
}

export const readSources = (): Promise<View<Sources>> => asView(viewSources);
