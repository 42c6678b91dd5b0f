import type { SimAction, SimPlan } from '../model';
import { goalNamed, STRATEGIES, strategyNamed } from '../strategies';
import { type Ask, ok, type Reply, readVersion } from '../wire';
import { describeAction, describeAudit, describePlan } from './describe';
import { fault, INTERNAL, list, NO_SUCH_URL, one, passes, plainFault, type WatcherAsk } from './reply';
import { goals, services, strategies, strategyState } from './resources';

/** Watcher's API as far as dashboards read it. https://docs.openstack.org/api-ref/resource-optimization/ */

const VERSIONS = { service: 'infra-optim', major: 1, lowest: 0, highest: 6 };
const SPAN = { min_version: `1.${VERSIONS.lowest}`, max_version: `1.${VERSIONS.highest}` };

export function answerWatcher(ask: Ask): Reply {
  const { path, headers } = ask;
  if (path === '') {
    const version = { id: 'v1', status: 'CURRENT', ...SPAN, links: [{ href: `${INTERNAL}/v1/`, rel: 'self' }] };
    return ok({
      name: 'OpenStack Watcher API',
      description:
        'Watcher is an OpenStack project which aims to improve physical resources usage through better VM placement.',
      versions: [version],
      default_version: version,
    });
  }
  const version = readVersion(headers.get('openstack-api-version'), VERSIONS);
  if ('refused' in version) {
    return plainFault(
      406,
      'Not Acceptable',
      `Version ${version.refused} was requested but the minor version is not supported by this service. The supported version range is: [${SPAN.min_version}, ${SPAN.max_version}].`,
    );
  }
  const reply = answerRoute({ ...ask, minor: version.minor });
  return {
    ...reply,
    headers: {
      'openstack-api-version': `infra-optim 1.${version.minor}`,
      'openstack-api-minimum-version': `infra-optim ${SPAN.min_version}`,
      'openstack-api-maximum-version': `infra-optim ${SPAN.max_version}`,
    },
  };
}

function answerRoute(ask: WatcherAsk): Reply {
  const [, resource = '', id, more] = /^\/v1(?:\/([a-z_]+))?(?:\/([^/]+))?(?:\/([a-z]+))?$/.exec(ask.path) ?? [];
  if (ask.method !== 'GET' && ask.method !== 'HEAD') return fault(403, 'This cloud can only be read.');
  if (resource === 'strategies' && id !== undefined && more === 'state') return strategyState(id);
  if (more !== undefined) return NO_SUCH_URL;
  const wanted = id === 'detail' ? undefined : id && decodeURIComponent(id);
  switch (resource) {
    case '':
      return ask.path === '/v1' ? ok({ id: 'v1', links: [{ href: `${INTERNAL}/v1/`, rel: 'self' }] }) : NO_SUCH_URL;
    case 'audits':
      return audits(ask, wanted);
    case 'action_plans':
      return plans(ask, wanted);
    case 'actions':
      return actions(ask, wanted);
    case 'goals':
      return goals(ask, wanted);
    case 'strategies':
      return strategies(ask, wanted);
    case 'services':
      return services(ask, wanted);
    case 'audit_templates':
    case 'scoring_engines':
      // There are none in this cloud.
      return wanted === undefined ? ok({ [resource]: [] }) : fault(404, `${resource} ${wanted} could not be found`);
    default:
      return NO_SUCH_URL;
  }
}

function audits(ask: WatcherAsk, wanted: string | undefined): Reply {
  const { cloud, query, minor } = ask;
  const describe = (audit: (typeof cloud.audits)[number]) => describeAudit(audit, minor);
  if (wanted !== undefined) {
    const found = cloud.audits.find(({ id, name }) => id === wanted || name === wanted);
    return one(found, describe, 'Audit', wanted);
  }
  const unknownGoal = query.get('goal');
  if (unknownGoal !== null && !STRATEGIES.some(({ goal }) => [goal.name, goal.id].includes(unknownGoal))) {
    return fault(404, `Goal ${unknownGoal} could not be found`);
  }
  return list(ask, {
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

function plans(ask: WatcherAsk, wanted: string | undefined): Reply {
  const { cloud, query } = ask;
  const describe = (plan: (typeof cloud.plans)[number]) => describePlan(plan, ask);
  if (wanted !== undefined) {
    const found = cloud.plans.find(({ id }) => id === wanted);
    return one(found, describe, 'ActionPlan', wanted);
  }
  return list(ask, {
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

/** An action of a plan takes so long; ms. */
const ACTION_MS = 20_000;

/** One that has begun was changed when those after it had not; one that waits never was. */
function datedActions(plan: SimPlan): (SimAction & { updatedAt: number | null })[] {
  const begun = (plan.actions.filter(({ state }) => state !== 'PENDING').length - 1) * ACTION_MS;
  let at = Math.max(plan.createdAt, (plan.updatedAt ?? plan.createdAt) - begun) - ACTION_MS;
  return plan.actions.map((action) => {
    if (action.state !== 'PENDING') at += ACTION_MS;
    return { ...action, updatedAt: action.updatedAt ?? (action.state === 'PENDING' ? null : at) };
  });
}

function actions(ask: WatcherAsk, wanted: string | undefined): Reply {
  const { cloud, query, minor } = ask;
  if (query.has('action_plan_uuid') && query.has('audit_uuid')) {
    return fault(400, 'Filtering actions on both audit and action-plan is prohibited');
  }
  const rows = cloud.plans
    .filter(({ id, auditId }) => passes(query, 'action_plan_uuid', id) && passes(query, 'audit_uuid', auditId))
    .flatMap((plan) => datedActions(plan).map((action) => ({ ...action, plan, createdAt: plan.createdAt })));
  const describe = (row: (typeof rows)[number]) => describeAction(row, row.plan, minor);
  if (wanted !== undefined) {
    const found = rows.find(({ id }) => id === wanted);
    return one(found, describe, 'Action', wanted);
  }
  return list(ask, {
    name: 'actions',
    rows,
    describe,
    detail: ['description', 'input_parameters', 'created_at', 'updated_at', 'deleted_at'],
    filters: ['action_plan_uuid', 'audit_uuid'],
  });
}
