import { isRecord } from '@/lib/is-record';
import { balance, byUse, pack, serversToDrain, spreadOf } from './balancer';
import { type Cloud, hostAt, type SimAction, type SimAudit, type SimHost } from './model';
import { capacityOf, inventoryOf } from './occupancy';
import { byName, inWaves, type OptimizerTools, openTools } from './plan-tools';
import type { Random } from './random';
import { type Seen, seenBy } from './scope';

/** The actions that strategies propose while the simulation runs, in the order of their planners. */

type Context = { cloud: Cloud; random: Random; at: number };
type Work = { audit: SimAudit; tools: OptimizerTools; seen: Seen; at: number };

/** null if the strategy fails, and the audit with it. Strategies that are not simulated find nothing to do. */
export function actionsOf(audit: SimAudit, { cloud, random, at }: Context): SimAction[] | null {
  const tools = openTools(cloud, random);
  const seen = seenBy(audit, cloud);
  const strategy = STRATEGIES[audit.strategy ?? ''];
  if (seen === null) return null;
  return strategy ? strategy({ audit, tools, seen, at }) : [];
}

const STRATEGIES: Record<string, (work: Work) => SimAction[] | null> = {
  actuator: ({ audit, tools }) =>
    byWeight(handMade(audit).map(({ type, parameters }) => tools.action(type, parameters))),
  workload_stabilization: stabilize,
  workload_balance: ({ audit, tools, seen, at }) => {
    if (!['instance_cpu_usage', 'instance_ram_usage'].includes(String(audit.parameters.metrics ?? METRIC))) return null;
    const above = Number(audit.parameters.threshold ?? 25) / 100;
    return byName(tools, balance(tools.cloud, { maxMoves: 1, among: seen.hosts, stays: seen.stays, above }, at));
  },
  vm_workload_consolidation: consolidate,
  node_resource_consolidation: consolidateNodes,
  host_maintenance: maintain,
  zone_migration: leaveZones,
};

const METRIC = 'instance_cpu_usage';

function stabilize({ audit: { parameters }, tools, seen, at }: Work): SimAction[] | null {
  const { host_choice: choice = 'retry', retry_count: tries = 1, thresholds, metrics, weights } = parameters;
  const isKnown = ['retry', 'cycle', 'fullsearch'].includes(String(choice));
  if (!isKnown || (choice === 'retry' && Number(tries) > seen.hosts.length - 1)) return null;
  const used = Array.isArray(metrics) ? metrics.map(String) : [METRIC];
  if (isRecord(weights) && used.some((metric) => weights[`${metric}_weight`] === undefined)) return null;
  const limit = isRecord(thresholds) ? Number(thresholds[METRIC] ?? 0.1) : 0.1;
  if (spreadOf(tools.cloud, seen.hosts, at) <= limit) return [];
  const maxMoves = Math.max(3, Math.ceil(seen.hosts.length * 0.7));
  return byName(tools, balance(tools.cloud, { maxMoves, among: seen.hosts, stays: seen.stays }, at));
}

/** The least used host whose VMs all fit elsewhere is disabled and emptied. */
function consolidate({ tools, seen, at }: Work): SimAction[] {
  const { cloud } = tools;
  for (const source of byUse(cloud, at).filter((host) => seen.hosts.includes(host))) {
    const movable = serversToDrain(cloud, source, at).filter((server) => !seen.stays(server));
    const moves = pack(cloud, { source, among: seen.hosts, maxMoves: MOST_MOVES }, at).filter(
      ({ server }) => !seen.stays(server),
    );
    if (moves.length > 0 && moves.length === movable.length)
      return inWaves([tools.disable(source, 'watcher_disabled'), ...byName(tools, moves)], 2);
  }
  return [];
}

const MOST_MOVES = 40;

/** Ignores VMs that are left out. The scheduler chooses targets; the host is enabled again at the end. */
function consolidateNodes({ tools, seen, at }: Work): SimAction[] {
  const { cloud } = tools;
  const source = byUse(cloud, at).find(
    (host) => seen.hosts.includes(host) && serversToDrain(cloud, host, at).some(({ status }) => status === 'ACTIVE'),
  );
  if (!source) return [];
  const moves = serversToDrain(cloud, source, at)
    .filter(({ status }) => status === 'ACTIVE')
    .slice(0, MOST_MOVES)
    .map((server) => tools.migrate(server, source.name, null));
  return inWaves([tools.disable(source, 'watcher_disabled'), ...moves, tools.enable(source)], 1);
}

/** Ignores VMs that are left out. */
function maintain({ audit: { parameters }, tools, at }: Work): SimAction[] | null {
  const { cloud } = tools;
  const named = (name: unknown) => cloud.hosts.find((host) => host.name === name);
  const host = named(parameters.maintenance_node);
  const wanted = parameters.backup_node === undefined ? null : named(parameters.backup_node);
  if (!host || wanted === undefined) return null;
  const backup = backupFor(host, { wanted, cloud, at });
  const [noLive, noCold] = [parameters.disable_live_migration === true, parameters.disable_cold_migration === true];
  const moves = serversToDrain(cloud, host, at).flatMap((server) => {
    const isLive = server.status === 'ACTIVE' && !noLive;
    if (!isLive && noCold)
      return server.status === 'ACTIVE'
        ? [tools.action('stop', { resource_id: server.id, resource_name: server.name })]
        : [];
    const move = tools.migrate(server, host.name, backup?.name ?? null);
    move.parameters = { ...move.parameters, migration_type: isLive ? 'live' : 'cold' };
    return [move];
  });
  const opened = backup === null || backup.enabled ? [] : [tools.enable(backup)];
  return byWeight([...opened, tools.disable(host, 'watcher_maintaining'), ...moves]);
}

/**
 * The one host that takes every VM: the one asked for, unless it is too small, or the first that a consolidation disabled.
 * null if the scheduler chooses for each.
 */
function backupFor(
  host: SimHost,
  { wanted, cloud, at }: { wanted: SimHost | null; cloud: Cloud; at: number },
): SimHost | null {
  const load = (one: SimHost) =>
    cloud.servers
      .filter((server) => server.deletedAt === undefined && hostAt(server, at) === one)
      .reduce((sum, { flavor }) => ({ vcpus: sum.vcpus + flavor.vcpus, ram: sum.ram + flavor.ramMib }), {
        vcpus: 0,
        ram: 0,
      });
  const needs = load(host);
  const fits = (one: SimHost) => {
    const { VCPU, MEMORY_MB } = inventoryOf(one);
    const has = load(one);
    return (
      VCPU !== undefined &&
      MEMORY_MB !== undefined &&
      has.vcpus + needs.vcpus <= capacityOf(VCPU) &&
      has.ram + needs.ram <= capacityOf(MEMORY_MB)
    );
  };
  const spare = cloud.hosts.filter(
    (one) => one !== host && one.up && !one.enabled && one.disabledReason === 'watcher_disabled',
  );
  return [...(wanted === null ? [] : [wanted]), ...spare].find(fits) ?? null;
}

/** Ignores VMs that are left out. Its limits cap the number of objects in the plan. */
function leaveZones({ audit: { parameters }, tools, at }: Work): SimAction[] | null {
  const { cloud } = tools;
  const pairs = (Array.isArray(parameters.compute_nodes) ? parameters.compute_nodes : []).filter(isRecord);
  const [total, perNode] = [Number(parameters.parallel_total ?? 6), Number(parameters.parallel_per_node ?? 2)];
  const moves = pairs.flatMap(({ src_node: source, dst_node: target }) =>
    cloud.servers
      .filter((server) => ['ACTIVE', 'SHUTOFF'].includes(server.status) && hostAt(server, at)?.name === source)
      .slice(0, perNode)
      .map((server) => tools.migrate(server, String(source), typeof target === 'string' ? target : null)),
  );
  return inWaves(moves.slice(0, total), 2);
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
