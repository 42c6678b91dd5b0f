import 'server-only';
import type { Env } from '@/lib/env';
import { type CloudSettings, loadCloud } from '@/lib/openstack/clouds';
import { processWide } from '@/lib/process-wide';
import { log } from '../process/log';
import { listRegions, type Region } from './regions';

/** The simulated cloud in this process: one Keystone for all its regions, and one address. */

const served = () => processWide<{ url?: Promise<string> }>('simulated-cloud', () => ({}));

export async function openSimulatedCloud(
  env: Env,
  region: Region,
): Promise<{ cloud: CloudSettings; prometheusUrl: string }> {
  const kept = served();
  kept.url ??= serve(env);
  const url = await kept.url;
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
  // Loaded on demand, so that only a demo pays for the code of the simulated cloud.
  const [{ openSimulatedRegions, seedOfRegion }, { serveSimulation }] = await Promise.all([
    import('@/lib/simulation/regions'),
    import('@/lib/simulation/server'),
  ]);
  const simulation = openSimulatedRegions(
    listRegions().map(({ name }, i) => ({
      region: name ?? undefined,
      hosts: env.MOCK_HOSTS,
      servers: env.MOCK_SERVERS,
      audits: env.MOCK_AUDITS,
      seed: seedOfRegion(env.MOCK_SEED, i),
      lively: true,
    })),
  );
  const { url } = await serveSimulation(simulation, { host: '127.0.0.1', port: 0 });
  log().info({ url }, 'the simulated cloud is up; npm run sim -- --help lists its controls');
  return url;
}
