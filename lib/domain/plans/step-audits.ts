import type { ActionPlan } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';

/** Audits that this product creates for the steps of careful runs, known by their names. */

const STEP = /^visio-([0-9a-f]{8})-step-\d+$/;

/** The name of a step's audit: the same for the same step, in any process. @param step from 1 */
export const stepName = (runId: string, step: number): string => `visio-${runId.slice(0, 8)}-step-${step}`;

/** The beginning of the id of the careful run whose step an audit is; null if it is none. */
export const runOfStep = (name: string): string | null => STEP.exec(name)?.[1] ?? null;

/** Whether an audit is a step of a careful run: the run starts its plan, nobody decides about it. */
export const isStepAudit = (name: string): boolean => STEP.test(name);

/** A run starts the plan of a step within seconds, unless it is paused, has ended, or is gone. */
const LEFT_MS = 5 * MINUTE_MS;

/** Whether the plan of a step waits for so long that somebody should know of it. @param now ms */
export const isLeftWaiting = ({ state, createdAt }: ActionPlan, audit: string, now: number): boolean =>
  state === 'RECOMMENDED' && isStepAudit(audit) && now - createdAt > LEFT_MS;
