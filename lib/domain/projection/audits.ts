import type { AuditDetail, AuditSummary, PlanSummary } from '@/lib/contract/v1/audits';
import type { Drift, Effect, Outcome } from '@/lib/contract/v1/outcome';
import type { ActionPlan } from '@/lib/openstack/records';
import type { Cluster } from '../cluster/cluster';
import { isMigration, isShutdown } from '../plans/actions';
import { type AuditCase, shownActions, strategyOf } from '../plans/audit-case';
import { describeScope, readWeights } from '../plans/audit-settings';
import { cautionsOf } from '../plans/cautions';
import { describeAction } from '../plans/describe-action';
import { auditStateMeaning, planStateMeaning } from '../plans/meanings';
import type { Release } from '../plans/release';
import type { ActionsByPlan } from '../plans/shown-plan';
import type { ByAction } from '../plans/steps';
import { toWaves } from '../plans/waves';
import type { PlanView } from './plan-projection';

export function summarizeAudit(auditCase: AuditCase, effect: Effect | null): AuditSummary {
  const { audit, plans, shown } = auditCase;
  return {
    id: audit.id,
    name: audit.name,
    state: audit.state,
    type: audit.type,
    goal: audit.goal,
    strategy: strategyOf(auditCase),
    scope: describeScope(audit.scope),
    created_at: audit.createdAt,
    updated_at: audit.updatedAt,
    plans: plans.length,
    plan: shown && summarizePlan(shown, auditCase.actions),
    effect,
  };
}

function summarizePlan(plan: ActionPlan, actions: ActionsByPlan): PlanSummary {
  const own = actions[plan.id];
  return {
    id: plan.id,
    state: plan.state,
    created_at: plan.createdAt,
    updated_at: plan.updatedAt,
    actions: own?.length ?? null,
    migrations: own?.filter(isMigration).length ?? null,
    shutdowns: own?.filter(isShutdown).length ?? null,
  };
}

/** What is computed about an audit's plan. */
export type Findings = {
  view: PlanView;
  effect: Effect | null;
  outcome: Outcome | null;
  drift: Drift | null;
  release: Release;
  happened: ByAction;
};

/** An audit without the state of the readings. */
export function describeAudit(
  auditCase: AuditCase,
  { view, effect, outcome, drift, release, happened }: Findings,
  cluster: Cluster,
): Omit<AuditDetail, 'readings'> {
  const { audit, plans, shown, actions } = auditCase;
  const weights = readWeights(audit.parameters);
  return {
    audit: {
      ...summarizeAudit(auditCase, effect),
      state_meaning: auditStateMeaning(audit),
      interval: audit.interval,
      auto_trigger: audit.autoTrigger,
      force: audit.force,
      next_run_at: audit.nextRunAt,
      start_at: audit.startAt,
      end_at: audit.endAt,
      status_message: audit.statusMessage,
      parameters: audit.parameters,
      scope_document: audit.scope,
      cpu_weight: weights.cpu,
      ram_weight: weights.ram,
    },
    plans: plans.map((plan) => ({
      ...summarizePlan(plan, actions),
      state_meaning: planStateMeaning(plan, actions[plan.id] ?? null, release),
      status_message: plan.statusMessage,
      efficacy: plan.efficacy,
      global_efficacy: plan.globalEfficacy,
      shown: plan.id === shown?.id,
    })),
    waves: shown
      ? toWaves(shownActions(auditCase)).map((wave) =>
          wave.map((action) =>
            describeAction(action, { plan: shown, cluster, happened: happened.get(action.id) ?? null }),
          ),
        )
      : [],
    cautions: shown ? cautionsOf({ plan: shown, actions: actions[shown.id] ?? null, audit }, cluster) : [],
    migrations: view.migrations,
    shutdowns: view.shutdowns,
    projection: view.projection,
    outcome,
    drift,
  };
}
