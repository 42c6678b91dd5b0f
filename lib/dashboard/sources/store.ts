import 'server-only';
import { EnvError, readEnv } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { StoreFolderError, type StorePlace } from '@/lib/store/dialects';
import { openStore, type Store } from '@/lib/store/store';
import { describeError, log } from '../process/log';
import { defaultRegion } from './regions';

/**
 * The store of this process: in PostgreSQL if replicas share it, else in a folder; null if neither is configured.
 * A demo that acts has one in memory.
 *
 * @throws EnvError if the folder can't be used
 */
export const theStore = (): Store | null =>
  processWide('store', () => {
    const { DATABASE_URL: url, DATA_DIR: folder, USE_MOCK_DATA: isDemo, ACTIONS: acts } = readEnv();
    if (url) return open({ kind: 'postgres', url });
    if (folder) return open({ kind: 'folder', folder });
    // What is done to a simulated cloud need not outlive it.
    return isDemo && acts !== 'off' ? open({ kind: 'memory' }) : null;
  });

/**
 * Before there were several regions, rows had no name of one; nor do those of a cloud whose region was not named. They are of
 * the default region. Never rejects.
 */
export async function adoptRows(): Promise<void> {
  const { id, cloud } = defaultRegion();
  try {
    await theStore()?.adopt({ from: ['default', cloud].filter((name) => name !== id), to: id });
  } catch (error) {
    log().warn(describeError(error), 'the store can’t be used yet');
  }
}

function open(place: StorePlace): Store {
  try {
    return openStore(place, Date.now);
  } catch (error) {
    throw error instanceof StoreFolderError ? new EnvError([error.message]) : error;
  }
}
