import { compareNames } from '@/lib/sort';
import type { Room, RoomHost } from './room';
import { allows, type Need, type Obstacle, obstacleOn, type Wanted, wantedIn } from './suits';

/** How many more VMs of one size fit, if no other VM comes. Counted host by host: a sum of what is free promises more. */

/** What one host has left for them. */
export type HostSlots = {
  host: RoomHost;
  /** null if Placement's figures of the host are unknown. */
  slots: number | null;
  /** What ends it: the resource class that has the least left, or why it takes none at all. */
  end: { kind: 'resource'; detail: string } | Obstacle;
};

/** What it would take if it were open. */
function slotsOn(room: Room, host: RoomHost, need: Wanted): HostSlots {
  const obstacle = obstacleOn(room, host, need);
  if (obstacle !== null) return { host, slots: obstacle.kind === 'unknown' ? null : 0, end: obstacle };
  let least: { resource: string; slots: number } | null = null;
  for (const [resource, amount] of need.amounts) {
    const pieces = host.classes?.get(resource);
    if (!pieces) continue;
    let slots = 0;
    for (const piece of pieces) if (allows(piece, amount)) slots += Math.floor(piece.free / amount);
    if (least === null || slots < least.slots) least = { resource, slots };
  }
  // Something that needs nothing fits without end; no such number is shown.
  if (least === null) return { host, slots: null, end: { kind: 'unknown', detail: null } };
  return { host, slots: least.slots, end: { kind: 'resource', detail: least.resource } };
}

/** Hosts that end for the same reason. */
export type Ending = {
  end: HostSlots['end'];
  /** How many of the open hosts. */
  hosts: number;
  /** Those of them that take none any more. */
  full: string[];
};

/** Slots of a zone or an aggregate. */
export type PartSlots = {
  name: string;
  /** null if nothing is known about any open host. */
  slots: number | null;
  /** The most frequent first. */
  endings: Ending[];
};

export type Slots = {
  /** Over hosts; null if nothing is known about any open host. */
  slots: number | null;
  zones: PartSlots[];
  /** Of aggregates, by name. A host may be in several. */
  aggregates: PartSlots[];
  endings: Ending[];
  openHosts: number;
  /** Open hosts about which Placement says nothing. */
  unknownHosts: number;
  /** Hosts that are closed or down, and what they would add. */
  closed: { name: string; slots: number | null }[];
};

export function countSlots(room: Room, need: Need): Slots {
  const wanted = wantedIn(room, need);
  const all = room.hosts.map((host) => slotsOn(room, host, wanted));
  const open = all.filter(({ host }) => host.isOpen);
  return {
    slots: sumOf(open),
    zones: countParts(room, open, ({ zone }) => [zone]),
    aggregates: countParts(room, open, ({ aggregates }) => aggregates.map(({ name }) => name)).sort((a, b) =>
      compareNames(a.name, b.name),
    ),
    endings: groupEndings(open),
    openHosts: open.length,
    unknownHosts: open.filter(({ slots }) => slots === null).length,
    closed: all.filter(({ host }) => !host.isOpen).map(({ host: { name }, slots }) => ({ name, slots })),
  };
}

/** In the order of the hosts. A part whose hosts are all closed has no slots. */
function countParts(room: Room, open: HostSlots[], namesOf: (host: RoomHost) => string[]): PartSlots[] {
  const parts = new Map<string, HostSlots[]>(room.hosts.flatMap((host) => namesOf(host).map((name) => [name, []])));
  for (const one of open) for (const name of namesOf(one.host)) parts.get(name)?.push(one);
  return [...parts].map(([name, own]) => ({ name, slots: sumOf(own), endings: groupEndings(own) }));
}

/** No open host takes no VM; open hosts of which none is known are not counted as full. */
function sumOf(hosts: HostSlots[]): number | null {
  const known = hosts.flatMap(({ slots }) => slots ?? []);
  return known.length === 0 && hosts.length > 0 ? null : known.reduce((sum, slots) => sum + slots, 0);
}

function groupEndings(hosts: HostSlots[]): Ending[] {
  const groups = new Map<string, Ending>();
  for (const { host, slots, end } of hosts) {
    const key = `${end.kind} ${end.detail}`;
    const group = groups.get(key) ?? { end, hosts: 0, full: [] };
    group.hosts++;
    if (slots === 0) group.full.push(host.name);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.hosts - a.hosts);
}
