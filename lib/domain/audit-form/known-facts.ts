import type { AuditSettings, NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { formatCount, formatNames, formatPercent, formatThings } from '@/lib/format';
import { isRecord } from '@/lib/is-record';
import type { FormFacts } from './form-facts';
import { type Cover, isWhole } from './scope';
import { spreadOf } from './spread';

/** What is known now about an audit that is not created yet: whether anything looks, what is measured, would it act. */

export type Fact = NewAuditCheck['facts'][number];

type Cloud = Pick<FormFacts, 'engines' | 'blockedBy' | 'running' | 'cpu' | 'ram' | 'hosts' | 'marked'>;
type Use = ReadonlyMap<string, number>;

const fact = (tone: Fact['tone'], text: string, field: string | null = null): Fact => ({ field, tone, text });

export function listFacts(settings: AuditSettings, covers: Cover | null, cloud: Cloud): Fact[] {
  // Watcher neither measures nor moves what is on hosts that are disabled or down.
  const hosts = covers?.hosts.filter(({ isOpen }) => isOpen).map(({ name }) => name) ?? [];
  const metrics = metricsOf(settings).map((name) => ({ name, use: name === 'CPU' ? cloud.cpu : cloud.ram }));
  return [
    ...whetherTaken(settings, cloud),
    ...(hosts.length === 0 ? [] : metrics.map((metric) => whetherMeasured(metric, hosts))),
    ...(hosts.length === 0 ? [] : whetherActs(settings, hosts, metrics)),
    ...zoneLimit(settings, cloud),
    ...markedInside(settings, covers, cloud),
  ];
}

/** What keeps Watcher from taking the audit up. */
function whetherTaken({ type, force }: AuditSettings, { engines, blockedBy, running }: Cloud): Fact[] {
  const facts: Fact[] = [];
  if (engines === 0) facts.push(fact('error', 'No decision engine is up: nothing looks until one comes back.'));
  if (type === 'CONTINUOUS' && blockedBy.length > 0)
    facts.push(
      fact(
        'error',
        `Watcher can’t read the interval of ${formatNames(blockedBy)}, and takes up no new repeating audit until that is mended.`,
      ),
    );
  if (!force && running.length > 0) {
    const runs = `The plan of ${formatNames(running)} is running`;
    facts.push(
      type === 'ONESHOT'
        ? fact('error', `${runs}: Watcher would cancel this audit at once.`)
        : fact('info', `${runs}: this audit’s runs are left out until it is over.`),
    );
  }
  return facts;
}

type Metric = { name: 'CPU' | 'RAM'; use: Use };

/** What a strategy measures of hosts or their VMs; none for those that go by allocation. */
function metricsOf({ strategy, parameters: { metrics } }: AuditSettings): Metric['name'][] {
  const named = (name: unknown): Metric['name'] => (name === 'instance_ram_usage' ? 'RAM' : 'CPU');
  if (strategy === 'workload_stabilization') return Array.isArray(metrics) ? [...new Set(metrics.map(named))] : ['CPU'];
  if (strategy === 'workload_balance') return [named(metrics)];
  return strategy === 'vm_workload_consolidation' || strategy === 'basic' ? ['CPU', 'RAM'] : [];
}

function whetherMeasured({ name, use }: Metric, hosts: string[]): Fact {
  const missing = hosts.filter((host) => !use.has(host));
  const some = `${name} is measured for ${formatCount(hosts.length - missing.length)} of ${formatThings(hosts.length, 'host')}`;
  if (missing.length === 0) return fact('ok', `${some}.`);
  return fact('warn', `${some}. Without it: ${formatNames(missing)}.`);
}

function whetherActs({ strategy, parameters }: AuditSettings, hosts: string[], metrics: Metric[]): Fact[] {
  if (strategy === 'workload_stabilization') return metrics.flatMap((metric) => bySpread(parameters, hosts, metric));
  return strategy === 'workload_balance' ? metrics.flatMap((metric) => byLimit(parameters, hosts, metric)) : [];
}

function bySpread({ thresholds }: AuditSettings['parameters'], hosts: string[], { name, use }: Metric): Fact[] {
  const key = name === 'CPU' ? 'instance_cpu_usage' : 'instance_ram_usage';
  const limit = isRecord(thresholds) ? Number(thresholds[key]) : DEFAULT_SPREAD;
  const spread = spreadOf(measuredOf(hosts, use), use);
  if (spread === null || !(limit >= 0 && limit <= 1)) return [];
  const acts = spread > limit;
  const [now, at] = [formatCount(spread, 3), formatCount(limit, 2)];
  return [
    fact(
      acts ? 'warn' : 'info',
      acts
        ? `Would act now: the spread of ${name} is ${now}${ofMeasured(hosts, use)}.`
        : `Would find nothing now: the spread of ${name} is ${now}${ofMeasured(hosts, use)}.`,
    ),
    fact(
      'info',
      `Now: ${now}. At ${at} it would ${acts ? 'act now' : 'find nothing now'}.`,
      `parameters.thresholds.${key}`,
    ),
  ];
}

/** Watcher leaves out hosts without measurements, too. */
const measuredOf = (hosts: string[], use: Use): string[] => hosts.filter((host) => use.has(host));

const ofMeasured = (hosts: string[], use: Use): string => {
  const measured = measuredOf(hosts, use).length;
  return measured === hosts.length
    ? ''
    : ` among the ${formatThings(measured, 'host that is measured', 'hosts that are measured')}`;
};

/** As Watcher's schema has it. */
const DEFAULT_SPREAD = 0.1;
const DEFAULT_LIMIT = 25;

/** Watcher adds up what VMs use; what their hosts use is near to it. */
function byLimit({ threshold }: AuditSettings['parameters'], hosts: string[], { name, use }: Metric): Fact[] {
  const limit = Number(threshold ?? DEFAULT_LIMIT);
  const known = hosts.flatMap((host) => {
    const percent = use.get(host);
    return percent === undefined ? [] : [{ host, percent }];
  });
  const [top] = known.sort((a, b) => b.percent - a.percent);
  if (top === undefined || !(limit > 0 && limit <= 100)) return [];
  const over = known.filter(({ percent }) => percent > limit).length;
  const highest = `${top.host} has the most ${name}, ${formatPercent(top.percent, 0)}${ofMeasured(hosts, use)}`;
  return [
    over > 0
      ? fact('warn', `Would act now: ${formatThings(over, 'host is', 'hosts are')} above the limit; ${highest}.`)
      : fact('info', `Would find nothing now: ${highest}.`),
    fact('info', `Now: ${formatPercent(top.percent, 0)} at most, on ${top.host}.`, 'parameters.threshold'),
  ];
}

/** VMs stay in their zone, so a plan for one zone has its hosts as targets only. */
function zoneLimit({ scope }: AuditSettings, { hosts }: Cloud): Fact[] {
  const inside = scope?.zones ?? [];
  const others = [...new Set((hosts ?? []).map(({ zone }) => zone))].filter((zone) => !inside.includes(zone)).sort();
  if (isWhole(scope) || inside.length === 0 || others.length === 0 || (scope?.aggregates ?? []).length > 0) return [];
  return [fact('info', `A plan in ${formatNames(inside)} can’t move VMs to ${formatNames(others)}.`)];
}

function markedInside({ auto_trigger: starts, scope }: AuditSettings, covers: Cover | null, { marked }: Cloud): Fact[] {
  const stay = new Set([...(scope?.without_vms ?? []), ...(scope?.without_projects ?? [])]);
  const found = (covers?.hosts ?? [])
    .flatMap(({ servers }) => servers)
    .filter(({ id, name, projectId }) => marked.has(id) && ![id, name, projectId].some((one) => stay.has(one)));
  if (found.length === 0) return [];
  const vms = formatThings(found.length, 'VM here must not move', 'VMs here must not move');
  return [
    starts
      ? fact('error', `${vms}. Watcher does not know that, and would move them without asking. Leave them out above.`)
      : fact('info', `${vms}: Watcher does not know that. Its plans say so before you start them.`),
  ];
}
