import { startBackground } from '@/lib/dashboard/background';
import { log, takeOverConsole } from '@/lib/dashboard/process/log';
import { openSources } from '@/lib/dashboard/sources/sources';
import { type Env, EnvError, readEnv } from '@/lib/env';
import { SourceError } from '@/lib/errors';
import { type Door, door } from './door';

/** EX_CONFIG of sysexits.h: something was found in an unconfigured or misconfigured state. */
const EX_CONFIG = 78;

/**
 * Checks everything that is configured before the first request, so that a wrong setting stops the start and not a
 * visitor: the variables, the secrets' files, and what they name, such as the cloud of a clouds.yaml. Then the cloud begins to be read.
 */
export async function begin(start: { development: boolean; listensOn: string | undefined }): Promise<void> {
  try {
    const env = readEnv();
    const { mode } = await openSources(env);
    checkFront(env);
    hangDoor();
    warnOfStrangers(env, start.listensOn);
    log().info({ mode, node: process.version }, 'started');
  } catch (error) {
    const isConfig = error instanceof SourceError && error.kind === 'config';
    if (!(error instanceof EnvError || isConfig)) throw error;
    console.error(error.message);
    // Who develops a widget may look at the page that says so.
    if (!isConfig || !start.development) process.exit(EX_CONFIG);
    hangDoor();
  }
  // The tools of development print better than a log does.
  if (!start.development) takeOverConsole();
  startBackground();
}

/** front.mjs looks for it with every request. */
function hangDoor(): void {
  const place: { [key: symbol]: Door | undefined } = globalThis as unknown as { [key: symbol]: Door | undefined };
  place[Symbol.for('watcher-visio.door')] = door;
}

/** Only front.mjs sees which proxy a request comes from. */
function checkFront(env: Env): void {
  if (env.AUTH === 'proxy' && !Object.hasOwn(globalThis, Symbol.for('watcher-visio.front')))
    throw new EnvError(['AUTH can be proxy only where the server is started by npm start (lib/server/start.mjs)']);
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/;

function warnOfStrangers(env: Env, listensOn: string | undefined): void {
  if (env.AUTH === 'none' && !LOOPBACK.test(listensOn ?? ''))
    log().warn(
      { listensOn },
      'AUTH is none and the server listens beyond this machine: everybody who reaches it sees the whole cloud',
    );
  if (env.AUTH === 'keystone' && env.AUTH_SECRET === undefined)
    log().warn('AUTH_SECRET is not set: sessions end with this process, and no other replica knows them');
}
