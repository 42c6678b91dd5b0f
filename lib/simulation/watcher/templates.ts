import { isRecord } from '@/lib/is-record';
import type { SimTemplate } from '../model';
import { STRATEGIES, strategyNamed } from '../strategies';
import { offset, type Reply } from '../wire';
import { inPython } from './patches';
import { fault, INTERNAL, linksTo, list, NOT_ALLOWED, one, refuseByPolicy, type WatcherRequest } from './reply';

/** Audit templates, which are the only way to give an audit a scope. */

const describe = (template: SimTemplate, minor: number) => ({
  uuid: template.id,
  name: template.name,
  description: template.description,
  goal_uuid: STRATEGIES.find(({ goal }) => goal.name === template.goal)?.goal.id ?? null,
  goal_name: template.goal,
  strategy_uuid: strategyNamed(template.strategy)?.id ?? null,
  strategy_name: template.strategy,
  links: linksTo('audit_templates', template.id),
  scope: template.scope,
  ...(minor >= 7 ? { default_parameters: {} } : {}),
  created_at: offset(template.createdAt),
  deleted_at: null,
  updated_at: null,
});

export const templateNamed = (templates: SimTemplate[], wanted: string): SimTemplate | undefined =>
  templates.find(({ id, name }) => [id, name].includes(wanted));

export function templates(request: WatcherRequest, wanted: string | undefined): Reply {
  const { cloud, minor } = request;
  const describeOne = (row: SimTemplate) => describe(row, minor);
  if (wanted !== undefined)
    return one(templateNamed(cloud.templates, wanted), describeOne, { what: 'AuditTemplate', id: wanted });
  return list(request, {
    name: 'audit_templates',
    rows: cloud.templates,
    describe: describeOne,
    detail: ['scope', 'created_at', 'updated_at', 'deleted_at'],
    filters: [],
  });
}

export function writeTemplate(request: WatcherRequest, wanted: string | undefined): Reply {
  const { method, cloud } = request;
  if (wanted === undefined) return method === 'POST' ? createTemplate(request) : NOT_ALLOWED;
  if (method !== 'DELETE') return NOT_ALLOWED;
  const refused = refuseByPolicy(request, 'audit_template:delete');
  if (refused) return refused;
  const template = templateNamed(cloud.templates, wanted);
  if (!template) return fault(404, `AuditTemplate ${wanted} could not be found`);
  // Audits that came from it keep its scope.
  cloud.templates = cloud.templates.filter((other) => other !== template);
  return { status: 204, body: '' };
}

const FIELDS = ['name', 'description', 'goal', 'strategy', 'scope'];

function createTemplate(request: WatcherRequest): Reply {
  const { cloud, engine, minor, body } = request;
  const refused = refuseByPolicy(request, 'audit_template:create');
  if (refused) return refused;
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return fault(400, 'Request is not in valid JSON format');
  }
  if (!isRecord(given)) return fault(400, 'Request is not in valid JSON format');
  const unknown = Object.keys(given).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) return fault(400, `Unknown attribute for argument audit_template_postdata: ${unknown}`);
  const { name, description, scope } = given;
  if (typeof name !== 'string')
    return fault(400, "Invalid input for field/attribute name. Value: 'None'. Mandatory field missing.");
  const invalid = (why: string) =>
    fault(400, `Invalid input for field/attribute audit_template_postdata. Value: '${inPython(given)}'. ${why}`);
  const goal = STRATEGIES.find((row) => [row.goal.name, row.goal.id].includes(String(given.goal)))?.goal;
  if (!goal) return invalid(`Goal ${given.goal} is invalid`);
  const strategy = STRATEGIES.find((row) => [row.name, row.id].includes(String(given.strategy)));
  if (given.strategy !== undefined && !strategy) return invalid(`Strategy ${given.strategy} is invalid`);
  if (strategy && strategy.goal !== goal) {
    const choices = STRATEGIES.map((row) => `'${row.id}' (${row.name})`).join(', ');
    return invalid(`'${strategy.name}' strategy does relate to the '${goal.name}' goal. Possible choices: ${choices}`);
  }
  const rules = asRules(scope);
  if (typeof rules === 'string') return fault(500, rules);
  if (cloud.templates.some((template) => template.name === name))
    return fault(409, `An audit_template with UUID or name ${name} already exists`);
  const template: SimTemplate = {
    id: engine.newId(),
    name,
    description: typeof description === 'string' ? description : null,
    goal: goal.name,
    strategy: strategy?.name ?? null,
    scope: rules,
    createdAt: engine.now(),
  };
  cloud.templates.push(template);
  return {
    status: 201,
    body: describe(template, minor),
    headers: { location: `${INTERNAL}/v1/audit_templates/${template.id}` },
  };
}

const RULES = ['host_aggregates', 'availability_zones', 'exclude'];

/** @returns Watcher's words for a scope that it can't read, which it answers with 500 */
function asRules(scope: unknown): unknown[] | string {
  if (scope === undefined) return [];
  if (!Array.isArray(scope)) return `${inPython(scope)} is not of type 'array'`;
  const rules = scope.flatMap((part) => (isRecord(part) && Array.isArray(part.compute) ? part.compute : [part]));
  const odd = rules
    .filter(isRecord)
    .flatMap((rule) => Object.keys(rule))
    .find((name) => !RULES.includes(name));
  return odd === undefined
    ? scope
    : `Additional properties are not allowed ('${odd}' was unexpected)\n\nFailed validating 'additionalProperties'`;
}
