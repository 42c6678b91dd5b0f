import type { SimAction, SimPlan } from '../model';
import { ok, type Reply } from '../wire';
import { describeAction, describePlan } from './describe';
import { patched, readPatches, refusePatch } from './patches';
import { fault, NOT_ALLOWED, refuseByPolicy, type WatcherRequest } from './reply';

/** Starting, cancelling and archiving plans, and skipping their actions. https://docs.openstack.org/api-ref/resource-optimization/ */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const PLAN_STATES = [
  'RECOMMENDED',
  'PENDING',
  'ONGOING',
  'FAILED',
  'SUCCEEDED',
  'DELETED',
  'CANCELLED',
  'SUPERSEDED',
  'CANCELLING',
];
const ACTION_STATES = ['PENDING', 'ONGOING', 'FAILED', 'SUCCEEDED', 'DELETED', 'CANCELLED', 'CANCELLING', 'SKIPPED'];

export function writePlan(request: WatcherRequest, id: string | undefined, more: string | undefined): Reply {
  const { method, cloud, engine } = request;
  if (id === undefined || (more === undefined && !['PATCH', 'DELETE'].includes(method))) return NOT_ALLOWED;
  if (more !== undefined && !(more === 'start' && method === 'POST')) return NOT_ALLOWED;
  if (!UUID.test(id)) {
    return fault(
      400,
      `Invalid input for field/attribute action_plan_uuid. Value: '${id}'. unable to convert to uuid. Error: Expected a uuid but received ${id}`,
    );
  }
  const plan = cloud.plans.find((one) => one.id === id && one.deletedAt === undefined);
  if (!plan) return fault(404, `ActionPlan ${id} could not be found`);
  const rule = more ?? (method === 'PATCH' ? 'update' : 'delete');
  const refused = refuseByPolicy(request, `action_plan:${rule}`);
  if (refused) return refused;
  if (rule === 'start') {
    if (plan.state !== 'RECOMMENDED' && !isRaced(plan, request)) {
      return fault(400, `Couldn't start when state is '${plan.state}'.`);
    }
    engine.applier.start(plan, engine.now());
    return ok(describePlan(plan, request));
  }
  return rule === 'update' ? patchPlan(plan, request) : archivePlan(plan, request);
}

/** Watcher reads the state and then writes it, without a lock: two starts at the same time are both accepted. */
const isRaced = ({ state, updatedAt }: SimPlan, { engine }: WatcherRequest) =>
  state === 'PENDING' && engine.now() - (updatedAt ?? 0) < engine.knobs.raceMs;

const PLAN_TRANSITIONS = ['RECOMMENDED PENDING', 'RECOMMENDED CANCELLED', 'ONGOING CANCELLING', 'PENDING CANCELLED'];

function patchPlan(plan: SimPlan, request: WatcherRequest): Reply {
  const { engine } = request;
  const wire = describePlan(plan, request);
  const hasMessages = engine.release().watcherMinor >= 5;
  const patches = readPatches(request.body, {
    states: PLAN_STATES,
    internal: [
      ...(hasMessages ? ['/status_message'] : []),
      '/uuid',
      '/links',
      '/created_at',
      '/updated_at',
      '/deleted_at',
    ],
    fields: Object.keys(wire).filter((field) => hasMessages || field !== 'status_message'),
  });
  if (!Array.isArray(patches)) return patches;
  const state = patched(patches, 'state', plan.state);
  if (!PLAN_TRANSITIONS.includes(`${plan.state} ${state}`)) {
    return refusePatch(patches, `State transition not allowed: (${plan.state} -> ${state})`);
  }
  if (state === 'PENDING') engine.applier.start(plan, engine.now());
  else engine.applier.cancel(plan, engine.now());
  return ok(describePlan(plan, request));
}

const ARCHIVABLE = ['SUCCEEDED', 'RECOMMENDED', 'FAILED', 'SUPERSEDED', 'CANCELLED'];

function archivePlan(plan: SimPlan, { engine }: WatcherRequest): Reply {
  if (!ARCHIVABLE.includes(plan.state)) return fault(400, `Couldn't delete when state is '${plan.state}'.`);
  plan.deletedAt = engine.now();
  return { status: 204, body: '' };
}

/** Length of the column that holds an action's message. */
const MESSAGE_LENGTH = 255;

export function writeAction(request: WatcherRequest, id: string | undefined, more: string | undefined): Reply {
  const { method, cloud, engine, minor } = request;
  if (id === undefined || more !== undefined || method !== 'PATCH') return NOT_ALLOWED;
  if (engine.release().watcherMinor < 5) return fault(403, 'Cannot modify an action directly');
  if (minor < 5) return fault(400, 'API microversion 1.5 or higher is required.');
  const plan = cloud.plans.find(
    ({ actions, deletedAt }) => deletedAt === undefined && actions.some((one) => one.id === id),
  );
  const action = plan?.actions.find((one) => one.id === id);
  if (!plan || !action) return fault(404, `Action ${id} could not be found`);
  return refuseByPolicy(request, 'action:update') ?? patchAction(action, plan, request);
}

function patchAction(action: SimAction, plan: SimPlan, { body, engine, minor }: WatcherRequest): Reply {
  const patches = readPatches(body, {
    states: ACTION_STATES,
    internal: [],
    allowed: ['/state', '/status_message'],
    fields: ['state', 'status_message'],
  });
  if (!Array.isArray(patches)) return patches;
  const state = patched(patches, 'state', action.state);
  if (state !== action.state) {
    if (`${action.state} ${state}` !== 'PENDING SKIPPED') {
      return fault(409, `State transition not allowed: (${action.state} -> ${state})`);
    }
    if (!['RECOMMENDED', 'PENDING'].includes(plan.state)) {
      return fault(409, `State update not allowed for actionplan state: ${plan.state}`);
    }
  }
  const reason = patched(patches, 'status_message', action.statusMessage);
  const isReasonNew = reason !== action.statusMessage;
  if (isReasonNew && state === action.state && state !== 'SKIPPED') {
    return fault(409, 'status_message update only allowed when action state is SKIPPED');
  }
  const message = `Action skipped by user.${isReasonNew ? ` Reason: ${reason}` : ''}`;
  if (message.length > MESSAGE_LENGTH) {
    return fault(500, `(pymysql.err.DataError) (1406, "Data too long for column 'status_message' at row 1")`);
  }
  action.state = state ?? action.state;
  action.statusMessage = message;
  action.updatedAt = engine.now();
  if (engine.knobs.expiresAfterSkip.has(plan)) plan.state = 'SUPERSEDED';
  return ok(describeAction({ ...action, updatedAt: action.updatedAt }, plan, minor));
}
