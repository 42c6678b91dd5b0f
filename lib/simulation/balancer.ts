import { BASE_SHARE, coresAt } from './load';
import { type Cloud, hostAt, type SimHost, type SimServer } from './model';
import { capacityOf, inventoryOf } from './occupancy';

export type SimMove = { server: SimServer; source: SimHost; destination: SimHost };

/** The cloud at one point in time as a strategy sees it, on which moves can be tried out. */
type Sketch = {
  /** Hosts that may receive VMs. */
  hosts: SimHost[];
  /** Share of its threads that a host would use with `more` additional cores. */
  share(host: SimHost, more?: number): number;
  cores(server: SimServer): number;
  guests(host: SimHost): SimServer[];
  /** Whether Placement would accept the VM on the host. */
  fits(server: SimServer, host: SimHost): boolean;
  move(move: SimMove): void;
};

type Booked = { cores: number; vcpus: number; ramMib: number; guests: Set<SimServer> };

function openSketch(cloud: Cloud, at: number): Sketch {
  const booked = new Map<SimHost, Booked>(
    cloud.hosts.map((host) => [host, { cores: BASE_SHARE * host.threads, vcpus: 0, ramMib: 0, guests: new Set() }]),
  );
  const bookOf = (host: SimHost): Booked => booked.get(host) ?? { cores: 0, vcpus: 0, ramMib: 0, guests: new Set() };
  const cores = (server: SimServer) => coresAt(server, at);
  const put = (server: SimServer, host: SimHost, sign: 1 | -1) => {
    const book = bookOf(host);
    book.cores += sign * cores(server);
    book.vcpus += sign * (server.flavor.pinned ? 0 : server.flavor.vcpus);
    book.ramMib += sign * server.flavor.ramMib;
    if (sign === 1) book.guests.add(server);
    else book.guests.delete(server);
  };
  for (const server of cloud.servers) {
    const host = hostAt(server, at);
    if (host !== null) put(server, host, 1);
  }
  return {
    hosts: cloud.hosts.filter(({ enabled, up }) => enabled && up),
    share: (host, more = 0) => (bookOf(host).cores + more) / host.threads,
    cores,
    guests: (host) => [...bookOf(host).guests],
    fits(server, host) {
      const { VCPU, MEMORY_MB } = inventoryOf(host);
      const { vcpus, ramMib } = bookOf(host);
      return (
        VCPU !== undefined &&
        MEMORY_MB !== undefined &&
        vcpus + server.flavor.vcpus <= capacityOf(VCPU) &&
        ramMib + server.flavor.ramMib <= capacityOf(MEMORY_MB)
      );
    },
    move({ server, source, destination }) {
      put(server, source, -1);
      put(server, destination, 1);
    },
  };
}

const maxBy = <T>(items: T[], value: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>(
    (best, item) => (best === undefined || value(item) > value(best) ? item : best),
    undefined,
  );

/** Strategies move only running VMs with shared CPUs. */
const isMovable = ({ status, flavor }: SimServer) => status === 'ACTIVE' && !flavor.pinned;

type Limits = {
  maxMoves: number;
  /** Hosts that are looked at; default all. */
  among?: SimHost[];
  stays?: (server: SimServer) => boolean;
  /** The share from which a host is relieved. */
  above?: number;
};

/** Standard deviation of the hosts' shares. */
export function spreadOf(cloud: Cloud, among: SimHost[], at: number): number {
  const sketch = openSketch(cloud, at);
  const shares = sketch.hosts.filter((host) => among.includes(host)).map((host) => sketch.share(host));
  const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  return Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / Math.max(1, shares.length));
}

/**
 * A greedy plan: moves a VM from the hottest host to the least used one, as long as that makes the pair clearly more even.
 * Each VM moves once.
 */
export function balance(
  cloud: Cloud,
  { maxMoves, among, stays = () => false, above = 0 }: Limits,
  at: number,
): SimMove[] {
  const sketch = openSketch(cloud, at);
  const hosts = sketch.hosts.filter((host) => among?.includes(host) ?? true);
  const moved = new Set<SimServer>();
  const moves: SimMove[] = [];
  while (moves.length < maxMoves) {
    const source = maxBy(hosts, (host) => sketch.share(host));
    const destination = maxBy(hosts, (host) => -sketch.share(host));
    if (!source || !destination || sketch.share(source) <= above) break;
    const gap = sketch.share(source) - sketch.share(destination);
    if (gap < 0.1) break;
    const candidates = sketch.guests(source).filter((server) => {
      const cores = sketch.cores(server);
      const after = sketch.share(destination, cores) - sketch.share(source, -cores);
      return (
        isMovable(server) &&
        !stays(server) &&
        !moved.has(server) &&
        cores > 0.5 &&
        after < gap / 4 &&
        sketch.fits(server, destination)
      );
    });
    const server = maxBy(candidates, (candidate) => sketch.cores(candidate));
    if (!server) break;
    const move = { server, source, destination };
    sketch.move(move);
    moved.add(server);
    moves.push(move);
  }
  return moves;
}

/** Consolidation fills no host beyond this share. */
const FULL_SHARE = 0.75;

/**
 * Drains a host as consolidation does: each VM goes to the fullest host with room for it, or stays if none has room.
 *
 * `among` are the hosts that may receive the VMs.
 */
export function pack(
  cloud: Cloud,
  { source, among, maxMoves }: { source: SimHost; among: SimHost[]; maxMoves: number },
  at: number,
): SimMove[] {
  const sketch = openSketch(cloud, at);
  const targets = sketch.hosts.filter((host) => host !== source && among.includes(host));
  const bySize = sketch.guests(source).sort((a, b) => sketch.cores(b) - sketch.cores(a));
  const moves: SimMove[] = [];
  for (const server of bySize) {
    if (moves.length === maxMoves) break;
    if (!isMovable(server)) continue;
    const cores = sketch.cores(server);
    const open = targets.filter((host) => sketch.share(host, cores) < FULL_SHARE && sketch.fits(server, host));
    const destination = maxBy(open, (host) => sketch.share(host));
    if (!destination) continue;
    const move = { server, source, destination };
    sketch.move(move);
    moves.push(move);
  }
  return moves;
}

/** Hosts that may receive VMs, least used first. */
export function byUse(cloud: Cloud, at: number): SimHost[] {
  const sketch = openSketch(cloud, at);
  return sketch.hosts.sort((a, b) => sketch.share(a) - sketch.share(b));
}

/** The VMs that maintenance would move off a host: running ones live, stopped ones cold. */
export const serversToDrain = (cloud: Cloud, source: SimHost, at: number): SimServer[] =>
  cloud.servers.filter((server) => isDrained(server) && hostAt(server, at) === source);

const isDrained = ({ status }: SimServer): boolean => status === 'ACTIVE' || status === 'SHUTOFF';

/** Hosts with VMs that maintenance would move. */
export function hostsToDrain(cloud: Cloud, at: number): SimHost[] {
  const used = new Set(cloud.servers.filter(isDrained).map((server) => hostAt(server, at)));
  return cloud.hosts.filter((host) => used.has(host));
}
