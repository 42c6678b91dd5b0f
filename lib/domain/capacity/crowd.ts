import type { Server, ServerFlavor, ServerGroup } from '@/lib/openstack/records';
import { needsOf } from '../cluster/flavor-needs';
import type { Room } from './room';
import { MAY_BE_ELSEWHERE, type Need, obstacleOn, wantedIn } from './suits';

/**
 * All VMs and hosts in columns of numbers: tens of thousands of VMs are placed in it again and again, and it goes to another
 * thread without being turned into text. VMs that need the same are of one kind.
 */
export type Crowd = {
  hosts: number;
  classes: number;
  kinds: number;
  /** By host: the number of its zone, and 1 if it takes VMs. */
  zone: Int32Array;
  open: Uint8Array;
  /** What is free, by host and class. What no class of the host counts does not run out. */
  free: Float64Array;
  /** What one VM takes, by kind and class. */
  amounts: Float64Array;
  /** 1 if the host may take VMs of the kind at all, by kind and host. */
  suits: Uint8Array;
  /** Of VMs, in the order of their hosts. */
  kindOf: Int32Array;
  hostOf: Int32Array;
  /** 1 if nobody asked for a zone when the VM was made, so that Nova takes it to any. */
  roams: Uint8Array;
  /** The first VM of each host; the last entry is the number of VMs. */
  firstOf: Int32Array;
  /** The number of a VM's server group; -1 if it is in none, or its policy is only a wish. */
  groupOf: Int32Array;
  /** By group: 1 if it keeps VMs together; how many of its VMs one host may have. */
  together: Uint8Array;
  mostOf: Int32Array;
  /** Members, one group after another, and where each group begins. */
  members: Int32Array;
  membersFrom: Int32Array;
  /** The kind of VM that is counted where all have a place; -1 for none. */
  reference: number;
};

/** The same, with what the numbers stand for. */
export type NamedCrowd = {
  crowd: Crowd;
  servers: Server[];
  needs: Need[];
  /** VMs without a known flavor. */
  unknown: Server[];
};

/** A large host has as much of it left as anyone will ever ask for. */
const ENDLESS = Number.MAX_SAFE_INTEGER;

/**
 * VMs count in any state: one that is off keeps its allocation. Disks count for VMs that boot from an image; what a VM on a
 * volume keeps on its host is no number of its own in a flavor.
 *
 * @param reference a flavor that is counted where all VMs have found a place
 */
export function* gatherCrowd(
  room: Room,
  groups: ServerGroup[],
  reference: ServerFlavor | null,
): Generator<undefined, NamedCrowd> {
  const kinds = openKinds(room);
  const servers: Server[] = [];
  const unknown: Server[] = [];
  const kindOf: number[] = [];
  const hostOf: number[] = [];
  const firstOf = [0];
  for (const host of room.hosts) {
    for (const server of host.servers) {
      if (server.flavor === null) {
        unknown.push(server);
        continue;
      }
      servers.push(server);
      hostOf.push(host.at);
      const hasDisk = server.bootsFromVolume === false;
      kindOf.push(kinds.of({ flavor: server.flavor, project: server.projectId, hasDisk }));
    }
    firstOf.push(servers.length);
    yield;
  }
  const referenceKind = reference === null ? -1 : kinds.of({ flavor: reference, project: ANYONE, hasDisk: false });
  const wanted = kinds.needs.map((need) => wantedIn(room, need));
  const classes = [...new Set(wanted.flatMap(({ amounts }) => amounts.map(([name]) => name)))];
  const suits = new Uint8Array(kinds.needs.length * room.hosts.length);
  for (const [kind, need] of wanted.entries()) {
    for (const host of room.hosts)
      if (obstacleOn(room, host, need) === null) suits[kind * room.hosts.length + host.at] = 1;
    yield;
  }
  const grouped = yield* gatherGroups(servers, groups);
  const crowd: Crowd = {
    hosts: room.hosts.length,
    classes: classes.length,
    kinds: kinds.needs.length,
    zone: Int32Array.from(room.hosts, ({ zone }) => room.zones.indexOf(zone)),
    open: Uint8Array.from(room.hosts, ({ isOpen }) => Number(isOpen)),
    free: Float64Array.from(room.hosts.flatMap((host) => classes.map((name) => freeOf(host, name)))),
    amounts: Float64Array.from(
      wanted.flatMap((need) => {
        const amounts = new Map(need.amounts);
        return classes.map((name) => amounts.get(name) ?? 0);
      }),
    ),
    suits,
    kindOf: Int32Array.from(kindOf),
    hostOf: Int32Array.from(hostOf),
    // Before Nova tells what was asked for, nobody knows.
    roams: Uint8Array.from(servers, ({ pinnedZone }) => Number(pinnedZone === null)),
    firstOf: Int32Array.from(firstOf),
    ...grouped,
    reference: referenceKind,
  };
  return { crowd, servers, needs: kinds.needs, unknown };
}

/** No project has this id, so nothing is kept for it. */
const ANYONE = '';

function freeOf({ classes }: Room['hosts'][number], name: string): number {
  const pieces = classes?.get(name);
  // No VM that needs this class suits a host without it, unless it may be elsewhere.
  return pieces ? pieces.reduce((sum, { free }) => sum + free, 0) : ENDLESS;
}

/** Projects matter only where aggregates are kept for some. */
function openKinds({ hosts }: Room) {
  const kept = hosts.some(({ aggregates }) => aggregates.some(({ projects }) => projects !== null));
  const needs: Need[] = [];
  const numbers = new Map<string, number>();
  /** Clients give equal flavors the same object. */
  const texts = new Map<ServerFlavor, string>();
  return {
    needs,
    of({ flavor, project, hasDisk }: { flavor: ServerFlavor; project: string; hasDisk: boolean }): number {
      const text = texts.get(flavor) ?? JSON.stringify({ ...needsOf(flavor), live_obstacles: [] });
      texts.set(flavor, text);
      const key = `${kept ? project : ''} ${hasDisk} ${text}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const need = needsOf(flavor);
      const { [MAY_BE_ELSEWHERE]: _, ...others } = need.resources;
      needs.push({ ...need, resources: hasDisk ? need.resources : others, project: kept ? project : null });
      numbers.set(key, needs.length - 1);
      return needs.length - 1;
    },
  };
}

type Groups = Pick<Crowd, 'groupOf' | 'together' | 'mostOf' | 'members' | 'membersFrom'>;

/** VMs between two pauses. */
const STEP = 5_000;

/** Groups whose policy Nova insists on. A VM is in one group at most. */
function* gatherGroups(servers: Server[], groups: ServerGroup[]): Generator<undefined, Groups> {
  const numbers = new Map<string, number>();
  for (const [number, { id }] of servers.entries()) {
    numbers.set(id, number);
    if (number % STEP === 0) yield;
  }
  const groupOf = new Int32Array(servers.length).fill(-1);
  const strict = groups.filter(({ policy }) => policy === 'affinity' || policy === 'anti-affinity');
  const members: number[] = [];
  const membersFrom = [0];
  for (const [group, { members: ids }] of strict.entries()) {
    for (const id of ids) {
      const number = numbers.get(id);
      if (number === undefined) continue;
      groupOf[number] = group;
      members.push(number);
    }
    membersFrom.push(members.length);
  }
  return {
    groupOf,
    together: Uint8Array.from(strict, ({ policy }) => Number(policy === 'affinity')),
    mostOf: Int32Array.from(strict, ({ maxPerHost }) => Math.max(1, maxPerHost)),
    members: Int32Array.from(members),
    membersFrom: Int32Array.from(membersFrom),
  };
}
