import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewedHost, Scores } from '@/lib/contract/v1/verdicts';
import { balanceOf, scoresOf } from './score';
import { type HostState, openWorld, type World } from './world';

const percent = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : (100 * part) / whole;

export const cpuShare = ({ cpuUsed, host }: HostState, extra = 0): number | null =>
  percent(cpuUsed === null ? null : cpuUsed + extra, host.cpu_total);

const ramShare = ({ ramUsed, host }: HostState): number | null => percent(ramUsed, host.ram_total);

/** Allocated of what Placement hands out, of several classes together. */
function allocatedShare({ host, used }: HostState, classes: string[]): number | null {
  const known = classes.filter((name) => host.inventories?.[name]);
  const capacity = known.reduce((sum, name) => sum + (host.inventories?.[name]?.capacity ?? 0), 0);
  return percent(
    known.reduce((sum, name) => sum + (used.get(name) ?? 0), 0),
    capacity,
  );
}

export const vcpuShare = (state: HostState): number | null => allocatedShare(state, ['VCPU', 'PCPU']);
const vramShare = (state: HostState): number | null => allocatedShare(state, ['MEMORY_MB']);

/** A host counts that is not down, and that Nova may place VMs on or that has some. */
function counts({ host, vms, disabled }: HostState): boolean {
  return host.state !== 'down' && ((host.status !== 'disabled' && !disabled) || vms > 0);
}

export function scoresAfter(world: World): Scores {
  const states = [...world.hosts.values()].filter(counts);
  const balance = (share: (state: HostState) => number | null) =>
    balanceOf(states.map((state) => ({ host: state.host.name, percentage: share(state) })));
  return scoresOf({
    cpu: balance((state) => cpuShare(state)),
    ram: balance(ramShare),
    vcpu: balance(vcpuShare),
    vram: balance(vramShare),
  });
}

type Before = { world: World; scores: Scores };
/** A scene is never changed, and what stands before a plan is the same in each of its variants. */
const before = new WeakMap<Scene, Before>();

function beforeOf(scene: Scene): Before {
  const known = before.get(scene);
  if (known) return known;
  const world = openWorld(scene);
  const made = { world, scores: scoresAfter(world) };
  before.set(scene, made);
  return made;
}

/** Of the hosts as they are, whatever a plan says. */
export const scoresBefore = (scene: Scene): Scores => beforeOf(scene).scores;

export function describeHosts(world: World): ReviewedHost[] {
  const { world: start } = beforeOf(world.scene);
  return [...world.hosts.values()].map((after) => {
    const now = start.hosts.get(after.host.name) ?? after;
    return {
      host: after.host.name,
      cpu_now: cpuShare(now),
      cpu_after: cpuShare(after),
      ram_now: ramShare(now),
      ram_after: ramShare(after),
      vcpu_now: vcpuShare(now),
      vcpu_after: vcpuShare(after),
      vram_now: vramShare(now),
      vram_after: vramShare(after),
      arrive: after.arrive,
      leave: after.leave,
    };
  });
}
