import type { AuditSettings } from '@/lib/contract/v1/new-audit';
import { formatNames, formatThings } from '@/lib/format';
import { isRecord } from '@/lib/is-record';
import { ignoresExclusions } from '../plans/exclusions';
import { describeInterval, type Interval } from './interval';
import { type Cover, isWhole } from './scope';
import { wordsOf } from './strategies';

/** What a new audit will do, a sentence each, the most important first. */

type Known = { covers: Cover | null; repeats: Interval | null };

export function willDo(settings: AuditSettings, { covers, repeats }: Known): string[] {
  const { strategy, parameters, scope, auto_trigger: starts } = settings;
  const start = whenOf(settings, repeats);
  const where =
    covers === null
      ? 'the cloud'
      : `${formatThings(covers.hosts.length, 'host')} and ${formatThings(covers.vms, 'VM')}`;
  const end = starts ? ', and starts its plans without asking.' : '.';
  const lines = [`${start} looks at ${where}${placeOf(settings)} ${proposesOf(strategy, parameters)}${end}`];
  lines.push(
    starts
      ? 'Nobody sees a plan before it runs: no review, no check, no moment to leave a move out.'
      : `You decide on each plan.${repeats === null ? '' : ' A new run replaces a plan that still waits.'}`,
  );
  if (covers !== null && covers.staying > 0)
    lines.push(
      ignoresExclusions(strategy)
        ? `${formatThings(covers.staying, 'VM')} should stay, but this strategy moves them all the same.`
        : `${formatThings(covers.staying, 'VM stays', 'VMs stay')}; their load still counts.`,
    );
  const { warning } = wordsOf(strategy);
  if (warning !== null) lines.push(warning);
  if (!settings.force) lines.push('While another plan runs, Watcher gives up without a word.');
  if (!isWhole(scope)) lines.push('The scope is sent as a template, which is deleted once the audit exists.');
  return lines;
}

function whenOf({ type }: AuditSettings, repeats: Interval | null): string {
  if (type === 'EVENT') return 'Whenever its webhook is called, Watcher';
  if (type === 'ONESHOT') return 'Once, now, Watcher';
  if (repeats === null) return 'Again and again, Watcher';
  const words = describeInterval(repeats);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, Watcher`;
}

function placeOf({ scope }: AuditSettings): string {
  const { zones = [], aggregates = [] } = scope ?? {};
  const names = [...zones, ...aggregates];
  return names.length === 0 ? '' : ` in ${formatNames(names)}`;
}

function proposesOf(strategy: string, parameters: AuditSettings['parameters']): string {
  switch (strategy) {
    case 'workload_stabilization': {
      const { thresholds, metrics = ['instance_cpu_usage'] } = parameters;
      const used = Array.isArray(metrics) ? metrics.map(String) : [];
      const spreads = used.map((metric) => {
        const limit = isRecord(thresholds) ? thresholds[metric] : DEFAULT_SPREAD;
        return `the spread of ${nameOf(metric)} is above ${spreadLimit(limit)}`;
      });
      return `and proposes moves when ${spreads.length === 0 ? 'hosts differ' : spreads.join(' or ')}`;
    }
    case 'workload_balance': {
      const { threshold = 25, metrics = 'instance_cpu_usage' } = parameters;
      const limit = isPercent(threshold) ? `${threshold}%` : 'its limit';
      return `and proposes to move one VM when a host’s ${nameOf(metrics)} is above ${limit}`;
    }
    case 'host_maintenance':
      return `and proposes to disable ${named(parameters.maintenance_node)} and to move every VM off it`;
    case 'zone_migration':
      return 'and proposes to move VMs away from the hosts that you name';
    case 'vm_workload_consolidation':
    case 'node_resource_consolidation':
    case 'basic':
      return 'and proposes to empty hosts and to disable them';
    default:
      return 'and proposes what its strategy finds';
  }
}

/** As Watcher's schema has it. */
const DEFAULT_SPREAD = 0.1;

const nameOf = (metric: unknown): string => (metric === 'instance_ram_usage' ? 'RAM' : 'CPU');

/** In the unit of its field, 0 to 1. What can't be a limit is said there. */
const spreadLimit = (limit: unknown): string =>
  typeof limit === 'number' && limit >= 0 && limit <= 1 ? String(Number(limit.toFixed(3))) : 'its limit';

const isPercent = (limit: unknown): boolean => typeof limit === 'number' && limit > 0 && limit <= 100;

const named = (host: unknown): string => (typeof host === 'string' && host !== '' ? host : 'the host');
