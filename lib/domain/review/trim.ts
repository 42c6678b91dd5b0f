import type { Scene } from '@/lib/contract/v1/scene';
import type { Trim, TrimPoint, TrimStop } from '@/lib/contract/v1/trim';
import type { ReviewResult } from '@/lib/contract/v1/verdicts';
import { formatPoints, formatThings } from '@/lib/format';
import { walkPlan } from '../projection/walk';
import { openContext } from './context';
import { keepMarked } from './keep-marked';
import type { Aim } from './trim-aim';
import { openLedger } from './trim-ledger';
import { type Emptying, takeUnits } from './trim-order';
import { openRoom, type Room } from './trim-room';
import { listUnits, type Unit } from './trim-units';
import type { Variant } from './variant';
import { changeSteps } from './variant-steps';

/** From here on, more moves bring little. */
const MOST_OF_THE_GAIN = 0.9;
/** Less than this is no gain: figures are shown with one decimal. */
const SMALLEST_GAIN = 0.05;

/**
 * The moves of a plan in order of worth, and what the first few of them bring, computed with the projection and the checks
 * of the review. Which moves a variant leaves out does not matter, its destinations and other actions do. Pure, and quick
 * enough for the browser.
 *
 * @param whole the review of the same variant with every move that can run
 */
export function trimPlan(scene: Scene, variant: Variant, { aim, whole }: { aim: Aim; whole: ReviewResult }): Trim {
  const units = listUnits(scene, whole);
  const marked = keepMarked(scene, { ...variant, off: new Set() });
  const none = { ...marked, off: new Set([...marked.off, ...variant.off, ...units.flatMap(({ numbers }) => numbers)]) };
  const context = openContext(scene, { ...variant, empty: [] });
  walkPlan(context.world, changeSteps(scene.steps, none), { basis: 'now', visit: () => {} });
  const ledger = openLedger(context.world, { weights: aim.weights, limits: scene.limits });
  const room = openRoom(context, changeSteps(scene.steps, marked), units);
  const { order, emptied } = takeUnits(units, { ledger, room, aim, emptied: whole.totals.emptied.hosts });
  const { points } = ledger;
  const reason = reasonAgainst(aim, points, emptied);
  return {
    ...aim,
    moves: describeMoves(order, points, room).map((move) => (aim.by === 'spread' ? move : { ...move, brings: null })),
    points,
    stops: reason === null ? stopsOf(points, emptied) : [],
    reason,
  };
}

function describeMoves(order: Unit[], points: TrimPoint[], room: Room): Trim['moves'] {
  const places = new Map(order.map((unit, at) => [unit, at + 1]));
  const running = new Set<Unit>();
  return order.map((unit, at) => {
    const needs = room.needsOf(unit, running).flatMap((other) => places.get(other) ?? []);
    running.add(unit);
    return {
      numbers: unit.numbers,
      vm_id: unit.vmId,
      vm_name: unit.vmName,
      needs,
      brings: fallBetween(points[at], points[at + 1]),
      ram_to_copy: unit.ramToCopy,
      would_fail: unit.fails,
    };
  });
}

/** By how much the spread falls; null if unknown. */
export function fallBetween(before: TrimPoint | undefined, after: TrimPoint | undefined): number | null {
  const [from, to] = [before?.spread ?? null, after?.spread ?? null];
  return from === null || to === null ? null : from - to;
}

/** What a point brings of what all moves bring, in percent; null without a gain. */
export function shareOfGain(points: TrimPoint[], moves: number): number | null {
  const [part, whole] = [fallBetween(points[0], points[moves]), fallBetween(points[0], points.at(-1))];
  return part === null || whole === null || whole < SMALLEST_GAIN ? null : 100 * (part / whole);
}

/** Whether all moves together empty a host. */
export const emptiesAny = (points: TrimPoint[]): boolean => (points.at(-1)?.emptied ?? 0) > 0;

/** Why fewer moves are no choice; null if they are. */
function reasonAgainst({ by, weights }: Aim, points: TrimPoint[], emptied: Emptying[]): string | null {
  const moves = points.length - 1;
  if (moves === 0) return 'No move is left that could be left out.';
  switch (by) {
    case 'nothing':
      return emptiesAny(points)
        ? 'This plan empties what somebody asked for. A host is empty or it isn’t, so its moves belong together.'
        : 'This plan moves what somebody asked for, and empties no host. Which of its moves matter more is not known here.';
    case 'emptied-hosts':
      return emptied.length > 0 ? null : 'With the VMs of today, this plan empties no host.';
    case 'spread': {
      const [now, after] = [points[0]?.spread ?? null, points.at(-1)?.spread ?? null];
      const what = weights.ram === 0 ? 'CPU spread' : weights.cpu === 0 ? 'RAM spread' : 'spread of CPU and RAM';
      if (now === null || after === null) {
        return `The ${what} is unknown: no host is measured. So it is unknown which moves bring the most.`;
      }
      const all = moves === 1 ? 'This move does' : `All ${formatThings(moves, 'move')} together do`;
      return now - after >= SMALLEST_GAIN
        ? null
        : `${all} not lower the ${what}: ${formatPoints(now)} now, ${formatPoints(after)} after.`;
    }
  }
}

function stopsOf(points: TrimPoint[], emptied: Emptying[]): TrimStop[] {
  const all = points.length - 1;
  const at = (kind: TrimStop['kind'], moves: number, hosts: string[] = []): TrimStop => ({
    kind,
    moves,
    share: shareOfGain(points, moves),
    hosts,
  });
  const first = (is: (point: TrimPoint, moves: number) => boolean) => points.findIndex(is);
  if (emptied.length > 0) {
    const stops = emptied.map(({ moves, host }) => at('hosts-emptied', moves, [host]));
    return stops.at(-1)?.moves === all ? stops : [...stops, at('all', all)];
  }
  const cool = points[0]?.hot ? first(({ hot }) => hot === 0) : -1;
  const most = first((_, moves) => (shareOfGain(points, moves) ?? 0) >= 100 * MOST_OF_THE_GAIN);
  return [
    ...(cool > 0 ? [at('no-hot-host', cool)] : []),
    ...(most > 0 ? [at('most-of-the-gain', most)] : []),
    at('all', all),
  ];
}
