import type { Scene } from '@/lib/contract/v1/scene';
import type { Trim } from '@/lib/contract/v1/trim';
import { reviewPlan } from '@/lib/domain/review/review';
import { trimPlan } from '@/lib/domain/review/trim';
import { aimOf } from '@/lib/domain/review/trim-aim';
import { noVariant } from '@/lib/domain/review/variant';

/** The trim of the plan of a scene, for a goal and the parameters of its audit. */
export const trimOf = (scene: Scene, goal = 'workload_balancing', parameters: Record<string, unknown> = {}): Trim =>
  trimPlan(scene, noVariant(), { aim: aimOf(goal, parameters), whole: reviewPlan(scene) });
