import type { Server, ServerFlavor, ServerGroup } from '@/lib/openstack/records';
import { gatherCrowd, type NamedCrowd } from '../capacity/crowd';
import { openPlacer } from '../capacity/place';
import type { Piece, Room, RoomHost } from '../capacity/room';
import { countSlots } from '../capacity/slots';
import { wantedIn } from '../capacity/suits';
import { needsOf } from '../cluster/flavor-needs';
import type { Paused } from '../projection/walk';

/** What a zone can still take, and whether it may lose a host: before a drain and after it. */

export type Headroom = {
  /** More VMs of the flavor that fit; null if nothing is known about any open host. */
  slots: number | null;
  /** The host whose VMs find the fewest places if it fails, and how many find none; null if all find one. */
  worst: { host: string; vms: number } | null;
};

/** The flavor that most VMs of a zone have; null if none is known. */
export function commonestFlavor({ hosts }: Room, zone: string): ServerFlavor | null {
  const counts = new Map<string, { flavor: ServerFlavor; vms: number }>();
  for (const host of hosts) {
    if (host.zone !== zone) continue;
    for (const { flavor } of host.servers) {
      if (flavor === null) continue;
      const known = counts.get(flavor.name);
      if (known) known.vms++;
      else counts.set(flavor.name, { flavor, vms: 1 });
    }
  }
  return [...counts.values()].sort((a, b) => b.vms - a.vms)[0]?.flavor ?? null;
}

type Asked = { zone: string; flavor: ServerFlavor | null; groups: ServerGroup[] };

/** Pauses between hosts. */
export function* findHeadroom(room: Room, { zone, flavor, groups }: Asked): Paused<Headroom> {
  const slots = flavor && countSlots(room, { ...needsOf(flavor), project: null });
  yield;
  const named = yield* gatherCrowd(room, groups, null);
  return {
    slots: slots?.zones.find((one) => one.name === zone)?.slots ?? null,
    worst: yield* findWorst(room, named, zone),
  };
}

function* findWorst(room: Room, { crowd }: NamedCrowd, zone: string): Paused<Headroom['worst']> {
  const placer = openPlacer(crowd);
  let worst: Headroom['worst'] = null;
  for (const { at, name, zone: own, isOpen } of room.hosts) {
    if (own !== zone || !isOpen) continue;
    const vms = placer.lose([at]).unplaced.length;
    if (vms > (worst?.vms ?? 0)) worst = { host: name, vms };
    yield;
  }
  return worst;
}

/** The room once a host is closed and VMs have left it. @param moves where VMs go, by their id */
export function roomAfter(room: Room, { host, moves }: { host: string; moves: ReadonlyMap<string, string> }): Room {
  const leaving = room.hosts.find(({ name }) => name === host)?.servers.filter(({ id }) => moves.has(id)) ?? [];
  const arriving = new Map<string, Server[]>();
  for (const server of leaving) {
    const target = moves.get(server.id) ?? '';
    arriving.set(target, [...(arriving.get(target) ?? []), server]);
  }
  return {
    ...room,
    hosts: room.hosts.map((one): RoomHost => {
      const come = arriving.get(one.name) ?? [];
      if (one.name === host) {
        const stays = one.servers.filter(({ id }) => !moves.has(id));
        return { ...one, isOpen: false, servers: stays, classes: change(room, one, { servers: leaving, sign: -1 }) };
      }
      if (come.length === 0) return one;
      return { ...one, servers: [...one.servers, ...come], classes: change(room, one, { servers: come, sign: 1 }) };
    }),
  };
}

/** @param sign 1 to take room for the VMs, -1 to free it */
function change(
  room: Room,
  { classes }: RoomHost,
  { servers, sign }: { servers: Server[]; sign: 1 | -1 },
): RoomHost['classes'] {
  if (classes === null) return null;
  const changed = new Map(Array.from(classes, ([name, pieces]) => [name, pieces?.map((one) => ({ ...one })) ?? null]));
  for (const { flavor, projectId } of servers) {
    if (flavor === null) continue;
    for (const [name, amount] of wantedIn(room, { ...needsOf(flavor), project: projectId }).amounts) {
      const piece = roomiest(changed.get(name) ?? []);
      if (piece) piece.free = Math.max(0, piece.free - sign * amount);
    }
  }
  return changed;
}

const roomiest = (pieces: Piece[]): Piece | undefined => pieces.toSorted((a, b) => b.free - a.free)[0];
