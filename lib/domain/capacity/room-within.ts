import type { Room } from './room';

/** The part of a room that some of its hosts are; each keeps its position among all. */
export function roomWithin(room: Room, names: ReadonlySet<string>): Room {
  const hosts = room.hosts.filter(({ name }) => names.has(name));
  const zones = new Set(hosts.map(({ zone }) => zone));
  return { ...room, hosts, zones: room.zones.filter((zone) => zones.has(zone)) };
}
