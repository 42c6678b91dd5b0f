import type { Scene, SceneHost, SceneVm } from '@/lib/contract/v1/scene';

/** A host while a plan is gone through. Cores, bytes and native units of Placement, as they would be by now. */
export type HostState = {
  host: SceneHost;
  cpuUsed: number | null;
  ramUsed: number | null;
  /** Cores that came, without those that left: a peak of the past had what has left, too. */
  cpuArrived: number;
  used: Map<string, number>;
  vms: number;
  arrive: number;
  leave: number;
  /** An action of this plan has disabled it. */
  disabled: boolean;
};

/** Where VMs are and what hosts hold, changed move by move. */
export type World = {
  scene: Scene;
  hosts: Map<string, HostState>;
  vms: Map<string, SceneVm>;
  /** VMs that have moved; where to. */
  positions: Map<string, string | null>;
  /** VMs that leave a host in the wave under way: until its end they hold their place on both. */
  departing: Map<string, string>;
  /** Hosts that a variant empties. */
  emptied: Set<string>;
};

export function openWorld(scene: Scene, emptied: string[] = []): World {
  return {
    scene,
    hosts: new Map(scene.hosts.map((host) => [host.name, openHost(host)])),
    vms: new Map(scene.vms.map((vm) => [vm.id, vm])),
    positions: new Map(),
    departing: new Map(),
    emptied: new Set(emptied),
  };
}

function openHost(host: SceneHost): HostState {
  return {
    host,
    cpuUsed: host.cpu_used,
    ramUsed: host.ram_used,
    cpuArrived: 0,
    used: new Map(Object.entries(host.inventories ?? {}).map(([name, { used }]) => [name, used])),
    vms: host.vms,
    arrive: 0,
    leave: 0,
    disabled: false,
  };
}

export function positionOf(world: World, vm: SceneVm): string | null {
  const moved = world.positions.get(vm.id);
  return moved === undefined ? vm.host : moved;
}

/**
 * Which of the host's resource classes a VM's demand is counted in: a host that offers no PCPU takes dedicated CPUs from
 * what it offers, as it did before there was PCPU.
 */
export function classOn(host: SceneHost, resource: string): string {
  return resource === 'PCPU' && host.inventories && !host.inventories.PCPU ? 'VCPU' : resource;
}

/**
 * A VM comes to its destination at once and leaves its source when the wave is over: while it moves, Placement counts it on
 * both.
 *
 * @param allocated false where Placement has moved it already: its migration is under way
 */
export function moveVm(world: World, vm: SceneVm, destination: string | null, allocated = true): void {
  const source = positionOf(world, vm);
  const to = destination === null ? undefined : world.hosts.get(destination);
  if (to) {
    add(to, vm, 1, allocated);
    to.cpuArrived += vm.cores ?? 0;
    to.vms++;
    to.arrive++;
  }
  const from = source === null ? undefined : world.hosts.get(source);
  if (from) {
    // The load goes with the VM; only the allocation waits for the end of the wave.
    add(from, vm, -1, false);
    from.vms--;
    from.leave++;
    if (allocated && source !== null) {
      release(world, vm);
      world.departing.set(vm.id, source);
    }
  }
  world.positions.set(vm.id, destination);
}

/** The wave is over: what left is no longer held on its source. */
export function endWave(world: World): void {
  for (const id of [...world.departing.keys()]) {
    const vm = world.vms.get(id);
    if (vm) release(world, vm);
  }
}

function release(world: World, vm: SceneVm): void {
  const source = world.departing.get(vm.id);
  const from = source === undefined ? undefined : world.hosts.get(source);
  if (from) hold(from, vm, -1);
  world.departing.delete(vm.id);
}

function add(state: HostState, vm: SceneVm, sign: 1 | -1, allocated: boolean): void {
  if (state.cpuUsed !== null) state.cpuUsed += sign * (vm.cores ?? 0);
  if (state.ramUsed !== null) state.ramUsed += sign * (vm.ram_used ?? 0);
  if (allocated) hold(state, vm, sign);
}

function hold(state: HostState, vm: SceneVm, sign: 1 | -1): void {
  for (const [resource, amount] of Object.entries(vm.resources)) {
    const name = classOn(state.host, resource);
    state.used.set(name, (state.used.get(name) ?? 0) + sign * amount);
  }
}
