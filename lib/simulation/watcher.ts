import type { WireAction, WireActionPlan, WireAudit } from '@/lib/openstack/watcher';
import type { SimAction, SimAudit, SimPlan } from './model';
import { type Ask, minorVersion, naive, offset, ok, type Reply, slice } from './wire';

/** Watcher's API as far as dashboards read it. https://docs.openstack.org/api-ref/resource-optimization/ */

const VERSIONS = { major: 1, lowest: 0, highest: 6 };
/** status_message is there from here on. */
const STATUS_MESSAGES = 5;

export function answerWatcher(ask: Ask): Reply {
  const { path, headers, cloud, query } = ask;
  if (path === '') {
    return ok({
      name: 'OpenStack Watcher API',
      versions: [{ id: 'v1', status: 'CURRENT', min_version: '1.0', max_version: `1.${VERSIONS.highest}`, links: [] }],
    });
  }
  const minor = minorVersion(headers.get('openstack-api-version'), 'infra-optim', VERSIONS);
  if (minor === null) return fault(406, 'Version is not supported by the API.');
  const route = path.replace(/^\/v1/, '');
  const [, resource, rest] = /^\/([a-z_]+)(?:\/(.+))?$/.exec(route) ?? [];
  const isList = rest === undefined || rest === 'detail';
  switch (resource) {
    case 'audits':
      return isList
        ? list(
            ask,
            'audits',
            cloud.audits.filter(
              ({ goal, strategy }) => matches(query, 'goal', goal) && matches(query, 'strategy', strategy),
            ),
            (audit) => describeAudit(audit, minor),
          )
        : one(
            cloud.audits.find(({ id, name }) => id === rest || name === rest),
            (audit) => describeAudit(audit, minor),
            'Audit',
            rest,
          );
    case 'action_plans':
      return isList
        ? list(
            ask,
            'action_plans',
            cloud.plans.filter(({ auditId }) => matches(query, 'audit_uuid', auditId)),
            (plan) => describePlan(plan, minor),
          )
        : one(
            cloud.plans.find(({ id }) => id === rest),
            (plan) => describePlan(plan, minor),
            'Action plan',
            rest,
          );
    case 'actions': {
      const plans = cloud.plans.filter(
        ({ id, auditId }) => matches(query, 'action_plan_uuid', id) && matches(query, 'audit_uuid', auditId),
      );
      if (query.has('action_plan_uuid') && query.has('audit_uuid'))
        return fault(400, 'The parameters action_plan_uuid and audit_uuid exclude each other.');
      const rows = plans.flatMap((plan) =>
        plan.actions.map((action) => ({ ...action, plan, createdAt: plan.createdAt })),
      );
      return list(ask, 'actions', rows, (row) => describeAction(row, row.plan, minor));
    }
    case 'goals':
      return list(
        ask,
        'goals',
        [...new Set(cloud.audits.map(({ goal }) => goal))].map((goal) => ({ id: goal, createdAt: 0 })),
        ({ id }) => ({ uuid: id, name: id, display_name: id, efficacy_specification: [] }),
      );
    case 'services':
      return ok({
        services: ['watcher-decision-engine', 'watcher-applier'].map((name, i) => ({
          id: i + 1,
          name,
          host: 'ctl-1',
          status: 'ACTIVE',
          last_seen_up: naive(ask.now),
        })),
        next: null,
      });
    default:
      return fault(404, 'The resource could not be found.');
  }
}

/** Watcher wraps its errors: JSON in a string. */
function fault(status: number, faultstring: string): Reply {
  return { status, body: { error_message: JSON.stringify({ faultcode: 'Client', faultstring, debuginfo: null }) } };
}

const matches = (query: URLSearchParams, name: string, value: string | null) =>
  !query.has(name) || query.get(name) === value;

function one<T>(found: T | undefined, describe: (row: T) => unknown, what: string, id: string | undefined): Reply {
  return found === undefined ? fault(404, `${what} ${id} could not be found.`) : ok(describe(found));
}

/** Oldest first unless told otherwise; `next` loses the filters and names a host that nobody else knows. */
function list<T extends { id: string; createdAt: number }>(
  ask: Ask,
  name: string,
  rows: T[],
  describe: (row: T) => unknown,
): Reply {
  const { query, path } = ask;
  const known = ['limit', 'marker', 'sort_key', 'sort_dir', 'goal', 'strategy', 'audit_uuid', 'action_plan_uuid'];
  const unknown = [...query.keys()].find((key) => !known.includes(key));
  if (unknown) return fault(400, `Unknown argument: "${unknown}"`);
  const sorted = rows
    .map((row, i) => ({ row, i }))
    .sort((a, b) => a.row.createdAt - b.row.createdAt || a.i - b.i)
    .map(({ row }) => row);
  if (query.get('sort_dir') === 'desc') sorted.reverse();
  const page = slice(sorted, query);
  if (page === 'bad marker') return fault(404, 'The marker could not be found.');
  if (page === 'bad limit') return fault(400, 'Limit must be positive');
  const full = page.items.length === Number(query.get('limit') ?? 1000);
  return ok({
    [name]: page.items.map(describe),
    next: full
      ? `http://watcher.internal:9322${path}?limit=${page.items.length}&marker=${page.items.at(-1)?.id}`
      : null,
  });
}

function describeAudit(audit: SimAudit, minor: number): WireAudit & Record<string, unknown> {
  return {
    uuid: audit.id,
    name: audit.name,
    audit_type: audit.type,
    state: audit.state,
    goal_uuid: `goal-${audit.goal}`,
    goal_name: audit.goal,
    strategy_uuid: audit.strategy === null ? null : `strategy-${audit.strategy}`,
    strategy_name: audit.strategy,
    parameters: audit.parameters,
    links: [],
    interval: audit.interval,
    scope: audit.scope,
    auto_trigger: false,
    next_run_time: naive(audit.nextRunAt),
    hostname: 'ctl-1',
    start_time: null,
    end_time: null,
    force: false,
    created_at: offset(audit.createdAt) ?? '',
    deleted_at: null,
    updated_at: offset(audit.updatedAt),
    ...(minor >= STATUS_MESSAGES ? { status_message: audit.statusMessage } : {}),
  };
}

function describePlan(plan: SimPlan, minor: number): WireActionPlan & Record<string, unknown> {
  const moves = plan.actions.filter(({ type }) => type === 'migrate').length;
  const indicator = (name: string, unit: string | null, value: number) => ({ name, description: '', unit, value });
  return {
    uuid: plan.id,
    audit_uuid: plan.auditId,
    strategy_uuid: `strategy-${plan.strategy}`,
    strategy_name: plan.strategy,
    state: plan.state,
    efficacy_indicators: moves === 0 ? [] : [indicator('instance_migrations_count', null, moves)],
    global_efficacy: moves === 0 ? [] : [indicator('live_migrations_count', '%', moves)],
    links: [],
    hostname: null,
    created_at: offset(plan.createdAt) ?? '',
    deleted_at: null,
    updated_at: offset(plan.updatedAt),
    ...(minor >= STATUS_MESSAGES ? { status_message: plan.statusMessage } : {}),
  };
}

function describeAction(action: SimAction, plan: SimPlan, minor: number): WireAction & Record<string, unknown> {
  return {
    uuid: action.id,
    action_plan_uuid: plan.id,
    state: action.state,
    action_type: action.type,
    description: '',
    input_parameters: action.parameters,
    parents: action.parents,
    links: [],
    created_at: offset(plan.createdAt),
    deleted_at: null,
    updated_at: offset(action.state === 'PENDING' ? null : plan.updatedAt),
    ...(minor >= STATUS_MESSAGES ? { status_message: action.statusMessage } : {}),
  };
}
