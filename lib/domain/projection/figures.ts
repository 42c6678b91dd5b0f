import type { EmptiedHosts, ProjectedHost } from '@/lib/contract/v1/projection';
import type { Scores } from '@/lib/contract/v1/verdicts';
import { MIB } from '@/lib/units';
import { percent } from '../cluster/capacity';
import { balanceOf, scoresOf } from './balance';
import { classOn, type HostState, type Start, statesOf, type World } from './world';

/** The figures of a world: load and allocation of each host, balance, hosts that are emptied. */

const share = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : percent(part, whole);

/** @param extra cores on top of what the host uses */
export const cpuShare = ({ cpuUsed, host }: HostState, extra = 0): number | null =>
  share(cpuUsed === null ? null : cpuUsed + extra, host.cpu_total);

export const ramShare = ({ ramUsed, host }: HostState, extra = 0): number | null =>
  share(ramUsed === null ? null : ramUsed + extra, host.ram_total);

/**
 * Allocated in Placement and what it hands out, over several classes; null if the host has none or one can't be read.
 *
 * @param extra allocated on top, as a VM asks for it
 */
function allocation(
  { host, used }: HostState,
  classes: readonly string[],
  extra: Record<string, number> = {},
): { used: number; capacity: number } | null {
  if (host.inventories === null) return null;
  let sum: { used: number; capacity: number } | null = null;
  for (const name of classes) {
    const inventory = host.inventories[name];
    if (inventory === null) return null;
    if (!inventory) continue;
    sum ??= { used: 0, capacity: 0 };
    sum.used += used.get(name) ?? 0;
    for (const resource in extra) if (classOn(host, resource) === name) sum.used += extra[resource] ?? 0;
    sum.capacity += inventory.capacity;
  }
  return sum;
}

const VCPU = ['VCPU', 'PCPU'] as const;
const VRAM = ['MEMORY_MB'] as const;
const vcpuOf = (state: HostState) => allocation(state, VCPU);
const vramOf = (state: HostState) => allocation(state, VRAM);

const shareOf = (allocated: ReturnType<typeof allocation>): number | null =>
  allocated === null ? null : share(allocated.used, allocated.capacity);

/** Use and allocations of VMs: cores, bytes, native units of Placement. */
export type Weight = { cores: number; ram: number; resources: Record<string, number> };

/** CPU and RAM used, vCPU and RAM allocated, with more on the host; percent, null where unknown. */
export const sharesOf = (state: HostState, { cores, ram, resources }: Weight): (number | null)[] => [
  cpuShare(state, cores),
  ramShare(state, ram),
  shareOf(allocation(state, VCPU, resources)),
  shareOf(allocation(state, VRAM, resources)),
];

/** A host counts in a balance unless it is down, or out of service and empty: Nova places nothing there. */
export function counts({ host, status, vms }: HostState): boolean {
  return host.state !== 'down' && (status !== 'disabled' || vms > 0);
}

function balanceOfStates(all: Iterable<HostState>): Scores {
  const states = [...all].filter(counts);
  const balance = (percentageOf: (state: HostState) => number | null) =>
    balanceOf(states.map((state) => ({ host: state.host.name, percentage: percentageOf(state) })));
  return scoresOf({
    cpu: balance((state) => cpuShare(state)),
    ram: balance((state) => ramShare(state)),
    vcpu: balance((state) => shareOf(vcpuOf(state))),
    vram: balance((state) => shareOf(vramOf(state))),
  });
}

/** What stands before a plan is the same for every plan and variant, so it is made once. */
const before = new WeakMap<Start, { scores: Scores; rows: ProjectedHost[] }>();

function describeStart(start: Start): { scores: Scores; rows: ProjectedHost[] } {
  const known = before.get(start);
  if (known) return known;
  const made = {
    scores: balanceOfStates(start.values()),
    rows: Array.from(start.values(), (state) => describeHost(state, state)),
  };
  before.set(start, made);
  return made;
}

export const scoresBefore = (start: Start): Scores => describeStart(start).scores;

export const scoresAfter = (world: World): Scores =>
  world.changed.size === 0 ? scoresBefore(world.start) : balanceOfStates(statesOf(world));

/** Every host before and after the plan, in their order. Hosts that the plan does not change share their rows. */
export function describeHosts({ start, changed }: World): ProjectedHost[] {
  return describeStart(start).rows.map((row) => {
    const [now, after] = [start.get(row.host), changed.get(row.host)];
    return now && after ? describeHost(now, after) : row;
  });
}

function describeHost(now: HostState, after: HostState): ProjectedHost {
  const vcpu = { now: vcpuOf(now), after: vcpuOf(after) };
  const vram = { now: vramOf(now), after: vramOf(after) };
  const bytes = (mib: number | undefined) => (mib === undefined ? null : mib * MIB);
  return {
    host: now.host.name,
    logical_cpus: now.host.cpu_total,
    cpu_now: cpuShare(now),
    cpu_after: cpuShare(after),
    ram_now: ramShare(now),
    ram_after: ramShare(after),
    vcpu_now: vcpu.now?.used ?? null,
    vcpu_after: vcpu.after?.used ?? null,
    vcpu_capacity: vcpu.now?.capacity ?? null,
    vram_now: bytes(vram.now?.used),
    vram_after: bytes(vram.after?.used),
    vram_capacity: bytes(vram.now?.capacity),
    leaving: after.leaving,
    arriving: after.arriving,
  };
}

export const isEmptied = (now: HostState, after: HostState): boolean =>
  (now.running > 0 && after.running <= 0) || (now.vms > 0 && after.vms <= 0);

/** Hosts that lose their last running VM, which is what Watcher calls released, or their last VM of any state. */
export function listEmptied({ start, changed }: World): EmptiedHosts {
  const emptied = [...start.values()].flatMap((now) => {
    const after = changed.get(now.host.name);
    if (!after) return [];
    return isEmptied(now, after) ? [after] : [];
  });
  return {
    count: emptied.length,
    hosts: emptied.map(({ host }) => host.name),
    vms_left: emptied.reduce((sum, { vms }) => sum + vms, 0),
  };
}
