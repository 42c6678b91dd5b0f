import { isRecord } from '@/lib/is-record';
import type { SimAudit } from '../model';
import { goalNamed, STRATEGIES } from '../strategies';
import { naive, type Reply } from '../wire';
import { inPython } from './patches';
import { fault, plainFault, type WatcherRequest } from './reply';

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
/** Seconds, or cron with its usual fields. */
const INTERVAL = /^(\d+|\S+( \S+){4,6})$/;

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

function refuseTarget(body: Body, { cloud, engine }: WatcherRequest): Reply | undefined {
  const { goal, strategy, name, interval, parameters } = body;
  if (body.audit_template_uuid !== undefined) {
    // This cloud has no templates.
    return fault(
      400,
      goal === undefined
        ? 'The audit template UUID or name specified is invalid'
        : 'Either audit_template_uuid or goal should be provided.',
    );
  }
  if (goal === undefined) {
    return engine.release().watcherMinor < 5
      ? fault(404, 'Goal Unset could not be found')
      : fault(400, 'A valid goal or audit_template_id must be provided');
  }
  if (!STRATEGIES.some((one) => [one.goal.name, one.goal.id].includes(String(goal)))) {
    return fault(404, `Goal ${goal} could not be found`);
  }
  if (strategy !== undefined && !STRATEGIES.some((one) => [one.name, one.id].includes(String(strategy)))) {
    return fault(404, `Strategy ${strategy} could not be found`);
  }
  const refused = refuseParameters(strategy, parameters);
  if (refused) return refused;
  const short = typeof name === 'string' ? name.slice(0, NAME_LENGTH) : '';
  if (short !== '' && cloud.audits.some((audit) => audit.name === short && audit.deletedAt === undefined)) {
    return fault(409, `An audit with UUID or name ${short} already exists`);
  }
  return typeof interval === 'string' && !INTERVAL.test(interval)
    ? fault(500, 'Exactly 5, 6 or 7 columns has to be specified for iterator expression.')
    : undefined;
}

/** Only those of the strategy that runs a list of actions are checked. */
function refuseParameters(strategy: unknown, parameters: unknown): Reply | undefined {
  if (parameters !== undefined && strategy === undefined) {
    return fault(
      400,
      'Specify parameters but no predefined strategy for audit, or no parameter spec in predefined strategy',
    );
  }
  if (strategy !== 'actuator') return undefined;
  const given = isRecord(parameters) ? parameters : {};
  const unknown = Object.keys(given).find((name) => name !== 'actions');
  if (unknown !== undefined) return fault(400, `Audit parameter ${unknown} are not allowed`);
  return Array.isArray(given.actions)
    ? undefined
    : fault(400, "Invalid parameters for strategy: 'actions' is a required property");
}

function toAudit(body: Body, { engine }: WatcherRequest): Wanted {
  const now = engine.now();
  const strategy = STRATEGIES.find((one) => [one.name, one.id].includes(String(body.strategy)));
  const goal = STRATEGIES.find((one) => [one.goal.name, one.goal.id].includes(String(body.goal)))?.goal;
  const name = typeof body.name === 'string' ? body.name.slice(0, NAME_LENGTH) : '';
  return {
    name: name || `${strategy?.name ?? goal?.name}-${naive(now)}.000000`,
    type: body.audit_type === 'CONTINUOUS' || body.audit_type === 'EVENT' ? body.audit_type : 'ONESHOT',
    state: 'PENDING',
    goal: goalNamed(goal?.name ?? '')?.name ?? 'dummy',
    strategy: strategy?.name ?? null,
    parameters: isRecord(body.parameters) ? body.parameters : {},
    scope: [],
    interval: typeof body.interval === 'string' ? body.interval : null,
    force: body.force === true,
    autoTrigger: body.auto_trigger === true,
    nextRunAt: null,
    statusMessage: null,
    createdAt: now,
    updatedAt: null,
  };
}
