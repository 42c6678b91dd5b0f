import { BASE_SHARE } from './load';
import { type Cloud, HISTORY_MS, HOUR, hostAt, MINUTE, type SimFlavor, type SimHost, type SimServer } from './model';
import type { Random } from './random';

const flavor = (name: string, vcpus: number, ramGib: number, more: Partial<SimFlavor> = {}): SimFlavor => ({
  name,
  vcpus,
  ramMib: ramGib * 1024,
  diskGib: 20 * vcpus,
  pinned: false,
  deleted: false,
  ...more,
});

/** The first, the most used one, was deleted after its VMs were made. */
export const FLAVORS: [SimFlavor, ...SimFlavor[]] = [
  flavor('m1.xlarge', 8, 16, { deleted: true }),
  flavor('m1.small', 1, 2),
  flavor('m1.medium', 2, 4),
  flavor('m1.large', 4, 8),
  flavor('r1.large', 4, 32),
  flavor('c1.2xlarge', 16, 32),
  flavor('c1.4xlarge', 32, 64),
];
const PINNED = flavor('p1.large', 8, 16, { pinned: true });
export const ALL_FLAVORS = [...FLAVORS, PINNED];

const RACK_SIZE = 12;

export function buildHosts(count: number, random: Random): SimHost[] {
  return Array.from({ length: count }, (_, i): SimHost => {
    const rack = String(Math.floor(i / RACK_SIZE) + 1).padStart(2, '0');
    const name = `cmp-r${rack}-${String((i % RACK_SIZE) + 1).padStart(2, '0')}`;
    const threads = random.pick([64, 64, 96, 128]);
    const disabled = count > 3 && i % 24 === 9;
    return {
      id: random.uuid(),
      name,
      fqdn: `${name}.sim.example`,
      ip: `10.20.${Math.floor(i / 200)}.${10 + (i % 200)}`,
      threads,
      ramMib: threads * 8 * 1024,
      reservedMib: random.pick([4096, 8192]),
      reservedCpus: random.pick([0, 0, 2, 4]),
      pinnedCpus: count > 3 && i % 12 === 5 ? 24 : 0,
      cpuRatio: random.pick([4, 4, 4, 2.5]),
      ramRatio: random.pick([1, 1, 1.2]),
      enabled: !disabled,
      disabledReason: disabled ? 'DIMM replacement, ticket 4711' : null,
      up: !(count > 3 && i % 24 === 20),
      zone: Number(rack) % 2 ? 'az-a' : 'az-b',
    };
  });
}

export function buildControllers(random: Random): SimHost[] {
  return buildHosts(3, random).map((host, i) => ({
    ...host,
    name: `ctl-${i + 1}`,
    fqdn: `ctl-${i + 1}.sim.example`,
    ip: `10.10.0.${i + 1}`,
  }));
}

/** Share of its threads that a host shall use: of 24, three are hot and three warm. */
function targetShare(position: number, random: Random): number {
  if (position % 8 === 3) return random.between(0.87, 0.95);
  if (position % 8 === 6) return random.between(0.72, 0.82);
  return random.between(0.12, 0.58);
}

const PURPOSES: [string, ...string[]] = ['web', 'web', 'api', 'db', 'cache', 'batch', 'ci', 'queue', 'idle'];
const ODD_NAMES = [
  '<b>bold</b>&"quoted"',
  'größe-日本-пример',
  `long-${'x'.repeat(199)}`,
  'web-001',
  '=HYPERLINK("http://example.com")',
];
const STATUSES = ['SHUTOFF', 'SHUTOFF', 'SHUTOFF', 'PAUSED', 'SUSPENDED', 'ERROR'] as const;

export function buildServers(count: number, hosts: SimHost[], startedAt: number, random: Random): SimServer[] {
  const projects = Array.from({ length: 6 }, () => random.uuid().replaceAll('-', ''));
  const servers: SimServer[] = [];
  const make = (i: number, host: SimHost | null, status: string, size: SimFlavor): SimServer => {
    const createdAt = startedAt - HISTORY_MS - Math.floor(random.between(1, 2000)) * HOUR;
    return {
      id: random.uuid(),
      name: ODD_NAMES[i - 5] ?? `${random.pick(PURPOSES)}-${String(i).padStart(3, '0')}`,
      status,
      flavor: size,
      projectId: projects[random.whole(0, projects.length - 1)] ?? '',
      locked: random.next() < 0.03,
      createdAt,
      updatedAt: createdAt + HOUR,
      domain: `instance-${(i + 1).toString(16).padStart(8, '0')}`,
      stays: [{ from: createdAt, host }],
      load: { mean: 0, swing: 0, periodMs: HOUR * random.between(2, 8), phase: random.between(0, 2 * Math.PI) },
      ramShare: random.between(0.3, 0.9),
    };
  };
  // A few have no host: one failed to be scheduled, one is shelved, one is being built.
  const homeless = count >= 20 ? ['ERROR', 'SHELVED_OFFLOADED', 'BUILD'] : [];
  for (const [i, status] of homeless.entries()) servers.push(make(i, null, status, random.pick(FLAVORS)));
  const placed = hosts.length === 0 ? 0 : count - homeless.length;
  for (const [position, host] of hosts.entries()) {
    const share = targetShare(position, random);
    const from = Math.floor((position * placed) / hosts.length);
    const until = Math.floor(((position + 1) * placed) / hosts.length);
    const wantedVcpus = host.threads * Math.max(1.2, 1.5 * share + random.between(0, 0.5));
    const guests = Array.from({ length: until - from }, (_, n) => {
      const i = homeless.length + from + n;
      const status = i % 11 === 7 ? (STATUSES[Math.floor(i / 11) % STATUSES.length] ?? 'SHUTOFF') : 'ACTIVE';
      const pinned = host.pinnedCpus > 0 && n < 2;
      return make(i, host, status, pinned ? PINNED : pickFlavor(wantedVcpus / (until - from), random));
    });
    spreadLoad(guests, host.threads * (share - BASE_SHARE), random);
    servers.push(...guests);
  }
  return servers;
}

/** Mostly near the size that fills the host as wanted; the small ones are common everywhere. */
function pickFlavor(vcpus: number, random: Random): SimFlavor {
  const wanted = vcpus * random.between(0.4, 2);
  return FLAVORS.reduce((best, other) =>
    Math.abs(other.vcpus - wanted) < Math.abs(best.vcpus - wanted) ? other : best,
  );
}

/** Gives the running VMs loads that make up the wanted cores, each at most what its vCPUs can do. */
function spreadLoad(guests: SimServer[], cores: number, random: Random): void {
  const running = guests.filter(({ status }) => status === 'ACTIVE');
  const weights = running.map(({ flavor: { vcpus } }) => vcpus * random.between(0.2, 1));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  for (const [i, server] of running.entries()) {
    const mean = Math.min(((weights[i] ?? 0) / sum) * Math.max(cores, 0), 0.95 * server.flavor.vcpus);
    const room = Math.min(mean, server.flavor.vcpus - mean);
    server.load.mean = mean;
    server.load.swing = room * random.between(0, 0.15);
  }
}

export type Usage = { VCPU: number; PCPU: number; MEMORY_MB: number; DISK_GB: number; VMS: number };

const noUsage = (): Usage => ({ VCPU: 0, PCPU: 0, MEMORY_MB: 0, DISK_GB: 0, VMS: 0 });

/** Allocations of all hosts at one moment; a collection asks for every host at nearly the same one. */
const usages = new WeakMap<Cloud, { minute: number; byHost: Map<SimHost, Usage> }>();

/** What Placement has allocated of a host: every VM that has a host holds its flavor, whatever its state. */
export function usageOf(cloud: Cloud, host: SimHost, at: number): Usage {
  // VMs move minutes apart, so that a minute is one moment.
  const minute = Math.floor(at / MINUTE);
  let known = usages.get(cloud);
  if (known?.minute !== minute) {
    known = { minute, byHost: new Map() };
    for (const server of cloud.servers) {
      const on = hostAt(server, at);
      if (on === null) continue;
      const usage = known.byHost.get(on) ?? noUsage();
      usage[server.flavor.pinned ? 'PCPU' : 'VCPU'] += server.flavor.vcpus;
      usage.MEMORY_MB += server.flavor.ramMib;
      usage.DISK_GB += server.flavor.diskGib;
      usage.VMS += 1;
      known.byHost.set(on, usage);
    }
    usages.set(cloud, known);
  }
  return known.byHost.get(host) ?? noUsage();
}
