import { isRecord } from '@/lib/is-record';
import { balance } from './balancer';
import type { Cloud, SimAction, SimAudit } from './model';
import { byName, inWaves, openTools } from './plan-tools';
import type { Random } from './random';

/** The actions that strategies propose while the simulation runs, in the order of their planners. */

type Context = { cloud: Cloud; random: Random; at: number };

/** Strategies that are not simulated find nothing to do. */
export function actionsOf(audit: SimAudit, { cloud, random, at }: Context): SimAction[] {
  const tools = openTools(cloud, random);
  switch (audit.strategy) {
    case 'actuator':
      return byWeight(handMade(audit).map(({ type, parameters }) => tools.action(type, parameters)));
    case 'workload_stabilization':
      return byName(tools, balance(cloud, Math.max(3, Math.ceil(cloud.hosts.length * 0.7)), at));
    case 'workload_balance':
      return byName(tools, balance(cloud, 1, at));
    default:
      return [];
  }
}

function handMade({ parameters }: SimAudit): { type: string; parameters: Record<string, unknown> }[] {
  const given = Array.isArray(parameters.actions) ? parameters.actions : [];
  return given.filter(isRecord).map(({ action_type, resource_id, input_parameters }) => ({
    type: String(action_type),
    parameters: {
      ...(isRecord(input_parameters) ? input_parameters : {}),
      ...(resource_id === undefined ? {} : { resource_id }),
    },
  }));
}

/** The usual planner runs heavy types first, and so many actions of a type at once. */
const WEIGHTS: Record<string, number> = {
  nop: 70,
  volume_migrate: 60,
  change_nova_service_state: 50,
  sleep: 40,
  stop: 35,
  migrate: 30,
  resize: 20,
  change_node_power_state: 9,
};
const ONE_BY_ONE = ['change_nova_service_state', 'sleep', 'nop'];

function byWeight(actions: SimAction[]): SimAction[] {
  const weight = ({ type }: SimAction) => WEIGHTS[type] ?? 0;
  const types = [...new Set(actions.toSorted((a, b) => weight(b) - weight(a)).map(({ type }) => type))];
  let before: string[] = [];
  return types.flatMap((type) => {
    const ofType = inWaves(
      actions.filter((action) => action.type === type),
      ONE_BY_ONE.includes(type) ? 1 : 2,
    );
    const last = before;
    const heads = ofType.filter(({ parents }) => parents.length === 0);
    for (const action of heads) action.parents = last;
    const inner = new Set(ofType.flatMap(({ parents }) => parents));
    before = ofType.filter(({ id }) => !inner.has(id)).map(({ id }) => id);
    return ofType;
  });
}
