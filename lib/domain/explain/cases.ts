import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';

/** What explanations are about. */

export type AuditStory = {
  audit: Audit;
  /** Newest first. */
  plans: ActionPlan[];
  /** By plan id; absent if they were not read. */
  actions: Record<string, Action[]>;
};

export type PlanCase = {
  plan: ActionPlan;
  /** null if they were not read. */
  actions: Action[] | null;
  audit: Audit | null;
  /** All plans of the audit, newest first. */
  siblings: ActionPlan[];
};
