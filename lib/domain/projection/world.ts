import type { ShutdownWay } from '@/lib/contract/v1/projection';
import type { SceneHost, SceneVm } from '@/lib/contract/v1/scene';
import { isRunning } from './demand';

/** What a projection needs of a host, and of a VM that may move. Cores, bytes, native units of Placement. */
export type WorldHost = Pick<
  SceneHost,
  'name' | 'state' | 'status' | 'cpu_total' | 'cpu_used' | 'ram_total' | 'ram_used' | 'inventories' | 'vms' | 'running'
>;
export type WorldVm = Pick<SceneVm, 'id' | 'host' | 'status' | 'cores' | 'ram_used' | 'resources'>;

/** A host at some point of a plan. */
export type HostState<Host extends WorldHost = WorldHost> = {
  host: Host;
  /** Nova's status by then: an action of the plan may have changed it. */
  status: WorldHost['status'];
  cpuUsed: number | null;
  ramUsed: number | null;
  /** RAM of VMs that leave in the current wave, which they hold until they have left; bytes. Not part of `ramUsed`. */
  ramLeaving: number;
  /** Cores of the VMs that came, without those that left: a past peak included what has left. */
  cpuArrived: number;
  /** Allocated in Placement, by resource class. */
  used: Map<string, number>;
  vms: number;
  running: number;
  arriving: number;
  leaving: number;
};

/** Every host before a plan, in their order. It is never changed, so that any number of worlds can be opened on it. */
export type Start<Host extends WorldHost = WorldHost> = ReadonlyMap<string, HostState<Host>>;

/** Where VMs are and what hosts hold while a plan is walked through; only what changes is copied. */
export type World<Host extends WorldHost = WorldHost, Vm extends WorldVm = WorldVm> = {
  start: Start<Host>;
  changed: Map<string, HostState<Host>>;
  vms: ReadonlyMap<string, Vm>;
  /** VMs that have moved, and where they are now; null if the scheduler chooses. */
  positions: Map<string, string | null>;
  /** VMs that leave a host in the current wave: until it ends, Placement counts them on both hosts. */
  departing: Map<string, string>;
  /** VMs that were shut off, as they are by now: they use nothing. */
  off: Map<string, Vm>;
};

export function openStart<Host extends WorldHost>(hosts: Host[]): Start<Host> {
  return new Map(hosts.map((host) => [host.name, stateBefore(host)]));
}

/** Shared by hosts without inventories: a world copies a host before it changes it. */
const NONE = new Map<string, number>();

function usedOf(inventories: NonNullable<WorldHost['inventories']>): Map<string, number> {
  return new Map(
    Object.entries(inventories).flatMap(([name, inventory]) => (inventory ? [[name, inventory.used]] : [])),
  );
}

function stateBefore<Host extends WorldHost>(host: Host): HostState<Host> {
  return {
    host,
    status: host.status,
    cpuUsed: host.cpu_used,
    ramUsed: host.ram_used,
    ramLeaving: 0,
    cpuArrived: 0,
    used: host.inventories === null ? NONE : usedOf(host.inventories),
    vms: host.vms,
    running: host.running,
    arriving: 0,
    leaving: 0,
  };
}

export function openWorld<Host extends WorldHost, Vm extends WorldVm>(
  start: Start<Host>,
  vms: ReadonlyMap<string, Vm>,
): World<Host, Vm> {
  return { start, changed: new Map(), vms, positions: new Map(), departing: new Map(), off: new Map() };
}

/** A host as it is by now; undefined if there is none of this name. */
export function stateOf<Host extends WorldHost>(world: World<Host>, name: string): HostState<Host> | undefined {
  return world.changed.get(name) ?? world.start.get(name);
}

/** Every host as it is by now. */
export function statesOf<Host extends WorldHost>({ start, changed }: World<Host>): HostState<Host>[] {
  return Array.from(start, ([name, state]) => changed.get(name) ?? state);
}

export function positionOf(world: World, vm: WorldVm): string | null {
  const moved = world.positions.get(vm.id);
  return moved === undefined ? vm.host : moved;
}

/**
 * The resource class of a host that a VM's demand counts in: a host without PCPU takes dedicated CPUs from what it has, as
 * all hosts did before Nova had PCPU.
 */
export function classOn({ inventories }: WorldHost, resource: string): string {
  return resource === 'PCPU' && inventories && !inventories.PCPU ? 'VCPU' : resource;
}

/**
 * Moves a VM: its load goes at once, its allocation leaves the source when the wave ends.
 *
 * @param to null if the scheduler chooses: then only the source changes
 * @param underWay Nova is migrating it already, so Placement counts it on the destination
 */
export function moveVm(world: World, vm: WorldVm, { to, underWay = false }: { to: string | null; underWay?: boolean }) {
  const source = positionOf(world, vm);
  const arrival = to === null ? undefined : changing(world, to);
  if (arrival) {
    addLoad(arrival, vm, 1);
    arrival.cpuArrived += vm.cores ?? 0;
    arrival.arriving++;
    if (!underWay) allocate(arrival, vm, 1);
  }
  const departure = source === null ? undefined : changing(world, source);
  if (departure && source !== null) {
    addLoad(departure, vm, -1);
    departure.leaving++;
    release(world, vm);
    departure.ramLeaving += vm.ram_used ?? 0;
    world.departing.set(vm.id, source);
  }
  world.positions.set(vm.id, to);
}

/** A VM as it is by now; undefined if nothing is known about it. */
export const vmOf = <Vm extends WorldVm>(world: World<WorldHost, Vm>, id: string | null): Vm | undefined =>
  id === null ? undefined : (world.off.get(id) ?? world.vms.get(id));

const OFF_STATES: Record<ShutdownWay, string> = { stop: 'SHUTOFF', shelve: 'SHELVED_OFFLOADED', delete: 'DELETED' };

/** Ends the load of a VM. One that is shelved or deleted also leaves its host, with its allocation when the wave ends. */
export function shutDown<Vm extends WorldVm>(world: World<WorldHost, Vm>, vm: Vm, how: ShutdownWay): void {
  const host = positionOf(world, vm);
  const state = host === null ? undefined : changing(world, host);
  if (state && host !== null) {
    addLoad(state, vm, -1);
    if (how === 'stop') state.vms++;
    else {
      state.leaving++;
      state.ramLeaving += vm.ram_used ?? 0;
      world.departing.set(vm.id, host);
    }
  }
  if (how !== 'stop') world.positions.set(vm.id, null);
  world.off.set(vm.id, { ...vm, status: OFF_STATES[how], cores: 0, ram_used: 0 });
}

/** Opens or closes a host for new VMs. */
export function setStatus(world: World, name: string, status: 'enabled' | 'disabled'): void {
  const state = changing(world, name);
  if (state) state.status = status;
}

/** Frees what VMs held on their sources during the wave. */
export function endWave(world: World): void {
  for (const id of [...world.departing.keys()]) {
    const vm = world.vms.get(id);
    if (vm) release(world, vm);
  }
}

function release(world: World, vm: WorldVm): void {
  const source = world.departing.get(vm.id);
  const state = source === undefined ? undefined : changing(world, source);
  if (state) {
    allocate(state, vm, -1);
    state.ramLeaving = Math.max(0, state.ramLeaving - (vm.ram_used ?? 0));
  }
  world.departing.delete(vm.id);
}

/** The state of a host as this world's own copy. */
function changing(world: World, name: string): HostState | undefined {
  const own = world.changed.get(name);
  if (own) return own;
  const before = world.start.get(name);
  if (!before) return undefined;
  const copy = { ...before, used: new Map(before.used) };
  world.changed.set(name, copy);
  return copy;
}

function addLoad(state: HostState, vm: WorldVm, sign: 1 | -1): void {
  // VMs never use more than their host, but sums of fractions may end a little below 0.
  if (state.cpuUsed !== null) state.cpuUsed = Math.max(0, state.cpuUsed + sign * (vm.cores ?? 0));
  if (state.ramUsed !== null) state.ramUsed = Math.max(0, state.ramUsed + sign * (vm.ram_used ?? 0));
  state.vms += sign;
  if (isRunning(vm)) state.running += sign;
}

function allocate(state: HostState, vm: WorldVm, sign: 1 | -1): void {
  for (const [resource, amount] of Object.entries(vm.resources)) {
    const name = classOn(state.host, resource);
    // A VM may have lost its allocation; then there is nothing to free.
    state.used.set(name, Math.max(0, (state.used.get(name) ?? 0) + sign * amount));
  }
}
