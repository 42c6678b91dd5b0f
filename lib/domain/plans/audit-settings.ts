import { isRecord } from '@/lib/is-record';

/** The settings of an audit, in one line each. Watcher's own values are kept as they are. */

const FULL_CLUSTER = 'Full Cluster';

/** A weight above this is a mistake: sums of it would not be numbers any more. */
const MOST_WEIGHT = 1e9;

/**
 * Weights of workload_stabilization. The second name of each was used up to Stein.
 * https://docs.openstack.org/watcher/latest/strategies/workload-stabilization.html
 */
export function readWeights(parameters: Record<string, unknown>): { cpu: number | null; ram: number | null } {
  const weights = isRecord(parameters.weights) ? parameters.weights : {};
  const weight = (...names: string[]) =>
    names.map((name) => toNumber(weights[name])).find((value) => value !== null && Math.abs(value) <= MOST_WEIGHT) ??
    null;
  return {
    cpu: weight('instance_cpu_usage_weight', 'cpu_util_weight'),
    ram: weight('instance_ram_usage_weight', 'memory.resident_weight'),
  };
}

/** "zones az-a, az-b; aggregates ssd-hosts; without hosts compute-3", or Full Cluster if nothing limits the audit. */
export function describeScope(scope: unknown[]): string {
  const phrases = scope.flatMap((part) => {
    if (!isRecord(part)) return [];
    const { compute, storage, ...own } = part;
    return [...[compute, storage].filter(Array.isArray).flat(), own].flatMap(describeRule);
  });
  return phrases.length > 0 ? phrases.join('; ') : FULL_CLUSTER;
}

const RULES: Record<string, string> = {
  availability_zones: 'zones',
  host_aggregates: 'aggregates',
  compute_nodes: 'hosts',
  instances: 'VMs',
  instance_metadata: 'VMs with metadata',
  projects: 'projects',
  volume_types: 'volume types',
};

function describeRule(rule: unknown): string[] {
  if (!isRecord(rule)) return [];
  return Object.entries(rule).flatMap(([key, values]) => {
    if (!Array.isArray(values)) return [`${key} ${JSON.stringify(values)}`];
    if (values.length === 0) return [];
    if (key === 'exclude') {
      const phrases = values.flatMap(describeRule);
      return phrases.length === 0 ? [] : [`without ${phrases.join(', ')}`];
    }
    return [`${RULES[key] ?? key} ${values.map(describeItem).join(', ')}`];
  });
}

function describeItem(item: unknown): string {
  if (!isRecord(item)) return String(item);
  if (item.id === '*' || item.name === '*') return 'all';
  if (typeof item.name === 'string') return item.name;
  if (typeof item.uuid === 'string') return item.uuid;
  if (item.id !== undefined) return `#${String(item.id)}`;
  return Object.entries(item)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(' ');
}

function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
