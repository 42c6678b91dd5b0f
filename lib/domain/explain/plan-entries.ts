import type { AuditPlans, PlanEntry } from '@/lib/contract/v1/plans';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { HOUR_MS } from '@/lib/units';
import { isMigration } from '../plans/actions';
import { type AuditCase, strategyOf } from '../plans/audit-case';
import { cautionsOf } from '../plans/cautions';
import { auditStateMeaning, planStateMeaning } from '../plans/meanings';
import { replacementOf } from '../plans/replacement';
import { reportedMigrations } from '../plans/reported-migrations';
import { explainAudit } from './audit';
import type { Circumstances } from './circumstances';
import { explainPlan } from './plan';
import { resultOfPlan } from './plan-result';

/** Every plan of an audit with its result, and why the audit has none if it has none. */
export function describePlans(auditCase: AuditCase, circumstances: Circumstances): Omit<AuditPlans, 'readings'> {
  const { audit, plans, actions } = auditCase;
  const kept = plans.filter(({ state }) => state !== 'DELETED');
  const entries = kept.map((plan) =>
    describePlan({ auditCase, plan, actions: actions[plan.id] ?? null }, circumstances),
  );
  return {
    audit: describeOwner(auditCase),
    explanation: explainAudit({ audit, plans: kept, actions }, circumstances),
    series: audit.type === 'CONTINUOUS' ? describeSeries(auditCase, entries) : null,
    plans: entries,
    expiry_hours: Math.round(circumstances.expiryMs / HOUR_MS),
  };
}

export function describeOwner(auditCase: AuditCase): AuditPlans['audit'] {
  const { audit } = auditCase;
  return {
    id: audit.id,
    name: audit.name,
    type: audit.type,
    state: audit.state,
    state_meaning: auditStateMeaning(audit),
    goal: audit.goal,
    strategy: strategyOf(auditCase),
  };
}

/** @param plan its actions are null if they were not read */
export function describePlan(
  { auditCase, plan, actions }: { auditCase: AuditCase; plan: ActionPlan; actions: Action[] | null },
  circumstances: Circumstances,
): PlanEntry {
  const planCase = { plan, actions, audit: auditCase.audit, siblings: auditCase.plans };
  const replaced = replacementOf(planCase);
  return {
    id: plan.id,
    state: plan.state,
    state_meaning: planStateMeaning(plan, actions, circumstances.release),
    status_message: plan.statusMessage,
    strategy: plan.strategy,
    created_at: plan.createdAt,
    updated_at: plan.updatedAt,
    expires_at: plan.state === 'RECOMMENDED' ? plan.createdAt + circumstances.expiryMs : null,
    replaced_by: replaced && { id: replaced.id, created_at: replaced.createdAt },
    action_counts: actions && {
      total: actions.length,
      by_state: tally(actions, ({ state }) => state),
      by_type: tally(actions, ({ type }) => type),
    },
    migrations: actions ? actions.filter(isMigration).length : reportedMigrations(plan),
    outcome: resultOfPlan(plan, actions, circumstances.happened),
    explanation: explainPlan(planCase, circumstances),
    cautions: cautionsOf(planCase, circumstances.cluster),
    efficacy: plan.efficacy,
    global_efficacy: plan.globalEfficacy,
  };
}

function tally(actions: Action[], keyOf: (action: Action) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const action of actions) counts[keyOf(action)] = (counts[keyOf(action)] ?? 0) + 1;
  return counts;
}

function describeSeries({ audit }: AuditCase, entries: PlanEntry[]): AuditPlans['series'] {
  const known = entries.map(({ migrations }) => migrations).filter((migrations) => migrations !== null);
  return {
    runs: entries.length,
    interval: audit.interval,
    last_run_at: entries[0]?.created_at ?? null,
    next_run_at: audit.nextRunAt,
    migrations: known.length === 0 ? null : known.reduce((sum, migrations) => sum + migrations, 0),
    executed: entries.filter(({ state }) => ['SUCCEEDED', 'FAILED', 'ONGOING', 'CANCELLING'].includes(state)).length,
  };
}
