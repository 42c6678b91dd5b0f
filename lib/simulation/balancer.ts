import { BASE_SHARE } from './load';
import { type Cloud, hostAt, type SimHost, type SimServer } from './model';

export type SimMove = { server: SimServer; source: SimHost; destination: SimHost };

/**
 * A greedy plan over the mean loads: the hottest host gives a VM to the least used one that may take it, as long as that
 * makes the pair more even. Each VM moves once.
 */
export function balance(cloud: Cloud, most: number, at: number): SimMove[] {
  const open = cloud.hosts.filter(({ enabled, up }) => enabled && up);
  const cores = new Map(open.map((host) => [host, BASE_SHARE * host.threads]));
  const guests = new Map<SimHost, SimServer[]>(open.map((host) => [host, []]));
  for (const server of cloud.servers) {
    const host = hostAt(server, at);
    if (host === null || !cores.has(host)) continue;
    cores.set(host, (cores.get(host) ?? 0) + server.load.mean);
    if (server.status === 'ACTIVE' && !server.flavor.pinned) guests.get(host)?.push(server);
  }
  const share = (host: SimHost, more = 0) => ((cores.get(host) ?? 0) + more) / host.threads;
  const moves: SimMove[] = [];
  while (moves.length < most) {
    const sorted = [...open].sort((a, b) => share(b) - share(a));
    const source = sorted[0];
    const destination = sorted.at(-1);
    if (!source || !destination || source === destination) break;
    const gap = share(source) - share(destination);
    const server = (guests.get(source) ?? [])
      .filter(({ load: { mean } }) => mean > 0.5 && share(destination, mean) < share(source, -mean) + gap / 4)
      .sort((a, b) => b.load.mean - a.load.mean)[0];
    if (!server || gap < 0.1) break;
    moves.push({ server, source, destination });
    cores.set(source, (cores.get(source) ?? 0) - server.load.mean);
    cores.set(destination, (cores.get(destination) ?? 0) + server.load.mean);
    guests.set(
      source,
      (guests.get(source) ?? []).filter((other) => other !== server),
    );
  }
  return moves;
}

/** Everything that runs on a host, to be moved away. */
export function evacuate(cloud: Cloud, source: SimHost, at: number): SimServer[] {
  return cloud.servers.filter(
    (server) => hostAt(server, at) === source && ['ACTIVE', 'SHUTOFF'].includes(server.status),
  );
}
