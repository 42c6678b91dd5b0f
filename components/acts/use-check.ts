'use client';

import type { PlanCheck, RefusalCode } from '@/lib/contract/v1/acts';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { ADDRESSES } from '../live/answers';
import { type Live, useAnswer } from '../live/use-answer';

/** States in which nothing is left to check. A plan that was cancelled or is out of date may have a successor. */
const OVER = new Set(['SUCCEEDED', 'FAILED', 'DELETED']);

export const isPastDeciding = (state: string): boolean => OVER.has(state);

/** What passes by itself, such as another plan that runs. */
const PASSING = new Set<RefusalCode>(['another-runs', 'no-applier', 'cannot-check', 'being-made']);
const AGAIN_MS = 15 * SECOND_MS;
const CALM_MS = 2 * MINUTE_MS;

/**
 * Never 0, after which SWR would not ask this function again. The same function each time, or each tick of the page's clock
 * would restart the wait.
 */
const untilAgain = (check: PlanCheck | undefined): number =>
  check === undefined || check.start.some(({ code }) => PASSING.has(code)) ? AGAIN_MS : CALM_MS;

/** What may be done to a plan now, checked against the cloud; kept up to date with the page, sooner while something passes. */
export const usePlanCheck = (audit: string, plan: string, state: string): Live<PlanCheck> =>
  useAnswer<PlanCheck>(isPastDeciding(state) ? null : `${ADDRESSES.ofPlan(audit, plan)}check/`, undefined, {
    refreshInterval: untilAgain,
  });
