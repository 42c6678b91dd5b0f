import { formatCount } from '@/lib/format';
import { isRecord } from '@/lib/is-record';
import type { Problem } from './parameters';

/** What the schemas of strategies do not say: values with which Watcher's audit fails later, and what is dangerous. */

export type OfCloud = {
  /** Names of the hosts that the audit looks at, and of all. */
  hosts: string[];
  allHosts: string[];
};

export type Found = { problems: Problem[]; warnings: Problem[] };

type Parameters = Record<string, unknown>;
type Rule = (parameters: Parameters, cloud: OfCloud) => (Problem & { isProblem: boolean })[];

const problem = (field: string, text: string) => ({ field: `parameters.${field}`, text, isProblem: true });
const warning = (field: string, text: string) => ({ field: `parameters.${field}`, text, isProblem: false });

const oneOf = (field: string, value: unknown, allowed: string[]) =>
  value === undefined || allowed.includes(String(value))
    ? []
    : [
        problem(
          field,
          `It must be ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}: with anything else the audit fails.`,
        ),
      ];

const partOf = (parameters: Parameters, name: string): Parameters | undefined =>
  isRecord(parameters[name]) ? parameters[name] : undefined;

const METRICS = ['instance_cpu_usage', 'instance_ram_usage'];
const AGGREGATES = ['mean', 'min', 'max'];

/** Numbers that the schema takes, and with which nothing is found, or the audit fails. What is no number, the schema refuses. */
const within = (field: string, value: unknown, [least, most, text]: [number, number, string]) =>
  typeof value === 'number' && !(value >= least && value <= most) ? [problem(field, text)] : [];

const YEAR_SECONDS = 366 * 86_400;
const lookBack = (field: string, value: unknown) =>
  within(field, value, [1, YEAR_SECONDS, 'Give seconds: at least 1, and at most a year, which is 31,622,400.']);

const whole = (field: string, value: unknown) =>
  typeof value === 'number' && !Number.isInteger(value) ? [problem(field, 'Give a whole number.')] : [];

/** What several strategies have. */
const measuring: Rule = (parameters) => {
  const [periods, aggregates] = [partOf(parameters, 'periods'), partOf(parameters, 'aggregation_method')];
  return [
    ...lookBack('period', parameters.period),
    ...lookBack('granularity', parameters.granularity),
    ...['instance', 'compute_node'].flatMap((name) => [
      ...lookBack(`periods.${name}`, periods?.[name]),
      ...oneOf(`aggregation_method.${name}`, aggregates?.[name], AGGREGATES),
    ]),
  ];
};

const stabilization: Rule = (parameters, cloud) => {
  const { hosts } = cloud;
  const { host_choice: choice = 'retry', retry_count: tries = 1, metrics = ['instance_cpu_usage'] } = parameters;
  const [weights, thresholds] = [partOf(parameters, 'weights'), partOf(parameters, 'thresholds')];
  const names = partOf(parameters, 'instance_metrics');
  const used = Array.isArray(metrics) ? metrics.map(String) : [];
  const others = hosts.length - 1;
  const limit = thresholds === undefined ? 0.1 : Number(thresholds.instance_cpu_usage);
  const found = [
    ...measuring(parameters, cloud),
    ...oneOf('host_choice', parameters.host_choice, ['retry', 'cycle', 'fullsearch']),
    ...whole('retry_count', parameters.retry_count),
    ...(used.length === 0 ? [problem('metrics', 'Choose what counts: CPU, RAM or both.')] : []),
    ...used.flatMap((metric) => [
      ...(weights !== undefined && weights[`${metric}_weight`] === undefined
        ? [problem(`weights.${metric}_weight`, 'It counts and has no weight: the audit would fail.')]
        : []),
      ...(thresholds !== undefined && thresholds[metric] === undefined
        ? [problem(`thresholds.${metric}`, 'It counts and has no limit: the audit would fail.')]
        : []),
      ...(names !== undefined && names[metric] === undefined
        ? [problem('instance_metrics', `It names no metric of hosts for ${metric}: the audit would fail.`)]
        : []),
    ]),
  ];
  if (choice === 'retry' && others > 0 && Number(tries) > others) {
    const few = `More tries than the ${formatCount(others)} other hosts: Watcher would fail the audit. Use 1 to ${others}.`;
    found.push(problem('retry_count', few));
  }
  if (choice === 'retry') found.push(warning('host_choice', 'Random: two runs may differ.'));
  if (used.includes('instance_cpu_usage') && Number.isFinite(limit)) {
    const field = 'thresholds.instance_cpu_usage';
    if (limit >= 0 && limit < 0.05) found.push(warning(field, 'Nearly always acts; expect many moves, all at once.'));
  }
  return found;
};

const balance: Rule = (parameters, cloud) => {
  const limit = Number(parameters.threshold ?? 25);
  return [
    ...measuring(parameters, cloud),
    ...oneOf('metrics', parameters.metrics, METRICS),
    ...(limit <= 0 || limit > 100 ? [problem('threshold', 'Give percent: above 0, and at most 100.')] : []),
    ...(limit > 0 && limit <= 30
      ? [warning('threshold', 'Nearly every host is above this: it would move one VM at each run, for ever.')]
      : []),
  ];
};

const maintenance: Rule = (parameters, { allHosts }) => {
  const { maintenance_node: host, backup_node: backup } = parameters;
  const isKnown = (name: unknown) => typeof name === 'string' && allHosts.includes(name);
  const [noLive, noCold] = [parameters.disable_live_migration === true, parameters.disable_cold_migration === true];
  return [
    ...(host !== undefined && !isKnown(host) ? [problem('maintenance_node', 'Nova has no host with this name.')] : []),
    ...(backup !== undefined && !isKnown(backup) ? [problem('backup_node', 'Nova has no host with this name.')] : []),
    ...(backup !== undefined && backup === host ? [problem('backup_node', 'It is the host to empty.')] : []),
    ...(noLive && noCold
      ? [warning('disable_cold_migration', 'Running VMs are stopped, and nothing starts them again.')]
      : noLive
        ? [warning('disable_live_migration', 'Running VMs are shut down to move.')]
        : []),
  ];
};

const MOST_OBJECTS = 10_000;
const atLeastOne = (field: string, value: unknown) =>
  within(field, value, [1, MOST_OBJECTS, 'Give 1 to 10,000: with 0, the plan would be empty.']);

function checkPool(pool: unknown, at: number): ReturnType<Rule> {
  if (!isRecord(pool)) return [];
  const { src_pool: source, dst_pool: target, dst_type: type } = pool;
  if (source !== undefined && (target === undefined) !== (type === undefined)) return [];
  const text = `Line ${at + 1} needs a pool to leave and one target: host@lvm > host@ceph, or host@lvm > type ssd.`;
  return [problem('storage_pools', text)];
}

const zone: Rule = (parameters, { allHosts }) => {
  const nodes = Array.isArray(parameters.compute_nodes) ? parameters.compute_nodes.filter(isRecord) : [];
  const pools = Array.isArray(parameters.storage_pools) ? parameters.storage_pools : [];
  const named = nodes
    .flatMap(({ src_node, dst_node }) => [src_node, dst_node])
    .filter((name) => typeof name === 'string');
  const sources = nodes.map(({ src_node: source }) => source);
  const unknown = named.filter((name) => !allHosts.includes(name));
  const first = partOf(parameters, 'priority')?.compute_node;
  const odd = (Array.isArray(first) ? first.map(String) : []).filter((name) => !allHosts.includes(name));
  return [
    ...(nodes.length + pools.length === 0 ? [problem('compute_nodes', 'Name at least one host to leave.')] : []),
    ...(unknown.length > 0 ? [problem('compute_nodes', `Nova has no host called ${unknown.join(', ')}.`)] : []),
    ...(new Set(sources).size < sources.length ? [problem('compute_nodes', 'A host is there twice.')] : []),
    ...pools.flatMap((pool, i) => checkPool(pool, i)),
    ...atLeastOne('parallel_total', parameters.parallel_total),
    ...(nodes.length > 0 ? atLeastOne('parallel_per_node', parameters.parallel_per_node) : []),
    ...(pools.length > 0 ? atLeastOne('parallel_per_pool', parameters.parallel_per_pool) : []),
    ...(nodes.some(({ src_node, dst_node }) => src_node === dst_node)
      ? [problem('compute_nodes', 'A host can’t take its own VMs.')]
      : []),
    ...(pools.length > 0 ? [warning('storage_pools', 'Copying volumes takes hours.')] : []),
    ...(odd.length > 0 ? [problem('priority.compute_node', `Nova has no host called ${odd.join(', ')}.`)] : []),
  ];
};

const RULES: Record<string, Rule> = {
  workload_stabilization: stabilization,
  workload_balance: balance,
  vm_workload_consolidation: measuring,
  basic: (parameters, cloud) => [
    ...measuring(parameters, cloud),
    ...whole('migration_attempts', parameters.migration_attempts),
    ...within('migration_attempts', parameters.migration_attempts, [0, 10_000, 'Give 0 or more.']),
  ],
  node_resource_consolidation: (parameters) => oneOf('host_choice', parameters.host_choice, ['auto', 'specify']),
  host_maintenance: maintenance,
  zone_migration: zone,
};

export function checkRules(strategy: string, parameters: Parameters, cloud: OfCloud): Found {
  const found = RULES[strategy]?.(parameters, cloud) ?? [];
  const pick = (isProblem: boolean) =>
    found.filter((one) => one.isProblem === isProblem).map(({ field, text }) => ({ field, text }));
  return { problems: pick(true), warnings: pick(false) };
}
