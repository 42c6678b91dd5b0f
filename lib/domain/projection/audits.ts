import type { PromisedAudit } from '@/lib/contract/promised/audits';
import type { ActionView, AuditDetail, AuditSummary, PlanSummary } from '@/lib/contract/v1/audits';
import type { Drift, Effect, Outcome } from '@/lib/contract/v1/outcome';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { type Cluster, cpuPercent } from '../cluster/cluster';
import { describeScope, readWeights } from '../plans/audit-settings';
import { type ActionsByPlan, groupPlans, selectShownPlan, toWaves } from '../plans/plan';
import { actionStateMeaning, auditStateMeaning, planStateMeaning } from '../plans/states';
import type { PlanView } from './plan-projection';

/** An audit with its plans, newest first, and the one that stands for it. */
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

/**
 * The strategy that an audit ran. An audit made from a goal alone has none of its own for good; its plan tells.
 */
export const strategyOf = ({ audit, shown }: AuditCase): string | null => audit.strategy ?? shown?.strategy ?? null;

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
    migrations: own?.filter(({ type }) => type === 'migrate').length ?? null,
  };
}

/** What was worked out of an audit's plan. */
export type Findings = { view: PlanView; effect: Effect | null; outcome: Outcome | null; drift: Drift | null };

/** All of one audit but the state of the readings. */
export function describeAudit(
  auditCase: AuditCase,
  { view, effect, outcome, drift }: Findings,
  cluster: Cluster,
): Omit<AuditDetail, 'readings'> {
  const { audit, plans, shown, actions } = auditCase;
  const weights = readWeights(audit.parameters);
  return {
    audit: {
      ...summarizeAudit(auditCase, effect),
      state_meaning: auditStateMeaning(audit.state),
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
      state_meaning: planStateMeaning(plan.state, actions[plan.id]?.length ?? null),
      status_message: plan.statusMessage,
      efficacy: plan.efficacy,
      global_efficacy: plan.globalEfficacy,
      shown: plan.id === shown?.id,
    })),
    waves: shown
      ? toWaves(shownActions(auditCase)).map((wave) => wave.map((action) => describeAction(action, shown, cluster)))
      : [],
    migrations: view.migrations,
    projection: view.projection,
    outcome,
    drift,
  };
}

/** One action of any type, also of one that this version does not know. */
export function describeAction(action: Action, plan: ActionPlan, cluster: Cluster): ActionView {
  const { parameters } = action;
  const id = typeof parameters.resource_id === 'string' ? parameters.resource_id : null;
  const name = typeof parameters.resource_name === 'string' ? parameters.resource_name : null;
  return {
    id: action.id,
    type: action.type,
    state: action.state,
    meaning: actionStateMeaning(action.state, plan.state),
    target: (id && (cluster.servers.get(id)?.name ?? cluster.index.resolve(id))) ?? name ?? id,
    detail: Object.entries(parameters)
      .filter(([key, value]) => !['resource_id', 'resource_name'].includes(key) && value !== null && value !== '')
      .map(([key, value]) => `${key}: ${describeValue(key, value, cluster)}`)
      .join(', '),
    parents: action.parents,
    status_message: action.statusMessage,
  };
}

function describeValue(key: string, value: unknown, cluster: Cluster): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return key.endsWith('_node') ? (cluster.index.resolve(value) ?? value) : value;
}

/** The audit in the promised form. Hosts without a measurement are in none of the parallel lists. */
export function promiseAudit(auditCase: AuditCase, { migrations, projection }: PlanView): PromisedAudit {
  const { audit } = auditCase;
  const weights = readWeights(audit.parameters);
  const measured = projection.hosts.flatMap(({ host, cpu_current, cpu_projected }) =>
    cpu_current === null || cpu_projected === null ? [] : [{ host, cpu_current, cpu_projected }],
  );
  return {
    id: audit.id,
    name: audit.name,
    created_at: isoWithOffset(audit.createdAt),
    strategy: audit.strategy ?? '',
    goal: audit.goal,
    type: audit.type,
    scope: describeScope(audit.scope),
    cpu_weight: weights.cpu === null ? '' : String(weights.cpu),
    ram_weight: weights.ram === null ? '' : String(weights.ram),
    migrations: migrations.map((move) => ({
      instanceName: move.instance_name,
      source: move.source,
      destination: move.destination ?? '',
      flavor: move.flavor ?? '',
      impact: move.impact ?? '',
    })),
    host_labels: measured.map(({ host }) => host),
    cpu_current: measured.map(({ cpu_current }) => cpu_current),
    cpu_projected: measured.map(({ cpu_projected }) => cpu_projected),
  };
}

/** 2026-11-22T14:32:01+00:00, the form in which Watcher writes it. */
function isoWithOffset(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00');
}

/** The load now of all hosts that are measured, as parallel lists. */
export function listCurrentCluster({ hosts }: Cluster): { host_labels: string[]; cpu_current: number[] } {
  const measured = hosts.flatMap((host) => {
    const load = cpuPercent(host);
    return load === null ? [] : [{ name: host.name, load }];
  });
  return { host_labels: measured.map(({ name }) => name), cpu_current: measured.map(({ load }) => load) };
}
