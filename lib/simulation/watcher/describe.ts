import type { WireAction, WireActionPlan, WireAudit } from '@/lib/openstack/watcher-wire';
import type { SimAction, SimAudit, SimPlan } from '../model';
import { goalNamed, strategyNamed } from '../strategies';
import { naive, offset } from '../wire';
import { efficacyOf } from './efficacy';
import { linksTo, type WatcherRequest } from './reply';

/** Audits, plans and actions in wire form, with all fields. */

/** Microversions that added fields. */
const TIMES = 1;
const FORCE = 2;
const STATUS_MESSAGES = 5;

const statusMessage = (message: string | null, minor: number) =>
  minor >= STATUS_MESSAGES ? { status_message: message } : {};

/** Whether a decision engine has taken it: one-shot audits are cancelled before that. */
const isTaken = ({ state, type, nextRunAt }: SimAudit): boolean =>
  (state !== 'PENDING' || nextRunAt !== null) && !(state === 'CANCELLED' && type === 'ONESHOT');

/** Empty plans are closed, and replaced ones cancelled, without an applier. */
const hasRun = ({ state, actions }: SimPlan): boolean =>
  !['RECOMMENDED', 'PENDING', 'SUPERSEDED'].includes(state) &&
  actions.some((action) => action.state !== 'PENDING' && action.state !== 'SKIPPED');

export function describeAudit(audit: SimAudit, minor: number): WireAudit & Record<string, unknown> {
  return {
    uuid: audit.id,
    name: audit.name,
    audit_type: audit.type,
    state: audit.deletedAt === undefined ? audit.state : 'DELETED',
    goal_uuid: goalNamed(audit.goal)?.id ?? null,
    goal_name: audit.goal,
    strategy_uuid: strategyNamed(audit.strategy)?.id ?? null,
    strategy_name: audit.strategy,
    parameters: audit.parameters,
    links: linksTo('audits', audit.id),
    interval: audit.interval,
    scope: audit.scope,
    auto_trigger: audit.autoTrigger ?? false,
    next_run_time: naive(audit.nextRunAt),
    hostname: isTaken(audit) ? 'ctl-1' : null,
    ...(minor >= TIMES ? { start_time: naive(audit.startAt ?? null), end_time: naive(audit.endAt ?? null) } : {}),
    ...(minor >= FORCE ? { force: audit.force ?? false } : {}),
    created_at: offset(audit.createdAt) ?? '',
    deleted_at: offset(audit.deletedAt ?? null),
    updated_at: offset(audit.updatedAt),
    ...statusMessage(audit.statusMessage, minor),
  };
}

export function describePlan(
  plan: SimPlan,
  { cloud, minor, countAudited }: WatcherRequest,
): WireActionPlan & Record<string, unknown> {
  const { indicators, global } = efficacyOf(plan, cloud, countAudited);
  return {
    efficacy_indicators: indicators,
    uuid: plan.id,
    audit_uuid: plan.auditId,
    strategy_uuid: strategyNamed(plan.strategy)?.id ?? null,
    strategy_name: plan.strategy,
    global_efficacy: global,
    state: plan.deletedAt === undefined ? plan.state : 'DELETED',
    links: linksTo('action_plans', plan.id),
    // The host of the applier that executes it.
    hostname: plan.hostname === undefined ? (hasRun(plan) ? 'ctl-1' : null) : plan.hostname,
    created_at: offset(plan.createdAt) ?? '',
    deleted_at: offset(plan.deletedAt ?? null),
    updated_at: offset(plan.updatedAt),
    ...statusMessage(plan.statusMessage, minor),
  };
}

/** Descriptions by action type; unknown types have none. */
const DESCRIPTIONS: Record<string, string> = {
  migrate: 'Moving a VM instance from source_node to destination_node',
  change_nova_service_state:
    'Disables or enables the nova-compute service.A disabled nova-compute service can not be selected by the nova for future deployment of new server.',
  nop: 'Logging a NOP message',
  sleep: 'Wait for a given interval in seconds.',
  resize: 'Resize a server with specified flavor.',
  volume_migrate: 'Moving a volume to destination_node',
  change_node_power_state: 'Compute node power on/off through ironic or maas',
};

export function describeAction(
  action: SimAction & { updatedAt: number | null },
  plan: SimPlan,
  minor: number,
): WireAction & Record<string, unknown> {
  return {
    uuid: action.id,
    action_plan_uuid: plan.id,
    // Before the state SKIPPED existed, skipped actions stayed pending.
    state: action.state === 'SKIPPED' && minor < STATUS_MESSAGES ? 'PENDING' : action.state,
    action_type: action.type,
    description: DESCRIPTIONS[action.type] ?? '',
    input_parameters: action.parameters,
    parents: action.parents,
    links: linksTo('actions', action.id),
    created_at: offset(plan.createdAt),
    deleted_at: null,
    updated_at: offset(action.updatedAt),
    ...statusMessage(action.statusMessage, minor),
  };
}
