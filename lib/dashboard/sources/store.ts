import 'server-only';
import { EnvError, readEnv } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { NewerStoreError, type StoreNews } from '@/lib/store/bring-up-to-date';
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
 * Brings the store up to date. Before there were several regions, rows had no name of one; nor do those of a cloud whose region
 * was not named. They are given to the default region. A store that is away is tried again when it is used.
 *
 * @throws EnvError if the folder can't be used, or a newer version has changed the data
 */
export async function prepareStore(): Promise<void> {
  const { id, cloud } = defaultRegion();
  const store = theStore();
  try {
    await store?.adopt({ from: ['default', cloud].filter((name) => name !== id), to: id });
  } catch (error) {
    if (error instanceof NewerStoreError)
      throw new EnvError([`${readEnv().DATABASE_URL ? 'DATABASE_URL' : 'DATA_DIR'} ${error.message}`]);
    log().warn(describeError(error), 'the store can’t be used yet');
  }
}

function open(place: StorePlace): Store {
  try {
    return openStore(place, Date.now, { report });
  } catch (error) {
    throw error instanceof StoreFolderError ? new EnvError([error.message]) : error;
  }
}

function report(news: StoreNews): void {
  const { steps } = news;
  if (news.kind === 'newer')
    log().warn({ steps }, 'a newer version has added to the store; this one does without that');
  else
    log().info(
      { steps, copy: news.copy },
      `the store is brought up to date; ${news.copy === null ? 'only a backup' : 'a copy'} has it as it was before`,
    );
}
