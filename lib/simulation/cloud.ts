import { ALL_FLAVORS, buildControllers, buildHosts, buildServers } from './machines';
import type { Cloud } from './model';
import { buildOptimizer } from './optimizer';
import { openRandom } from './random';

export type CloudSize = { hosts: number; servers: number; audits: number; seed: number; region: string };

/** The same cloud for the same size, seed and start. `startedAt` in ms; all times are told relative to it. */
export function buildCloud(
  { hosts: hostCount, servers: serverCount, audits, seed, region }: CloudSize,
  startedAt: number,
): Cloud {
  const random = openRandom(seed);
  const hosts = buildHosts(hostCount, random);
  const cloud: Cloud = {
    region,
    startedAt,
    hosts,
    controllers: buildControllers(random),
    ironic: hostCount > 3 ? [{ id: random.uuid(), name: random.uuid() }] : [],
    servers: buildServers(serverCount, hosts, startedAt, random),
    flavors: ALL_FLAVORS,
    audits: [],
    plans: [],
  };
  buildOptimizer(cloud, audits, random);
  return cloud;
}
