import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { type ActionsByPlan, groupPlans, selectShownPlan } from './shown-plan';

/** An audit with its plans, newest first, and the plan that stands for it. */
export type AuditCase = { audit: Audit; plans: ActionPlan[]; shown: ActionPlan | null; actions: ActionsByPlan };

/** Audits that are not deleted, newest first. */
export function listAuditCases(audits: Audit[], plans: ActionPlan[], actions: ActionsByPlan): AuditCase[] {
  const groups = groupPlans(plans);
  return audits
    .filter(({ state }) => state !== 'DELETED')
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
    .map((audit) => {
      const own = groups.get(audit.id) ?? [];
      return { audit, plans: own, shown: selectShownPlan(own, actions), actions };
    });
}

/** The actions of the shown plan; none without a plan. */
export const shownActions = ({ shown, actions }: AuditCase): Action[] => (shown ? (actions[shown.id] ?? []) : []);

/** The strategy that an audit ran: an audit created with a goal only never names it, but its plan does. */
export const strategyOf = ({ audit, shown }: AuditCase): string | null => audit.strategy ?? shown?.strategy ?? null;
