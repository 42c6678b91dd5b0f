'use client';

import type { PlanCheck } from '@/lib/contract/v1/acts';
import { ADDRESSES } from '../live/answers';
import { type Live, useAnswer } from '../live/use-answer';

/** States in which nothing is left to check. A plan that was cancelled or is out of date may have a successor. */
const OVER = new Set(['SUCCEEDED', 'FAILED', 'DELETED']);

export const isPastDeciding = (state: string): boolean => OVER.has(state);

/** What may be done to a plan now, checked against the cloud; kept up to date with the page. */
export const usePlanCheck = (audit: string, plan: string, state: string): Live<PlanCheck> =>
  useAnswer<PlanCheck>(isPastDeciding(state) ? null : `${ADDRESSES.ofPlan(audit, plan)}check/`);
