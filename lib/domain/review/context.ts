import type { Check, Scene, SceneHost, SceneVm } from '@/lib/contract/v1/scene';
import { type HostState, openStart, openWorld, type Start, type World } from '../projection/world';
import { openRules, type Rules } from './rules';
import type { Variant } from './variant';

/** A host of a scene at some point of the plan. */
export type ReviewedState = HostState<SceneHost>;

/** What the checks look at while a plan is walked through. */
export type Context = {
  world: World<SceneHost, SceneVm>;
  rules: Rules;
  limits: Scene['limits'];
  checksMoves: Scene['checks_moves'];
  /** VMs that should not be touched, by id. */
  excluded: Set<string>;
  /** Checks that can't be made at all. */
  skip: Set<Check>;
  /** Until when earlier moves are known; ms, null if none are. */
  asOf: number | null;
  /** Hosts that the variant drains. */
  drained: Set<string>;
};

type Prepared = { start: Start<SceneHost>; vms: Map<string, SceneVm> } & Pick<Context, 'rules' | 'skip' | 'excluded'>;

/** A scene never changes, so what all its variants share is made once. */
const prepared = new WeakMap<Scene, Prepared>();

function prepare(scene: Scene): Prepared {
  const known = prepared.get(scene);
  if (known) return known;
  const made: Prepared = {
    start: openStart(scene.hosts),
    vms: new Map(scene.vms.map((vm) => [vm.id, vm])),
    rules: openRules(scene),
    skip: new Set(scene.unchecked.map(({ check }) => check)),
    excluded: new Set(scene.excluded),
  };
  prepared.set(scene, made);
  return made;
}

export function openContext(scene: Scene, { empty }: Variant): Context {
  const { start, vms, rules, skip, excluded } = prepare(scene);
  return {
    world: openWorld(start, vms),
    rules,
    excluded,
    limits: scene.limits,
    checksMoves: scene.checks_moves,
    skip,
    asOf: scene.history.as_of,
    drained: new Set(empty),
  };
}
