import type { SimAction, SimPlan } from '../model';
import { goalNamed, STRATEGIES, strategyNamed } from '../strategies';
import { ok, type Reply, readVersion, type ServiceRequest } from '../wire';
import { triggerAudit, writeAudit } from './audit-writes';
import { describeAction, describeAudit, describePlan } from './describe';
import {
  fault,
  INTERNAL,
  isShown,
  list,
  NO_SUCH_URL,
  one,
  passes,
  plainFault,
  refuseByPolicy,
  type WatcherRequest,
} from './reply';
import { goals, services, strategies, strategyState } from './resources';
import { templates, writeTemplate } from './templates';
import { writeAction, writePlan } from './writes';

/** The part of Watcher's API that dashboards use. https://docs.openstack.org/api-ref/resource-optimization/ */

export function answerWatcher(request: ServiceRequest): Reply {
  const { path, headers, engine } = request;
  const { watcherMinor, hasRequestIds } = engine.release();
  const span = { min_version: '1.0', max_version: `1.${watcherMinor}` };
  if (path === '') {
    const version = { id: 'v1', status: 'CURRENT', ...span, links: [{ href: `${INTERNAL}/v1/`, rel: 'self' }] };
    return ok({
      name: 'OpenStack Watcher API',
      description:
        'Watcher is an OpenStack project which aims to improve physical resources usage through better VM placement.',
      versions: [version],
      default_version: version,
    });
  }
  const version = readVersion(headers.get('openstack-api-version'), {
    service: 'infra-optim',
    major: 1,
    lowest: 0,
    highest: watcherMinor,
  });
  if ('refused' in version) {
    return plainFault(
      406,
      'Not Acceptable',
      `Version ${version.refused} was requested but the minor version is not supported by this service. The supported version range is: [${span.min_version}, ${span.max_version}].`,
    );
  }
  let audited: number | undefined;
  const countAudited = () => {
    audited ??= request.cloud.servers.filter(({ stays }) => stays.at(-1)?.host).length;
    return audited;
  };
  const reply = answerRoute({ ...request, minor: version.minor, countAudited });
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'openstack-api-version': `infra-optim 1.${version.minor}`,
      'openstack-api-minimum-version': `infra-optim ${span.min_version}`,
      'openstack-api-maximum-version': `infra-optim ${span.max_version}`,
      ...(hasRequestIds ? { 'x-openstack-request-id': engine.requestId() } : {}),
    },
  };
}

function answerRoute(request: WatcherRequest): Reply {
  const [, resource = '', id, more] = /^\/v1(?:\/([a-z_]+))?(?:\/([^/]+))?(?:\/([a-z]+))?$/.exec(request.path) ?? [];
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    if (resource === 'audits') return writeAudit(request, id && decodeURIComponent(id), more);
    if (resource === 'audit_templates' && more === undefined)
      return writeTemplate(request, id && decodeURIComponent(id));
    if (resource === 'webhooks') return triggerAudit(request, id && decodeURIComponent(id));
    if (resource === 'action_plans') return writePlan(request, id, more);
    if (resource === 'actions') return writeAction(request, id, more);
    return fault(403, 'The simulated cloud does not do this.');
  }
  const isForbidden = refuseByPolicy(request, ruleOf(resource, id));
  if (resource !== '' && isForbidden) return isForbidden;
  if (resource === 'strategies' && id !== undefined && more === 'state') return strategyState(request, id);
  if (more !== undefined) return NO_SUCH_URL;
  const wanted = id === 'detail' ? undefined : id && decodeURIComponent(id);
  switch (resource) {
    case '':
      return request.path === '/v1' ? ok({ id: 'v1', links: [{ href: `${INTERNAL}/v1/`, rel: 'self' }] }) : NO_SUCH_URL;
    case 'audits':
      return audits(request, wanted);
    case 'action_plans':
      return plans(request, wanted);
    case 'actions':
      return actions(request, wanted);
    case 'goals':
      return goals(request, wanted);
    case 'strategies':
      return strategies(request, wanted);
    case 'services':
      return services(request, wanted);
    case 'audit_templates':
      return templates(request, wanted);
    case 'scoring_engines':
      // This cloud has none.
      return wanted === undefined ? ok({ [resource]: [] }) : fault(404, `${resource} ${wanted} could not be found`);
    default:
      return NO_SUCH_URL;
  }
}

/** The policy's name of a read. */
const ruleOf = (resource: string, id: string | undefined) =>
  `${resource.replace(/ies$/, 'y').replace(/s$/, '')}:${id === undefined ? 'get_all' : id === 'detail' ? 'detail' : 'get'}`;

function audits(request: WatcherRequest, wanted: string | undefined): Reply {
  const { cloud, query, minor } = request;
  const describe = (audit: (typeof cloud.audits)[number]) => describeAudit(audit, minor);
  if (wanted !== undefined) {
    const found = cloud.audits.find((row) => isShown(request, row) && [row.id, row.name].includes(wanted));
    return one(found, describe, { what: 'Audit', id: wanted });
  }
  const unknownGoal = query.get('goal');
  if (unknownGoal !== null && !STRATEGIES.some(({ goal }) => [goal.name, goal.id].includes(unknownGoal))) {
    return fault(404, `Goal ${unknownGoal} could not be found`);
  }
  return list(request, {
    name: 'audits',
    rows: cloud.audits.filter(
      ({ goal, strategy }) =>
        passes(query, 'goal', goal, goalNamed(goal)?.id) &&
        passes(query, 'strategy', strategy, strategyNamed(strategy)?.id),
    ),
    describe,
    detail: ['parameters', 'hostname', 'start_time', 'end_time', 'created_at', 'updated_at', 'deleted_at'],
    filters: ['goal', 'strategy'],
  });
}

function plans(request: WatcherRequest, wanted: string | undefined): Reply {
  const { cloud, query } = request;
  const describe = (plan: (typeof cloud.plans)[number]) => describePlan(plan, request);
  if (wanted !== undefined) {
    const found = cloud.plans.find((row) => isShown(request, row) && row.id === wanted);
    return one(found, describe, { what: 'ActionPlan', id: wanted });
  }
  return list(request, {
    name: 'action_plans',
    rows: cloud.plans.filter(
      ({ auditId, strategy }) =>
        passes(query, 'audit_uuid', auditId) && passes(query, 'strategy', strategy, strategyNamed(strategy)?.id),
    ),
    describe,
    detail: ['hostname', 'created_at', 'deleted_at'],
    filters: ['audit_uuid', 'strategy'],
  });
}

/** Duration of an action. */
const ACTION_MS = 20_000;

/** Gives started actions an update time, one after the other; pending ones were never updated. */
function datedActions(plan: SimPlan): (SimAction & { updatedAt: number | null })[] {
  const begun = (plan.actions.filter(({ state }) => state !== 'PENDING').length - 1) * ACTION_MS;
  let at = Math.max(plan.createdAt, (plan.updatedAt ?? plan.createdAt) - begun) - ACTION_MS;
  return plan.actions.map((action) => {
    if (action.state !== 'PENDING') at += ACTION_MS;
    return { ...action, updatedAt: action.updatedAt ?? (action.state === 'PENDING' ? null : at) };
  });
}

function actions(request: WatcherRequest, wanted: string | undefined): Reply {
  const { cloud, query, minor } = request;
  if (query.has('action_plan_uuid') && query.has('audit_uuid')) {
    return fault(400, 'Filtering actions on both audit and action-plan is prohibited');
  }
  const rows = cloud.plans
    .filter(({ id, auditId }) => passes(query, 'action_plan_uuid', id) && passes(query, 'audit_uuid', auditId))
    .flatMap((plan) =>
      datedActions(plan).map((action) => ({ ...action, plan, createdAt: plan.createdAt, deletedAt: plan.deletedAt })),
    );
  const describe = (row: (typeof rows)[number]) => describeAction(row, row.plan, minor);
  if (wanted !== undefined) {
    const found = rows.find(({ id }) => id === wanted);
    return one(found, describe, { what: 'Action', id: wanted });
  }
  return list(request, {
    name: 'actions',
    rows,
    describe,
    detail: ['description', 'input_parameters', 'created_at', 'updated_at', 'deleted_at'],
    filters: ['action_plan_uuid', 'audit_uuid'],
  });
}
