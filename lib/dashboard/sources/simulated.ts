import 'server-only';
import { Worker } from 'node:worker_threads';
import type { Env } from '@/lib/env';
import { type CloudSettings, loadCloud } from '@/lib/openstack/clouds';
import { processWide } from '@/lib/process-wide';
import { describeError, log } from '../process/log';
import { listRegions, type Region } from './regions';
import { type SimulatedOptions, serveSimulated } from './simulated-worker';

/** The simulated cloud beside this process's own work: one Keystone for all its regions, and one address. */

const served = () => processWide<{ url?: Promise<string> }>('simulated-cloud', () => ({}));

export async function openSimulatedCloud(
  env: Env,
  region: Region,
): Promise<{ cloud: CloudSettings; prometheusUrl: string }> {
  const kept = served();
  const starting = kept.url ?? serve(env);
  kept.url = starting;
  starting.catch(() => {
    // What failed is tried again by whoever asks next.
    if (kept.url === starting) kept.url = undefined;
  });
  const url = await starting;
  const cloud = loadCloud(
    {
      OS_AUTH_URL: `${url}/identity/v3`,
      OS_USERNAME: 'visio',
      OS_PASSWORD: 'simulated',
      OS_PROJECT_NAME: 'admin',
      OS_USER_DOMAIN_NAME: 'Default',
      OS_PROJECT_DOMAIN_NAME: 'Default',
      OS_REGION_NAME: region.name ?? undefined,
    },
    { read: () => undefined, home: '/', cwd: '/' },
  );
  const isFirst = listRegions()[0]?.id === region.id;
  return { cloud, prometheusUrl: `${url}${isFirst ? '' : `/${region.name}`}/prometheus` };
}

async function serve(env: Env): Promise<string> {
  const { seedOfRegion } = await import('@/lib/simulation/region-seed');
  const options = listRegions().map(({ name }, i) => ({
    region: name ?? undefined,
    hosts: env.MOCK_HOSTS,
    servers: env.MOCK_SERVERS,
    audits: env.MOCK_AUDITS,
    seed: seedOfRegion(env.MOCK_SEED, i),
    lively: true,
  }));
  const url = await serveInThread(options).catch((error: unknown) => {
    // A bundle without the thread's file must not end the demo.
    log().debug(describeError(error), 'the simulated cloud runs without a thread');
    return serveSimulated(options);
  });
  log().info({ url }, 'the simulated cloud is up; npm run sim -- --help lists its controls');
  return url;
}

/** A large cloud answers some questions in seconds of work, during which this process has to answer people. */
function serveInThread(options: SimulatedOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    // The bundler looks for exactly this form.
    const worker = new Worker(new URL('./simulated-worker.ts', import.meta.url));
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread ended with code ${code}.`)));
    worker.postMessage(options);
    worker.unref();
  });
}
