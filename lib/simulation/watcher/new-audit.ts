import { isRecord } from '@/lib/is-record';
import { isInterval } from '../intervals';
import type { SimAudit } from '../model';
import { goalNamed, STRATEGIES } from '../strategies';
import { specOf, withDefaults } from '../strategy-specs';
import { naive, type Reply } from '../wire';
import { refuseParameters } from './check-parameters';
import { inPython } from './patches';
import { fault, plainFault, type WatcherRequest } from './reply';
import { offered } from './resources';
import { templateNamed } from './templates';

/** What Watcher reads from the body of a new audit, and its words for those it refuses. */

type Wanted = Omit<SimAudit, 'id'>;

const READ_ONLY = ['state', 'scope', 'hostname', 'uuid', 'created_at', 'updated_at', 'deleted_at'];
const FIELDS = [
  'audit_type',
  'goal',
  'strategy',
  'name',
  'parameters',
  'interval',
  'auto_trigger',
  'force',
  'start_time',
  'end_time',
  'audit_template_uuid',
];
const NAME_LENGTH = 63;

const invalid = (field: string, value: unknown, why: string) =>
  fault(
    400,
    `Invalid input for field/attribute ${field}. Value: '${inPython(value).replace(/^'(.*)'$/s, '$1')}'. ${why}`,
  );

export function readAudit(request: WatcherRequest): Wanted | Reply {
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    return fault(400, 'Request is not in valid JSON format');
  }
  if (!isRecord(body)) return fault(400, 'Request is not in valid JSON format');
  const readOnly = READ_ONLY.find((field) => field in body);
  if (readOnly !== undefined) return invalid(readOnly, body[readOnly], 'Cannot set read only field.');
  const unknown = Object.keys(body).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) return fault(400, `Unknown attribute for argument audit_p: ${unknown}`);
  if (typeof body.interval === 'number') {
    return invalid('interval', String(body.interval), "Wrong type. Expected '<class 'str'>', got '<class 'int'>'");
  }
  return refuseTimes(body, request) ?? refuseTarget(body, request) ?? toAudit(body, request);
}

type Body = Record<string, unknown>;

function refuseTimes(body: Body, { minor }: WatcherRequest): Reply | undefined {
  const { audit_type: type, interval } = body;
  const isTimed = body.start_time !== undefined || body.end_time !== undefined;
  if (type === undefined || type === null) return invalid('audit_type', 'None', 'Mandatory field missing.');
  if (typeof type !== 'string' || !['ONESHOT', 'CONTINUOUS', 'EVENT'].includes(type)) {
    return fault(400, `Audit type ${type} could not be found`);
  }
  if (isTimed && minor < 1) return plainFault(406, 'Not Acceptable', 'Request not acceptable.');
  if (type === 'CONTINUOUS' && !interval) return fault(400, 'Interval of audit must be specified for CONTINUOUS.');
  if (type === 'ONESHOT' && interval) return fault(400, 'Interval of audit must not be set for ONESHOT.');
  if (type === 'ONESHOT' && isTimed) return fault(400, 'Start or End time of audit must not be set for ONESHOT.');
  return undefined;
}

function refuseTarget(body: Body, request: WatcherRequest): Reply | undefined {
  const { cloud, engine } = request;
  const { goal, strategy, name, interval, parameters } = body;
  const template = templateOf(body, request);
  if (body.audit_template_uuid !== undefined) {
    if (goal !== undefined) return fault(400, 'Either audit_template_uuid or goal should be provided.');
    if (!template) return fault(400, 'The audit template UUID or name specified is invalid');
  } else if (goal === undefined) {
    return engine.release().watcherMinor < 5
      ? fault(404, 'Goal Unset could not be found')
      : fault(400, 'A valid goal or audit_template_id must be provided');
  } else if (!STRATEGIES.some((one) => [one.goal.name, one.goal.id].includes(String(goal)))) {
    return fault(404, `Goal ${goal} could not be found`);
  }
  if (strategy !== undefined && !strategyIn(body, request)) {
    return fault(404, `Strategy ${strategy} could not be found`);
  }
  const refused = refuseParameters(strategyIn(body, request)?.name, parameters, request);
  if (refused) return refused;
  const short = typeof name === 'string' ? name.slice(0, NAME_LENGTH) : '';
  if (short !== '' && cloud.audits.some((audit) => audit.name === short && audit.deletedAt === undefined)) {
    return fault(409, `An audit with UUID or name ${short} already exists`);
  }
  return typeof interval === 'string' && !isInterval(interval)
    ? fault(500, 'Exactly 5, 6 or 7 columns has to be specified for iterator expression.')
    : undefined;
}

const templateOf = (body: Body, { cloud }: WatcherRequest) =>
  typeof body.audit_template_uuid === 'string' ? templateNamed(cloud.templates, body.audit_template_uuid) : undefined;

const strategyIn = (body: Body, request: WatcherRequest) => {
  const wanted = body.strategy ?? templateOf(body, request)?.strategy;
  return offered(request).find((one) => [one.name, one.id].includes(String(wanted)));
};

const timeOf = (text: unknown): number | null => (typeof text === 'string' ? Date.parse(text) : null);

function toAudit(body: Body, request: WatcherRequest): Wanted {
  const { engine } = request;
  const now = engine.now();
  const template = templateOf(body, request);
  const strategy = strategyIn(body, request);
  const wantedGoal = String(body.goal ?? template?.goal);
  const goal = STRATEGIES.find((one) => [one.goal.name, one.goal.id].includes(wantedGoal))?.goal;
  const name = typeof body.name === 'string' ? body.name.slice(0, NAME_LENGTH) : '';
  const given = isRecord(body.parameters) ? body.parameters : {};
  return {
    name: name || `${strategy?.name ?? goal?.name}-${naive(now)}.000000`,
    type: body.audit_type === 'CONTINUOUS' || body.audit_type === 'EVENT' ? body.audit_type : 'ONESHOT',
    state: 'PENDING',
    goal: goalNamed(goal?.name ?? '')?.name ?? 'dummy',
    strategy: strategy?.name ?? null,
    parameters: strategy ? withDefaults(specOf(strategy.name, engine.release()), given) : {},
    scope: template?.scope ?? [],
    interval: typeof body.interval === 'string' ? body.interval : null,
    force: body.force === true,
    autoTrigger: body.auto_trigger === true,
    nextRunAt: null,
    startAt: timeOf(body.start_time),
    endAt: timeOf(body.end_time),
    statusMessage: null,
    createdAt: now,
    updatedAt: null,
  };
}
