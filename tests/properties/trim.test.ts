import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scene } from '@/lib/contract/v1/scene';
import type { Trim } from '@/lib/contract/v1/trim';
import type { ReviewResult } from '@/lib/contract/v1/verdicts';
import { isMove } from '@/lib/domain/plans/steps';
import { isUnderWay } from '@/lib/domain/projection/walk';
import { reviewPlan } from '@/lib/domain/review/review';
import { trimPlan } from '@/lib/domain/review/trim';
import type { Aim } from '@/lib/domain/review/trim-aim';
import { noVariant, type Variant } from '@/lib/domain/review/variant';
import { isOpenStep } from '@/lib/domain/review/variant-steps';
import { clouds } from './clouds';
import { fullScenes } from './full-scenes';
import { happenedIn } from './nova-says';
import { sceneWith } from './scenes';

const RUNS = { seed: 20261128, numRuns: 400 };

const aims = fc.constantFrom<Aim[]>(
  { by: 'spread', weights: { cpu: 1, ram: 0 } },
  { by: 'spread', weights: { cpu: 0, ram: 1 } },
  { by: 'spread', weights: { cpu: 1, ram: 0.5 } },
  { by: 'emptied-hosts', weights: { cpu: 1, ram: 0 } },
  { by: 'nothing', weights: { cpu: 1, ram: 0 } },
);

const scenes = fc.oneof(
  clouds.map((cloud) => sceneWith(cloud, happenedIn(cloud.actions))),
  fullScenes,
);

/** The variant that runs the first moves of a trim. */
function firstMoves({ moves }: Trim, count: number): Variant {
  return { ...noVariant(), off: new Set(moves.slice(count).flatMap(({ numbers }) => numbers)) };
}

function trimmed(scene: Scene, aim: Aim) {
  const whole = reviewPlan(scene);
  const trim = trimPlan(scene, noVariant(), { aim, whole });
  return { whole, trim, reviewOf: (count: number) => reviewPlan(scene, firstMoves(trim, count)) };
}

/** The same figures from the projection of a variant. */
function pointOf({ after, hosts, totals }: ReviewResult, { weights }: Aim, { limits }: Scene) {
  const spread = (balance: typeof after.cpu, weight: number) =>
    weight === 0 ? 0 : balance === null ? Number.NaN : weight * balance.spread;
  const sum = spread(after.cpu, weights.cpu) + spread(after.ram, weights.ram);
  const isHot = ({ cpu_after: cpu, ram_after: ram }: (typeof hosts)[number]) =>
    (weights.cpu > 0 && (cpu ?? 0) >= limits.cpu.hot) || (weights.ram > 0 && (ram ?? 0) >= limits.ram.hot);
  const main = weights.cpu > 0 ? after.cpu : after.ram;
  return {
    spread: Number.isNaN(sum) ? null : sum,
    hot: hosts.filter(isHot).length,
    hottest: main?.highest.percentage ?? null,
    emptied: totals.emptied.count,
    ram_to_copy: totals.ram_to_copy,
  };
}

/** Sums in another order differ in the last digits. */
function expectClose(a: number | null, b: number | null) {
  if (a === null || b === null) expect(a).toBe(b);
  else expect(a).toBeCloseTo(b, 6);
}

describe('a trim', () => {
  it('has the same figures at every point as the projection of the variant with these moves', () => {
    fc.assert(
      fc.property(scenes, aims, (scene, aim) => {
        const { trim, reviewOf } = trimmed(scene, aim);
        expect(trim.points).toHaveLength(trim.moves.length + 1);
        const base = reviewOf(0).totals.ram_to_copy;
        trim.points.forEach((point, count) => {
          const projected = pointOf(reviewOf(count), aim, scene);
          expectClose(point.spread, projected.spread);
          expectClose(point.hottest?.percentage ?? null, projected.hottest);
          if (point.hot !== null) expect(point.hot).toBe(projected.hot);
          expect(point.emptied).toBe(projected.emptied);
          if (base !== null && point.ram_to_copy !== null) {
            expectClose(point.ram_to_copy, (projected.ram_to_copy ?? Number.NaN) - base);
          }
        });
      }),
      RUNS,
    );
  });

  it('ends where the whole plan ends, host by host', () => {
    fc.assert(
      fc.property(scenes, aims, (scene, aim) => {
        const { trim, whole, reviewOf } = trimmed(scene, aim);
        const last = reviewOf(trim.moves.length);
        expect(last.hosts).toEqual(whole.hosts);
        const projected = pointOf(whole, aim, scene);
        expectClose(trim.points.at(-1)?.spread ?? null, projected.spread);
        expectClose(trim.points.at(-1)?.hottest?.percentage ?? null, projected.hottest);
      }),
      RUNS,
    );
  });

  it('has every move that can be left out once', () => {
    fc.assert(
      fc.property(scenes, aims, (scene, aim) => {
        const { trim } = trimmed(scene, aim);
        const planned = scene.steps.filter(isMove);
        const moving = new Set(planned.filter(isUnderWay).map(({ vm_id: id }) => id));
        const open = planned.flatMap((step, at) => (isOpenStep(step) && !moving.has(step.vm_id) ? [at + 1] : []));
        expect(trim.moves.flatMap(({ numbers }) => numbers).sort((a, b) => a - b)).toEqual(open);
      }),
      RUNS,
    );
  });

  it('never asks for a move to a host without room that has room in the whole plan', () => {
    fc.assert(
      fc.property(scenes, aims, (scene, aim) => {
        if (aim.by === 'nothing') return;
        const { trim, whole, reviewOf } = trimmed(scene, aim);
        const fails = ({ moves }: ReviewResult) =>
          new Set(moves.flatMap(({ key, verdict }) => (verdict === 'would-fail' ? [key] : [])));
        // Where a move would fail anyway, what others do once it has worked is no promise.
        if (fails(whole).size > 0) return;
        trim.points.forEach((_, count) => {
          expect(fails(reviewOf(count)).size).toBe(0);
        });
      }),
      RUNS,
    );
  });

  it('takes the move that lowers the spread most, of those that have room', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const aim: Aim = { by: 'spread', weights: { cpu: 1, ram: 0 } };
        const { trim, whole } = trimmed(scene, aim);
        const [first] = trim.moves;
        if (!first || whole.counts['would-fail'] > 0 || trim.moves.some(({ needs }) => needs.length > 0)) return;
        const alone = trim.moves.map(({ numbers }) => {
          const off = new Set(trim.moves.flatMap((move) => move.numbers).filter((number) => !numbers.includes(number)));
          return reviewPlan(scene, { ...noVariant(), off }).after.cpu?.spread ?? null;
        });
        const best = Math.min(...alone.flatMap((spread) => spread ?? []));
        if (alone[0] != null) expect(alone[0]).toBeCloseTo(best, 6);
      }),
      RUNS,
    );
  });
});
