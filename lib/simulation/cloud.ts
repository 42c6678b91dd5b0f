import { ALL_FLAVORS } from './flavors';
import { buildAggregates, buildControllers, buildHosts } from './hosts';
import type { Cloud } from './model';
import { buildOptimizer } from './optimizer';
import { openRandom } from './random';
import { buildServerGroups, buildServers } from './servers';
import { addSpecialVms } from './special-vms';

type CloudSize = { hosts: number; servers: number; audits: number; seed: number; region: string };

/** Builds the same cloud for the same size, seed and start. All times are relative to `startedAt` (ms). */
export function buildCloud(size: CloudSize, startedAt: number): Cloud {
  const random = openRandom(size.seed);
  const hosts = buildHosts(size.hosts, random);
  const controllers = buildControllers(random);
  const { servers, projects } = buildServers(hosts, { count: size.servers, startedAt }, random);
  const cloud: Cloud = {
    region: size.region,
    startedAt,
    hosts,
    controllers,
    ironic: size.hosts > 3 ? [{ id: random.uuid(), name: random.uuid() }] : [],
    aggregates: buildAggregates(hosts, random),
    servers,
    projects,
    migrations: [],
    serverGroups: buildServerGroups(servers, random),
    flavors: ALL_FLAVORS,
    audits: [],
    templates: [],
    plans: [],
  };
  buildOptimizer(cloud, size.audits, random);
  addSpecialVms(cloud);
  return cloud;
}
