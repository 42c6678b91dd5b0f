import type { MetricSettings } from './settings';

/**
 * All PromQL, once. Each answer is a union of vectors that are told apart by the label `m`, so that one request carries
 * them all. Each text stays under 4 KB as a GET parameter. Joins between exporters are done in code: on labels they
 * break wherever two deployments differ.
 */

const named = (measure: string, expression: string) => `label_replace(${expression},"m","${measure}","","")`;
const together = (...parts: string[]) => parts.join(' or ');
const matchers = (...parts: string[]) =>
  parts
    .map((part) => part.trim().replace(/,$/, ''))
    .filter(Boolean)
    .join(',');
const duration = (ms: number) => `${Math.ceil(ms / 1000)}s`;
const regex = (values: string[]) => values.map(escapeRegex).join('|');

/** For a quoted regular expression of PromQL: RE2's own characters, then the quotes. */
function escapeRegex(value: string): string {
  return value
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/[\\"]/g, '\\$&')
    .replace(/\n/g, '\\n');
}

/** Labels that tell targets apart and may name their host. */
const groupOf = (settings: MetricSettings) => [...new Set(['job', 'instance', ...settings.hostLabels])].join(',');
const idleOf = ({ idleModes }: MetricSettings) =>
  idleModes.length === 1 ? `mode="${idleModes[0]}"` : `mode=~"${regex(idleModes)}"`;

const HOST_METRICS = ['node_memory_MemTotal_bytes', 'instance:node_num_cpu:sum'];
const OPENSTACK_METRICS = ['openstack_placement_resource_total'];
const SERVER_METRICS = [
  'libvirt_domain_openstack_info',
  'libvirt_domain_info_meta',
  'libvirt_domain_info_cpu_time_seconds_total',
  'libvirtd_domain_cpu_time',
  'ceilometer_cpu',
  'ceilometer_cpu_total',
];

export const QUERIES = {
  /** Which exporters there are: a row for each metric name and whether it carries a VM's id, value = series. */
  discover: () =>
    `count by (__name__) ({__name__=~"${[...HOST_METRICS, ...OPENSTACK_METRICS, ...SERVER_METRICS].join('|')}"})`,

  /** One series of libvirt's CPU time, to see which labels this exporter puts there. */
  libvirtSample: ({ selectors }: MetricSettings) =>
    `topk(1, libvirt_domain_info_cpu_time_seconds_total{${matchers(selectors.libvirt)}})`,

  /**
   * Seconds between two scrapes; m: node, openstack, each once from the last minute, where it holds two samples or more, and
   * once from the last ten (right only when they are all there), with _fast and _slow behind the name.
   */
  interval: ({ selectors }: MetricSettings) => {
    const node = `node_memory_MemTotal_bytes{${matchers(selectors.node)}}`;
    const openstack = `openstack_placement_resource_total{${matchers('resourcetype="MEMORY_MB"', selectors.openstack)}}`;
    return together(
      ...[['node', node] as const, ['openstack', openstack] as const].flatMap(([name, series]) => [
        named(`${name}_fast`, `60 / quantile(0.5, count_over_time(${series}[1m]) >= 2)`),
        named(`${name}_slow`, `600 / quantile(0.5, count_over_time(${series}[10m]))`),
      ]),
    );
  },

  /**
   * A row for each target; m: idle (share 0 to 1), cpus (logical CPUs), mem_total, mem_avail, huge_free (bytes), old (the
   * target was there a window ago), uname (with the label nodename).
   */
  node: (settings: MetricSettings, windowMs: number) => {
    const by = groupOf(settings);
    const node = settings.selectors.node;
    const window = duration(windowMs);
    const idle = `rate(node_cpu_seconds_total{${matchers(idleOf(settings), node)}}[${window}])`;
    const idleOfCpu = settings.idleModes.length === 1 ? idle : `sum without (mode) (${idle})`;
    const all = matchers(node);
    return together(
      named('idle', `avg by (${by}) (clamp(${idleOfCpu},0,1))`),
      named('cpus', `count by (${by}) (node_cpu_seconds_total{${matchers('mode="idle"', node)}})`),
      named('mem_total', `max by (${by}) (node_memory_MemTotal_bytes{${all}})`),
      named('mem_avail', `max by (${by}) (node_memory_MemAvailable_bytes{${all}})`),
      named(
        'huge_free',
        `max by (${by}) (node_memory_HugePages_Free{${all}} * node_memory_Hugepagesize_bytes{${all}})`,
      ),
      named('old', `max by (${by}) (node_memory_MemTotal_bytes{${all}} offset ${window})`),
      named('uname', `max by (${by},nodename) (node_uname_info{${all}})`),
    );
  },

  /**
   * Idle share of targets that are younger than the window: rate() divides a short increase by the whole window there, in
   * all modes alike, so that the quotient is right where the rate is not. m: idle.
   */
  youngNode: (settings: MetricSettings, windowMs: number, instances: string[]) => {
    const by = groupOf(settings);
    const node = matchers(`instance=~"${regex(instances)}"`, settings.selectors.node);
    const rate = (mode: string) =>
      `sum by (${by}) (rate(node_cpu_seconds_total{${matchers(mode, node)}}[${duration(windowMs)}]))`;
    return named('idle', `${rate(idleOf(settings))} / ${rate('')}`);
  },

  /** RHOSO's recording rules, where only they are kept; m: busy (share), cpus, mem_used (share). */
  recordedNode: (settings: MetricSettings) => {
    const by = groupOf(settings);
    const node = matchers(settings.selectors.node);
    return together(
      named('busy', `max by (${by}) (instance:node_cpu_utilisation:rate1m{${node}})`),
      named('cpus', `max by (${by}) (instance:node_num_cpu:sum{${node}})`),
      named('mem_used', `max by (${by}) (instance:node_memory_utilisation:ratio{${node}})`),
    );
  },

  /** Placement's numbers; a row for each host and class; m: total, reserved, ratio, used. Two replicas give one row. */
  placement: ({ selectors }: MetricSettings, lookbackMs: number | null) => {
    const inventory = (metric: string) => {
      const series = `openstack_placement_resource_${metric}{${matchers('resourcetype=~"VCPU|PCPU|MEMORY_MB"', selectors.openstack)}}`;
      return `max by (hostname,resourcetype) (${lookbackMs === null ? series : `last_over_time(${series}[${duration(lookbackMs)}])`})`;
    };
    return together(
      named('total', inventory('total')),
      named('reserved', inventory('reserved')),
      named('ratio', inventory('allocation_ratio')),
      named('used', inventory('usage')),
    );
  },

  /** Rows that name the domain of a VM at a target, where CPU time carries no id: `label` holds the VM's id. */
  domains: ({ selectors }: MetricSettings, metric: string, label: string, ids: string[]) =>
    `${metric}{${matchers(`${label}=~"${regex(ids)}"`, selectors.libvirt)}}`,

  /** Cores and bytes in use of domains at targets; m: cores, mem_available, mem_usable; labels instance and domain. */
  domainUse: ({ selectors }: MetricSettings, instances: string[], domains: string[], windowMs: number) => {
    const at = matchers(`instance=~"${regex(instances)}"`, `domain=~"${regex(domains)}"`, selectors.libvirt);
    return together(
      named('cores', `rate(libvirt_domain_info_cpu_time_seconds_total{${at}}[${duration(windowMs)}])`),
      named('mem_available', `libvirt_domain_memory_stats_available_bytes{${at}}`),
      named('mem_usable', `libvirt_domain_memory_stats_usable_bytes{${at}}`),
      named('alive', `libvirt_domain_info_cpu_time_seconds_total{${at}}`),
    );
  },

  /** The same where each series carries the VM's id in `label`. */
  labelledUse: ({ selectors }: MetricSettings, label: string, ids: string[], windowMs: number) => {
    const at = matchers(`${label}=~"${regex(ids)}"`, selectors.libvirt);
    return together(
      named('cores', `rate(libvirt_domain_info_cpu_time_seconds_total{${at}}[${duration(windowMs)}])`),
      named('mem_available', `{__name__=~"libvirt_domain_(memory_stats|stat_memory)_available_bytes",${at}}`),
      named('mem_usable', `{__name__=~"libvirt_domain_(memory_stats|stat_memory)_usable_bytes",${at}}`),
      named('alive', `libvirt_domain_info_cpu_time_seconds_total{${at}}`),
    );
  },

  /** libvirtd_exporter counts nanoseconds and knows nothing of memory in use. m: cores, alive. */
  libvirtdUse: ({ selectors }: MetricSettings, label: string, ids: string[], windowMs: number) => {
    const at = matchers(`${label}=~"${regex(ids)}"`, selectors.libvirt);
    return together(
      named('cores', `rate(libvirtd_domain_cpu_time{${at}}[${duration(windowMs)}]) / 1e9`),
      named('alive', `libvirtd_domain_cpu_time{${at}}`),
    );
  },

  /** Ceilometer counts nanoseconds and gives used memory in MiB. m: cores, mem_used (bytes), alive. */
  ceilometerUse: ({ selectors }: MetricSettings, label: string, ids: string[], windowMs: number) => {
    const at = matchers(`${label}=~"${regex(ids)}"`, selectors.ceilometer);
    const rate = (metric: string) => `rate(${metric}{${at}}[${duration(windowMs)}])`;
    return together(
      named('cores', `(${rate('ceilometer_cpu')} or ${rate('ceilometer_cpu_total')}) / 1e9`),
      named('mem_used', `ceilometer_memory_usage{${at}} * 1048576`),
      named('alive', `ceilometer_cpu{${at}} or ceilometer_cpu_total{${at}}`),
    );
  },
} as const;
