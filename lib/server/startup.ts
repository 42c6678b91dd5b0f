import { BASE_PATH } from '@/lib/base-path';
import { startBackground } from '@/lib/dashboard/background';
import { log, takeOverConsole } from '@/lib/dashboard/process/log';
import { defaultRegion, listRegionIds, unknownRegionsInFile } from '@/lib/dashboard/sources/regions';
import { openSources } from '@/lib/dashboard/sources/sources';
import { prepareStore, theStore } from '@/lib/dashboard/sources/store';
import { type Env, EnvError, readEnv, settingsToMend } from '@/lib/env';
import { SourceError } from '@/lib/errors';
import { type RequestHook, requestHook } from './request-hook';

/** EX_CONFIG in sysexits.h: the program is not configured correctly. */
const EX_CONFIG = 78;

/**
 * Checks the whole configuration before the first request, so that a wrong setting stops the start instead of failing
 * for a visitor: the settings, the files of the secrets, and what they point to, such as a cloud in clouds.yaml. Then
 * the background begins to read the cloud.
 */
export async function startUp(start: { development: boolean; listensOn: string | undefined }): Promise<void> {
  try {
    const env = readEnv();
    theStore();
    const { mode } = await openSources(defaultRegion().id);
    await openOtherRegions();
    await prepareStore();
    checkServerFront(env);
    checkBasePath(env);
    installRequestHook();
    sayReady();
    warnIfExposed(env, start.listensOn);
    for (const problem of settingsToMend()) log().warn(problem);
    log().info({ mode, node: process.version }, 'started');
  } catch (error) {
    const isConfig = error instanceof SourceError && error.kind === 'config';
    if (!(error instanceof EnvError || isConfig)) throw error;
    console.error([error.message, ...settingsToMend()].join('\n'));
    // In development, pages show what is not configured.
    if (!isConfig || !start.development) process.exit(EX_CONFIG);
    installRequestHook();
  }
  // In development, Next's own console output is easier to read than the log.
  if (!start.development) takeOverConsole();
  startBackground();
}

/** Wrong settings of another region than the default are said here and on its pages; the others go on. */
async function openOtherRegions(): Promise<void> {
  for (const id of unknownRegionsInFile())
    log().warn(`REGIONS_FILE has ${id}, which the settings don’t name: it has no effect`);
  for (const region of listRegionIds().slice(1)) {
    await openSources(region).catch((error: unknown) => {
      if (!(error instanceof SourceError || error instanceof EnvError)) throw error;
      log().error({ region, reason: error.message }, 'this region can’t be shown');
    });
  }
}

/** production.mjs holds back what Next says until then. */
function sayReady(): void {
  const globals: { [key: symbol]: (() => void) | undefined } = globalThis as unknown as typeof globals;
  globals[Symbol.for('watcher-visio.settings-checked')]?.();
}

/** server-front.mjs looks it up for every request. */
function installRequestHook(): void {
  const globals: { [key: symbol]: RequestHook | undefined } = globalThis as unknown as typeof globals;
  globals[Symbol.for('watcher-visio.request-hook')] = requestHook;
}

/** Only server-front.mjs sees which proxy a request comes from. */
function checkServerFront(env: Env): void {
  if (env.AUTH === 'proxy' && !Object.hasOwn(globalThis, Symbol.for('watcher-visio.server-front')))
    throw new EnvError(['AUTH can be proxy only if the server is started with npm start (lib/server/start.mjs)']);
}

/** Next makes it part of every page when it builds. */
function checkBasePath({ BASE_PATH: wanted }: Env): void {
  if (wanted === undefined || wanted === BASE_PATH) return;
  const built = BASE_PATH === '' ? 'without one' : `for ${BASE_PATH}`;
  throw new EnvError([
    `BASE_PATH is not that of this build, which is ${built}; build again with the setting, or remove it`,
  ]);
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/;

function warnIfExposed(env: Env, listensOn: string | undefined): void {
  if (env.AUTH === 'none' && !LOOPBACK.test(listensOn ?? ''))
    log().warn(
      { listensOn },
      'AUTH is none and the server is reachable from other machines: anyone can see the whole cloud',
    );
  if (env.AUTH === 'keystone' && env.AUTH_SECRET === undefined)
    log().warn('AUTH_SECRET is not set: sessions end when this process stops, and other replicas do not accept them');
}
