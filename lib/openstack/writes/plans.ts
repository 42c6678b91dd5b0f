import type { VersionNeed } from '../microversions';
import type { Write, Written } from './writer';

/**
 * What can be done to action plans. All need the admin role by default.
 * https://docs.openstack.org/api-ref/resource-optimization/#action-plans
 */

const ANY: VersionNeed = { min: [1, 0], max: [1, 7] };
/** Skipping came with 1.5. */
const SKIPS: VersionNeed = { min: [1, 5], max: [1, 7] };

const planPath = (planId: string) => `action_plans/${encodeURIComponent(planId)}`;
const replaceState = (value: string) => [{ op: 'replace', path: '/state', value }];

/** RECOMMENDED → PENDING; an applier takes it from there. */
export const startPlan = (write: Write, planId: string): Promise<Written> =>
  write({
    service: 'watcher',
    method: 'POST',
    path: `${planPath(planId)}/start`,
    version: ANY,
    what: 'start the plan',
  });

/** The state from which each state is reached: RECOMMENDED or PENDING → CANCELLED, ONGOING → CANCELLING. */
export const cancelPlan = (write: Write, planId: string, to: 'CANCELLED' | 'CANCELLING'): Promise<Written> =>
  write({
    service: 'watcher',
    method: 'PATCH',
    path: planPath(planId),
    body: replaceState(to),
    version: ANY,
    what: 'cancel the plan',
  });

/** The plan disappears from every list, with its actions. */
export const archivePlan = (write: Write, planId: string): Promise<Written> =>
  write({ service: 'watcher', method: 'DELETE', path: planPath(planId), version: ANY, what: 'archive the plan' });

/**
 * PENDING → SKIPPED, for good.
 *
 * @param reason at most 223 characters: Watcher keeps 255, with "Action skipped by user. Reason: " before it
 */
export const skipAction = (write: Write, actionId: string, reason: string): Promise<Written> =>
  write({
    service: 'watcher',
    method: 'PATCH',
    path: `actions/${encodeURIComponent(actionId)}`,
    body: [...replaceState('SKIPPED'), { op: 'replace', path: '/status_message', value: reason }],
    version: SKIPS,
    what: 'skip the action',
  });
