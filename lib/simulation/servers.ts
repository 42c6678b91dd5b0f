import { HOUR_MS } from '@/lib/units';
import { FLAVORS, PINNED } from './flavors';
import { DOMAIN } from './keystone-people';
import { BASE_SHARE, type LoadPattern, NO_LOAD, shapeLoad } from './load';
import {
  HISTORY_MS,
  type SimFlavor,
  type SimHost,
  type SimProject,
  type SimServer,
  type SimServerGroup,
} from './model';
import type { Random } from './random';

/** Roles of VMs and their load patterns. */
const ROLES: [readonly [string, LoadPattern], ...(readonly [string, LoadPattern])[]] = [
  ['web', 'daily'],
  ['web', 'daily'],
  ['api', 'daily'],
  ['k8s-worker', 'daily'],
  ['db', 'steady'],
  ['cache', 'steady'],
  ['queue', 'steady'],
  ['batch', 'steady'],
  ['ci-runner', 'steady'],
  ['jump', 'idle'],
];

/** Difficult names: markup, other scripts, 204 characters, a duplicate, a spreadsheet formula. */
const ODD_NAMES = [
  '<b>bold</b>&"quoted"',
  'größe-日本-пример',
  `long-${'x'.repeat(199)}`,
  'web-01',
  '=HYPERLINK("http://example.com")',
];

const CUSTOMERS = { id: '5d0f2c9e7a3b4c1d8e6f', name: 'customers' };

/** Whose VMs they are; two domains have a project of the same name. */
const PROJECTS = [
  { name: 'shop', domain: DOMAIN },
  { name: 'billing', domain: DOMAIN },
  { name: 'analytics', domain: DOMAIN },
  { name: 'vault', domain: DOMAIN },
  { name: 'shop', domain: CUSTOMERS },
  { name: 'ci <&"größe"', domain: CUSTOMERS },
];

const NOT_RUNNING = ['SHUTOFF', 'SHUTOFF', 'SHUTOFF', 'PAUSED', 'SUSPENDED', 'ERROR'] as const;

/** VMs without a host: one that could not be scheduled, one that is shelved, one that is being built. */
const HOMELESS = ['ERROR', 'SHELVED_OFFLOADED', 'BUILD'] as const;

/** Share of its threads that a host should use: of 24 hosts, three are hot and three warm. */
function targetShare(position: number, random: Random): number {
  if (position % 8 === 3) return random.between(0.87, 0.95);
  if (position % 8 === 6) return random.between(0.72, 0.82);
  return random.between(0.12, 0.58);
}

/** Every seventh of the first VMs has a floating address too. */
const addressesOf = (i: number): string[] => [
  `10.20.${(i >> 8) % 256}.${i % 256}`,
  ...(i % 7 === 3 && i < 7 * 250 ? [`203.0.113.${Math.floor(i / 7) + 1}`] : []),
];

export function buildServers(
  hosts: SimHost[],
  { count, startedAt }: { count: number; startedAt: number },
  random: Random,
): { servers: SimServer[]; projects: SimProject[] } {
  const hex = () => random.uuid().replaceAll('-', '');
  const owners = PROJECTS.map((project) => ({ project: { ...project, id: hex() }, userId: hex() }));
  const servers: SimServer[] = [];
  const patterns = new Map<SimServer, LoadPattern>();
  const numbers = new Map<string, number>();

  function add(host: SimHost | null, status: string, flavor: SimFlavor): SimServer {
    const i = servers.length;
    const [role, pattern] = random.pick(ROLES);
    const number = (numbers.get(role) ?? 0) + 1;
    numbers.set(role, number);
    const createdAt = startedAt - HISTORY_MS - Math.floor(random.between(1, 2000)) * HOUR_MS;
    const owner = owners[random.whole(0, owners.length - 1)];
    const server: SimServer = {
      id: random.uuid(),
      name: ODD_NAMES[i - 5] ?? `${role}-${String(number).padStart(2, '0')}`,
      status,
      flavor,
      projectId: owner?.project.id ?? '',
      addresses: addressesOf(i),
      userId: owner?.userId ?? '',
      locked: random.next() < 0.03,
      createdAt,
      updatedAt: createdAt + HOUR_MS,
      domain: `instance-${(i + 1).toString(16).padStart(8, '0')}`,
      stays: [{ from: createdAt, host }],
      load: NO_LOAD,
      ramShare: random.between(0.3, 0.9),
    };
    servers.push(server);
    patterns.set(server, pattern);
    return server;
  }

  const homeless = count >= 20 ? HOMELESS : [];
  for (const status of homeless) add(null, status, random.pick(FLAVORS));
  const placed = hosts.length === 0 ? 0 : count - homeless.length;
  for (const [position, host] of hosts.entries()) {
    const share = targetShare(position, random);
    const wanted =
      Math.floor(((position + 1) * placed) / hosts.length) - Math.floor((position * placed) / hosts.length);
    const vcpus = host.threads * Math.max(1.2, 1.5 * share + random.between(0, 0.5));
    const guests = Array.from({ length: wanted }, (_, n) => {
      const i = servers.length;
      const status = i % 11 === 7 ? (NOT_RUNNING[Math.floor(i / 11) % NOT_RUNNING.length] ?? 'SHUTOFF') : 'ACTIVE';
      const pinned = host.pinnedCpus > 0 && n < 2;
      return add(host, status, pinned ? PINNED : pickFlavor(vcpus / wanted, random));
    });
    const running = guests.filter(({ status }) => status === 'ACTIVE');
    const cores = shareOut(host.threads * (share - BASE_SHARE), { running, patterns }, random);
    for (const [n, server] of running.entries()) {
      const pattern = patterns.get(server) ?? 'steady';
      server.load = shapeLoad(pattern, { cores: cores[n] ?? 0, maxCores: server.flavor.vcpus, at: startedAt }, random);
    }
  }
  return { servers, projects: owners.map(({ project }) => project) };
}

/** Usually close to the size that fills the host as wanted; small flavors are common everywhere. */
function pickFlavor(vcpus: number, random: Random): SimFlavor {
  const wanted = vcpus * random.between(0.4, 2);
  return FLAVORS.reduce((best, other) =>
    Math.abs(other.vcpus - wanted) < Math.abs(best.vcpus - wanted) ? other : best,
  );
}

/** Distributes the wanted cores among the running VMs, as far as their vCPUs allow. Idle VMs get almost none. */
function shareOut(
  wanted: number,
  { running, patterns }: { running: SimServer[]; patterns: Map<SimServer, LoadPattern> },
  random: Random,
): number[] {
  const weights = running.map((server) =>
    patterns.get(server) === 'idle' ? 0 : server.flavor.vcpus * random.between(0.2, 1),
  );
  const cores = running.map((server) => (patterns.get(server) === 'idle' ? 0.01 * server.flavor.vcpus : 0));
  const most = running.map(({ flavor }) => 0.95 * flavor.vcpus);
  // The others take what a full VM cannot; after a few rounds all are full or nothing is left.
  for (let round = 0; round < 8; round++) {
    const left = wanted - cores.reduce((all, some) => all + some, 0);
    const open = weights.map((weight, i) => ((cores[i] ?? 0) < (most[i] ?? 0) ? weight : 0));
    const sum = open.reduce((all, weight) => all + weight, 0);
    if (left <= 0 || sum === 0) break;
    for (const [i, weight] of open.entries()) {
      cores[i] = Math.min((cores[i] ?? 0) + (left * weight) / sum, most[i] ?? 0);
    }
  }
  return cores;
}

/** Databases that must not share a host, and VMs that must. */
export function buildServerGroups(servers: SimServer[], random: Random): SimServerGroup[] {
  const placed = servers.filter(({ stays }) => stays[0]?.host);
  const apart = new Map(
    placed.filter(({ name }) => name.startsWith('db-')).map((server) => [server.stays[0]?.host, server]),
  );
  const first = placed[0];
  const together = placed.filter(({ stays }) => stays[0]?.host === first?.stays[0]?.host);
  const groups: SimServerGroup[] = [
    { id: random.uuid(), name: 'db-apart', policy: 'anti-affinity', members: [...apart.values()].slice(0, 3) },
    { id: random.uuid(), name: 'cache-near-web', policy: 'affinity', members: together.slice(0, 2) },
  ];
  return groups.filter(({ members }) => members.length > 1);
}
