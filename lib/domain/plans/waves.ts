import type { Action } from '@/lib/openstack/records';

/**
 * Execution waves: an action is in the wave after the last of its parents. Within a wave, Watcher's order is kept. Parents
 * outside the plan are ignored, and a cycle of parents is broken.
 */
export function toWaves(actions: Action[]): Action[][] {
  const byId = new Map(actions.map((action) => [action.id, action]));
  const depths = new Map<string, number>();
  const depthOf = (action: Action, path: Set<string>): number => {
    const known = depths.get(action.id);
    if (known !== undefined) return known;
    path.add(action.id);
    let depth = 0;
    for (const id of action.parents) {
      const parent = byId.get(id);
      if (parent && !path.has(id)) depth = Math.max(depth, depthOf(parent, path) + 1);
    }
    path.delete(action.id);
    depths.set(action.id, depth);
    return depth;
  };
  const waves: Action[][] = [];
  for (const action of actions) {
    const depth = depthOf(action, new Set());
    while (waves.length <= depth) waves.push([]);
    waves[depth]?.push(action);
  }
  return waves.filter((wave) => wave.length > 0);
}
