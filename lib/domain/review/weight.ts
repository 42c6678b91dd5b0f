import type { LoadOutcome } from '@/lib/contract/v1/outcome';
import type { EmptiedHosts } from '@/lib/contract/v1/projection';
import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewedMove, ReviewResult } from '@/lib/contract/v1/verdicts';
import { levelOf } from '../cluster/levels';
import { summarizeLoad } from '../projection/outcome';
import type { Paused } from '../projection/walk';
import { reviewInSteps } from './review';
import { trimPlan } from './trim';
import type { Aim } from './trim-aim';
import { noVariant, type Variant } from './variant';

/** What the moves of a plan that would still work bring, at any time, no matter who asked for it. */
export type Weight = {
  /** The review of the plan as it stands. */
  verdict: ReviewResult['verdict'];
  counts: ReviewResult['counts'];
  vmsLeft: number;
  /** Destinations that are gone, out of service or full. */
  targetsLost: string[];
  /** Hosts between which the plan moves VMs. */
  hosts: string[];
  /** Without the moves that would fail. */
  cpu: LoadOutcome;
  score: { now: number | null; after: number | null };
  cooled: string[];
  heated: string[];
  /** How many moves, most worth first, are enough that no host is hot; null if no fewer are. */
  enough: number | null;
  emptied: EmptiedHosts;
  disabled: string[];
  moves: number;
  movesEstimated: number;
  movesPlanned: number;
  shutdowns: number;
  others: number;
  ramToCopy: number | null;
  /** Where each VM would go, as `vm>host`. */
  ends: ReadonlySet<string>;
};

/** The review of a plan as it stands, and without the moves that would fail. */
export type Working = { whole: ReviewResult; kept: ReviewResult; variant: Variant };

/** The same engine as on the page of the plan, in steps, so that others get their turn between them. */
export function* reviewWorking(scene: Scene): Paused<Working> {
  const whole = yield* reviewInSteps(scene);
  return { whole, ...(yield* withoutFailing(scene, whole)) };
}

/** @param enough as `enoughMoves` finds it */
export function weighPlan(scene: Scene, { whole, kept }: Working, enough: Enough | null): Weight {
  const planned = whole.moves.filter(({ verdict }) => verdict !== null);
  const { hosts, now, after, totals } = kept;
  const changes = (before: 'cpu_now' | 'cpu_after', then: 'cpu_now' | 'cpu_after') =>
    hosts.flatMap((host) => {
      const [one, other] = [host[before], host[then]];
      if (one === null || other === null) return [];
      return isHot(one, scene) && !isHot(other, scene) ? [host.host] : [];
    });
  return {
    verdict: whole.verdict,
    counts: whole.counts,
    vmsLeft: whole.totals.elsewhere + whole.totals.gone,
    targetsLost: [...new Set(planned.flatMap(lostTarget))],
    hosts: [...new Set(planned.flatMap(({ source, destination }) => [source, destination]))].filter(
      (name) => name !== null,
    ),
    cpu: summarizeLoad({ hosts, balance: { now, after }, isApplied: true }, 'cpu', scene.limits.cpu),
    score: { now: now.overall, after: after.overall },
    cooled: changes('cpu_now', 'cpu_after'),
    heated: changes('cpu_after', 'cpu_now'),
    enough: enough?.moves ?? null,
    emptied: totals.emptied,
    disabled: listDisabled(scene),
    moves: totals.moves_left,
    movesEstimated: totals.moves_estimated,
    movesPlanned: planned.length,
    shutdowns: totals.shutdowns,
    others: scene.steps.filter(({ kind, state }) => kind === 'other' && state === 'PENDING').length,
    ramToCopy: totals.ram_to_copy,
    ends: new Set(planned.map(({ vm_id: id, destination }) => `${id}>${destination}`)),
  };
}

const isHot = (load: number, { limits }: Scene): boolean => levelOf(load, limits.cpu) === 'hot';

/** Leaving a move out can make one fail that depends on it; chains are short, and a plan never has this many links. */
const MOST_ROUNDS = 4;

function* withoutFailing(scene: Scene, whole: ReviewResult): Paused<Pick<Working, 'kept' | 'variant'>> {
  const variant = noVariant();
  let result = whole;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const failing = result.moves.filter(({ verdict }) => verdict === 'would-fail');
    if (failing.length === 0) break;
    for (const { key } of failing) variant.off.add(Number(key));
    result = yield* reviewInSteps(scene, variant);
  }
  return { variant, kept: result };
}

/** Fewer moves are all needed, or chosen at a glance. */
const LEAST_TRIMMED = 4;

/** The first moves of the order of worth, if they are enough that no host is hot. */
export type Enough = { moves: number; variant: Variant };

/** null if no fewer moves than all are enough, or if no host is hot anyway. */
export function enoughMoves(scene: Scene, { kept, variant }: Working, aim: Aim): Enough | null {
  const isAnyHot = kept.hosts.some(({ cpu_now: now }) => now !== null && isHot(now, scene));
  if (!isAnyHot || aim.by !== 'spread' || kept.moves.length < LEAST_TRIMMED) return null;
  const { stops, moves } = trimPlan(scene, variant, { aim, whole: kept });
  const stop = stops.find(({ kind }) => kind === 'no-hot-host');
  if (!stop || stop.moves >= moves.length) return null;
  const off = moves.slice(stop.moves).flatMap(({ numbers }) => numbers);
  return { moves: stop.moves, variant: { ...variant, off: new Set([...variant.off, ...off]) } };
}

/** The load of a host, in percent; null if unknown. */
export type HostLoad = { cpu: number | null; ram: number | null };

/** Every host after the moves that are enough. */
export function* loadsAfter(scene: Scene, { variant }: Enough): Paused<Map<string, HostLoad>> {
  const { hosts } = yield* reviewInSteps(scene, variant);
  return new Map(hosts.map(({ host, cpu_after: cpu, ram_after: ram }) => [host, { cpu, ram }]));
}

/** Hosts that are disabled at the end. node_resource_consolidation enables them again. */
function listDisabled({ steps }: Scene): string[] {
  const enabled = new Map<string, boolean>();
  for (const step of steps)
    if (step.kind === 'service' && step.state === 'PENDING') enabled.set(step.host, step.enable);
  return [...enabled].flatMap(([host, isEnabled]) => (isEnabled ? [] : [host]));
}

function lostTarget({ destination, reasons }: ReviewedMove): string[] {
  const isLost = reasons.some(
    ({ check, verdict }) => verdict === 'would-fail' && (check === 'destination' || check === 'fit'),
  );
  return isLost && destination !== null ? [destination] : [];
}
