import { HOUR_MS } from '@/lib/units';
import { MIGRATION_MS, OPERATOR_USER, recordMigration } from './migrations';
import { type Cloud, hostAt, type SimHost, type SimServer } from './model';

/** VMs that must not move, and one that goes back and forth. No plan moves them, so that plans are what they were. */

/** Smaller clouds stay as they are. */
const LEAST_HOSTS = 20;
/** When the restless one moved, before the start. */
const HOPS_MS = [30, 26, 5, 2].map((hours) => hours * HOUR_MS);
const IDLE_CORES = 0.1;

export function addSpecialVms(cloud: Cloud): void {
  if (cloud.hosts.length < LEAST_HOSTS) return;
  const planned = new Set(
    cloud.plans.flatMap(({ actions }) => actions.map(({ parameters }) => parameters.resource_id)),
  );
  const grouped = new Set(cloud.serverGroups.flatMap(({ members }) => members));
  const free = cloud.servers.filter(
    (server) =>
      server.status === 'ACTIVE' &&
      server.stays.length === 1 &&
      hostAt(server, cloud.startedAt)?.up === true &&
      !planned.has(server.id) &&
      !grouped.has(server),
  );
  const [marked, pinned, ...others] = free.filter(({ name }) => name.startsWith('db-'));
  if (marked) marked.tags = ['must-not-move'];
  if (pinned) Object.assign(pinned, { tags: ['pinned'], metadata: { licence: 'bound to the host' } });
  // Its load changes no figure of its hosts.
  const restless = [...free, ...others].find(
    ({ load, createdAt }) => load.mean < IDLE_CORES && createdAt < cloud.startedAt - 2 * (HOPS_MS[0] ?? 0),
  );
  const home = restless && hostAt(restless, cloud.startedAt);
  const other = cloud.hosts.find((host) => host.up && host.enabled && host !== home);
  if (restless && home && other) goBackAndForth(cloud, restless, [home, other]);
}

function goBackAndForth(cloud: Cloud, server: SimServer, [home, other]: [SimHost, SimHost]): void {
  HOPS_MS.forEach((before, i) => {
    const at = cloud.startedAt - before;
    const [source, destination] = i % 2 === 0 ? [home, other] : [other, home];
    recordMigration(cloud, {
      server,
      source,
      destination,
      userId: OPERATOR_USER,
      startedAt: at - MIGRATION_MS,
      endedAt: at,
    });
    server.stays.push({ from: at, host: destination });
    server.updatedAt = at;
  });
  cloud.migrations.sort((a, b) => a.startedAt - b.startedAt);
}
