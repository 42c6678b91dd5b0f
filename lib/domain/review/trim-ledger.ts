import type { Scene, SceneHost, SceneVm } from '@/lib/contract/v1/scene';
import type { TrimPoint } from '@/lib/contract/v1/trim';
import { levelOf } from '../cluster/levels';
import { counts, cpuShare, isEmptied, ramShare } from '../projection/figures';
import { endWave, type HostState, moveVm, stateOf, statesOf, vmOf, type World } from '../projection/world';
import type { Aim } from './trim-aim';
import { addState, type Load, loadOf, spreadOf } from './trim-spread';
import type { Unit } from './trim-units';

/** Figures that follow while units are applied one by one, with the moves of the projection. */
export type Ledger = {
  world: World<SceneHost, SceneVm>;
  load: Load;
  /** Before the first unit, and after each that was taken. */
  points: TrimPoint[];
  take(unit: Unit): void;
};

type Settings = Pick<Aim, 'weights'> & Pick<Scene, 'limits'>;

/** @param world as it is without any of the units; it is changed */
export function openLedger(world: Ledger['world'], { weights, limits }: Settings): Ledger {
  const load = loadOf(world);
  const hot = new Set<string>();
  const emptied = new Set<string>();
  /** Of the hosts that count. */
  const shares = new Map<string, number>();
  const main = weights.cpu > 0 ? cpuShare : ramShare;
  let hottest: TrimPoint['hottest'] = null;
  let copied: number | null = 0;

  const isHot = (state: HostState): boolean => {
    const [cpu, ram] = [cpuShare(state), ramShare(state)];
    return (
      (weights.cpu > 0 && cpu !== null && levelOf(cpu, limits.cpu) === 'hot') ||
      (weights.ram > 0 && ram !== null && levelOf(ram, limits.ram) === 'hot')
    );
  };
  function note(state: HostState): void {
    const { name } = state.host;
    const before = world.start.get(name);
    setIn(hot, name, isHot(state));
    setIn(emptied, name, before !== undefined && before !== state && isEmptied(before, state));
    const share = counts(state) ? main(state) : null;
    if (share === null) shares.delete(name);
    else shares.set(name, share);
    if (share !== null && (hottest === null || share > hottest.percentage)) hottest = { host: name, percentage: share };
    else if (hottest?.host === name) hottest = highestOf(shares);
  }
  const point = (): TrimPoint => ({
    spread: spreadOf(load, weights),
    hot: statesKnown === 0 ? null : hot.size,
    hottest,
    emptied: emptied.size,
    ram_to_copy: copied,
  });

  const states = statesOf(world);
  const statesKnown = states.filter((state) => main(state) !== null).length;
  for (const state of states) note(state);
  const points = [point()];
  return {
    world,
    load,
    points,
    take(unit) {
      const each = (visit: (state: HostState) => void) => {
        for (const name of unit.places) {
          const state = stateOf(world, name);
          if (state) visit(state);
        }
      };
      each((state) => addState(load, state, -1));
      for (const { to } of unit.hops) {
        const vm = vmOf(world, unit.vmId);
        if (vm) moveVm(world, vm, { to });
      }
      endWave(world);
      each((state) => addState(load, state, 1));
      each(note);
      copied = copied === null || unit.ramToCopy === null ? null : copied + unit.ramToCopy;
      points.push(point());
    },
  };
}

function setIn(set: Set<string>, name: string, isIn: boolean): void {
  if (isIn) set.add(name);
  else set.delete(name);
}

function highestOf(shares: Map<string, number>): TrimPoint['hottest'] {
  let highest: TrimPoint['hottest'] = null;
  for (const [host, percentage] of shares) {
    if (highest === null || percentage > highest.percentage) highest = { host, percentage };
  }
  return highest;
}
