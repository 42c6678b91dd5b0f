import { startBackground } from '@/lib/dashboard/background';
import { log } from '@/lib/dashboard/log';
import { openSources } from '@/lib/dashboard/sources';
import { EnvError, readEnv } from '@/lib/env';
import { SourceError } from '@/lib/errors';
import { type Door, door } from './door';

/** EX_CONFIG of sysexits.h: something was found in an unconfigured or misconfigured state. */
const EX_CONFIG = 78;

/**
 * Checks everything that is configured before the first request, so that a wrong setting stops the start and not a
 * visitor: the variables, the secrets' files, and what they name, such as the cloud of a clouds.yaml. Then the cloud begins to be read.
 */
export async function begin({ development }: { development: boolean }): Promise<void> {
  try {
    const env = readEnv();
    const { mode } = await openSources(env);
    hangDoor();
    log().info({ mode, node: process.version }, 'started');
  } catch (error) {
    const isConfig = error instanceof SourceError && error.kind === 'config';
    if (!(error instanceof EnvError || isConfig)) throw error;
    console.error(error.message);
    // Who develops a widget may look at the page that says so.
    if (!isConfig || !development) process.exit(EX_CONFIG);
    hangDoor();
  }
  startBackground();
}

/** front.mjs looks for it with every request. */
function hangDoor(): void {
  const place: { [key: symbol]: Door | undefined } = globalThis as unknown as { [key: symbol]: Door | undefined };
  place[Symbol.for('watcher-visio.door')] = door;
}
