import type { Scene } from '@/lib/contract/v1/scene';
import type { Trim } from '@/lib/contract/v1/trim';
import type { ReviewResult } from '@/lib/contract/v1/verdicts';
import { isMove } from '../plans/steps';
import type { Variant } from './variant';
import { isOpenStep } from './variant-steps';

/** What a person chooses of a plan in its order of worth, as a variant. Moves are numbered in execution order. */

/** A plan in its order of worth. */
export type Trimmed = { scene: Scene; trim: Trim };

type Move = Trim['moves'][number];

export const isLeftOut = ({ numbers }: Move, { off }: Variant): boolean => numbers.some((number) => off.has(number));

/** How many moves, most worth first, are above the cut; whatever is below is left out. */
export function cutOf({ moves }: Trim, variant: Variant): number {
  const last = moves.findLastIndex((move) => !isLeftOut(move, variant)) + 1;
  return Math.min(moves.length, Math.max(last, variant.cut ?? last));
}

/** How many of the moves in order of worth run. */
export const countRunning = ({ moves }: Trim, variant: Variant): number =>
  moves.filter((move) => !isLeftOut(move, variant)).length;

/**
 * Cuts the order after some moves. What a person had left out above the cut stays left out.
 *
 * @param afresh with everything above the cut
 */
export function cutAt(given: Trimmed, variant: Variant, { cut, afresh }: { cut: number; afresh: boolean }): Variant {
  const { moves } = given.trim;
  const before = cutOf(given.trim, variant);
  const kept = (move: Move, at: number) => at < cut && (afresh || at >= before || !isLeftOut(move, variant));
  return settle(given, variant, { cut, runs: new Set(moves.filter(kept)) });
}

/** Lets moves run or leaves them out, with those that they need or that need them. @param numbers of the moves */
export function tickMoves(
  given: Trimmed,
  variant: Variant,
  { numbers, run }: { numbers: ReadonlySet<number>; run: boolean },
): Variant {
  const { moves } = given.trim;
  const ordered = new Set(moves.flatMap((move) => move.numbers));
  const off = new Set(variant.off);
  for (const number of numbers) if (!ordered.has(number)) setIn(off, number, !run);
  const runs = new Set(moves.filter((move) => !isLeftOut(move, variant)));
  const setRun = (move: Move) => {
    if (!run) return runs.delete(move);
    runs.add(move);
    for (const place of move.needs) {
      const needed = moves[place - 1];
      if (needed && !runs.has(needed)) setRun(needed);
    }
  };
  for (const move of moves) if (move.numbers.some((number) => numbers.has(number))) setRun(move);
  return settle(given, { ...variant, off }, { cut: variant.cut, runs });
}

/** Numbers of moves that are in no order of worth stay as they are. */
function settle(given: Trimmed, variant: Variant, { cut, runs }: { cut: number | null; runs: Set<Move> }): Variant {
  const { moves } = given.trim;
  // Needs come before what needs them.
  for (const move of moves) {
    if (move.needs.some((place) => isMissing(moves[place - 1], runs))) runs.delete(move);
  }
  const off = new Set(variant.off);
  for (const move of moves) for (const number of move.numbers) setIn(off, number, !runs.has(move));
  const next = { ...variant, off, cut };
  return keepWholeHosts(given, variant, { ...next, cut: cut === null ? null : explicitCut(given.trim, next) });
}

/** Below everything it says nothing. */
function explicitCut(trim: Trim, variant: Variant): number | null {
  const cut = cutOf(trim, variant);
  return cut === trim.moves.length && cutOf(trim, { ...variant, cut: null }) === cut ? null : cut;
}

const isMissing = (needed: Move | undefined, runs: ReadonlySet<Move>): boolean =>
  needed !== undefined && !runs.has(needed);

function setIn<T>(set: Set<T>, value: T, isIn: boolean): void {
  if (isIn) set.add(value);
  else set.delete(value);
}

/** A consolidation closes the hosts that it empties: one that keeps a VM has to stay open, or nobody would open it again. */
function keepWholeHosts({ scene, trim }: Trimmed, before: Variant, after: Variant): Variant {
  if (trim.by !== 'emptied-hosts') return after;
  const keeps = (host: string, { off }: Variant) => movesFrom(scene, host).some((number) => off.has(number));
  const skip = new Set(after.skip);
  scene.steps
    .filter((step) => !isMove(step))
    .forEach((step, at) => {
      if (step.kind !== 'service' || step.enable || !isOpenStep(step)) return;
      if (keeps(step.host, after)) skip.add(at + 1);
      else if (keeps(step.host, before)) skip.delete(at + 1);
    });
  return { ...after, skip };
}

const movesFrom = ({ steps }: Scene, host: string): number[] =>
  steps.filter(isMove).flatMap((step, at) => (step.source === host ? [at + 1] : []));

/** What would be started. */
export type Chosen = {
  /** Ids of the actions that Watcher would have to skip, in execution order. */
  leftOut: string[];
  vms: number;
  /** Hosts that VMs leave. */
  sources: number;
};

/** What would be started of a reviewed variant; moves that drain hosts besides the plan are not part of it. */
export function chosenOf({ moves, left_out: leftOut }: Pick<ReviewResult, 'moves' | 'left_out'>): Chosen {
  const running = moves.filter(({ verdict, action_id: action }) => verdict !== null && action !== null);
  return {
    leftOut,
    vms: new Set(running.map(({ vm_id: id, key }) => id || key)).size,
    sources: new Set(running.flatMap(({ source }) => source ?? [])).size,
  };
}
