import type { SceneVm } from '@/lib/contract/v1/scene';
import type { Trim } from '@/lib/contract/v1/trim';
import { counts, cpuShare, ramShare } from '../projection/figures';
import { type HostState, stateOf, statesOf, type World } from '../projection/world';
import type { Unit } from './trim-units';

/**
 * The spread of load as sums, so that a move costs two hosts instead of all of them. It is the `spread` of
 * lib/domain/projection/balance.ts: the population standard deviation over the hosts that count.
 */

/** Over the hosts that count and are measured; percentages less the centre, so that squares stay small and exact. */
type Sums = { hosts: number; sum: number; squares: number };

export type Load = { cpu: Sums; ram: Sums };

const RESOURCES = ['cpu', 'ram'] as const;
const SHARES = { cpu: cpuShare, ram: ramShare };

/** Close to where most hosts are. */
const CENTRE = 50;

const noLoad = (): Load => ({ cpu: { hosts: 0, sum: 0, squares: 0 }, ram: { hosts: 0, sum: 0, squares: 0 } });

/** Adds a percentage, or takes it out again. */
function add(sums: Sums, percentage: number | null, sign: 1 | -1): void {
  if (percentage === null) return;
  const value = percentage - CENTRE;
  sums.hosts += sign;
  sums.sum += sign * value;
  sums.squares += sign * value * value;
}

/** Adds a host to a load, or takes it out again. */
export function addState(load: Load, state: HostState, sign: 1 | -1): void {
  if (!counts(state)) return;
  for (const resource of RESOURCES) add(load[resource], SHARES[resource](state), sign);
}

export function loadOf(world: World): Load {
  const load = noLoad();
  for (const state of statesOf(world)) addState(load, state, 1);
  return load;
}

const NO_LOAD = noLoad();

/** The weighted sum of the spreads, in points; null if one that counts is unknown. @param change comes on top */
export function spreadOf(load: Load, { cpu, ram }: Trim['weights'], change: Load = NO_LOAD): number | null {
  const ofCpu = cpu === 0 ? 0 : deviationOf(load.cpu, change.cpu);
  const ofRam = ram === 0 ? 0 : deviationOf(load.ram, change.ram);
  return ofCpu === null || ofRam === null ? null : cpu * ofCpu + ram * ofRam;
}

/** This runs for every move that is left at every step, so it makes no objects. */
function deviationOf(sums: Sums, change: Sums): number | null {
  const hosts = sums.hosts + change.hosts;
  if (hosts === 0) return null;
  const mean = (sums.sum + change.sum) / hosts;
  return Math.sqrt(Math.max(0, (sums.squares + change.squares) / hosts - mean * mean));
}

type Shift = { cores: number; ram: number; vms: number };

/** What units do to a load, without doing it. */
export function changeOfLoad(world: World, units: Unit[]): Load {
  const change = noLoad();
  for (const [name, shift] of shiftsOf(units)) {
    const state = stateOf(world, name);
    if (!state) continue;
    addState(change, state, -1);
    addState(change, withShift(state, shift), 1);
  }
  return change;
}

function shiftsOf(units: Unit[]): Map<string, Shift> {
  const shifts = new Map<string, Shift>();
  const shift = (host: string, { cores, ram_used: ram }: SceneVm, sign: 1 | -1) => {
    const own = shifts.get(host) ?? { cores: 0, ram: 0, vms: 0 };
    shifts.set(host, {
      cores: own.cores + sign * (cores ?? 0),
      ram: own.ram + sign * (ram ?? 0),
      vms: own.vms + sign,
    });
  };
  for (const { vm, hops } of units) {
    if (!vm) continue;
    for (const { from, to } of hops) {
      shift(from, vm, -1);
      if (to !== null) shift(to, vm, 1);
    }
  }
  return shifts;
}

/** As moves in the engine, a load never falls below 0. */
const withShift = (state: HostState, { cores, ram, vms }: Shift): HostState => ({
  ...state,
  cpuUsed: state.cpuUsed === null ? null : Math.max(0, state.cpuUsed + cores),
  ramUsed: state.ramUsed === null ? null : Math.max(0, state.ramUsed + ram),
  vms: state.vms + vms,
});
