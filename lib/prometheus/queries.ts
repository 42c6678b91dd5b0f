import { duration, matching, named, newest, oneOf, union } from './promql';
import type { MetricSettings } from './settings';

/**
 * All PromQL. Each query is a union of vectors, distinguished by the label `m`, so that it takes one request. Each stays
 * below 4 KB as a GET parameter. Exporters are joined in code, because joins on labels break as soon as two deployments
 * differ.
 */

/** Labels that identify targets and may name their host. */
const groupOf = ({ hostLabels }: MetricSettings) => [...new Set(['job', 'instance', ...hostLabels])].join(',');

/** Windows in ms: for the mean, the shortest that yields a rate, and how far back to look for the newest value. */
export type UseWindows = { mean: number; shortest: number; lookback: number | null };

/**
 * CPU usage of VMs. m: cores (mean over the window), recent (mean over the shortest window), old (value one window ago), now
 * (newest values of the counter and of the metrics that `memory` matches, distinguished by metric name).
 */
function usage(counter: string, memory: string, matchers: string[], windows: UseWindows, scale = ''): string {
  const series = `${counter}${matching(...matchers)}`;
  const rate = (ms: number) => `rate(${series}[${duration(ms)}])${scale}`;
  const values = memory === '' ? series : matching(`__name__=~"${counter}|${memory}"`, ...matchers);
  return union(
    named('cores', rate(windows.mean)),
    named('recent', rate(windows.shortest)),
    named('old', `${series} offset ${duration(windows.mean)}`),
    named('now', newest(values, windows.lookback)),
  );
}

const CPU_TIME = 'libvirt_domain_info_cpu_time_seconds_total';
const GUEST_MEMORY = 'libvirt_domain_(memory_stats|stat_memory)_(available|usable)_bytes';
const INVENTORY = 'resourcetype=~"VCPU|PCPU|MEMORY_MB"';

export const QUERIES = {
  /**
   * Which exporters exist, by their series; the value is a count. m: node and libvirt (one row per metric name), openstack,
   * by_server (CPU time with the configured label for a VM's id, or uuid), by_instance (with instanceId), ceilometer.
   */
  discover: ({ selectors, serverLabel }: MetricSettings) => {
    const names = (pattern: string, selector: string) => matching(`__name__=~"${pattern}"`, selector);
    // Also finds exporters scraped every ten minutes. Too expensive for metrics with one row per VM.
    const lately = (series: string) => `last_over_time(${series}[30m])`;
    const labelled = (label: string) => `count (${CPU_TIME}${matching(`${label}!=""`, selectors.libvirt)})`;
    const hosts = 'node_memory_MemTotal_bytes|instance:node_num_cpu:sum';
    const libvirt = `libvirt_domain_openstack_info|libvirt_domain_info_meta|${CPU_TIME}|libvirtd_domain_cpu_time`;
    return union(
      named('node', `count by (__name__) (${lately(names(hosts, selectors.node))})`),
      named(
        'openstack',
        `count (${lately(`openstack_placement_resource_total${matching(INVENTORY, selectors.openstack)}`)})`,
      ),
      named('libvirt', `count by (__name__) (${names(libvirt, selectors.libvirt)})`),
      named('by_server', labelled(serverLabel ?? 'uuid')),
      named('by_instance', labelled('instanceId')),
      named('ceilometer', `count (ceilometer_cpu${matching(selectors.ceilometer)})`),
    );
  },

  /**
   * Median seconds between two scrapes of a target. m: node, server, openstack, each with the suffix _60, _600 or _3600 for
   * the seconds counted. The shortest with at least two scrapes is the most accurate.
   */
  interval: ({ selectors }: MetricSettings) => {
    const series = {
      node: `node_memory_MemTotal_bytes${matching(selectors.node)}`,
      server: `libvirt_up${matching(selectors.libvirt)}`,
      openstack: `openstack_placement_resource_total${matching('resourcetype="MEMORY_MB"', selectors.openstack)}`,
    };
    return union(
      ...Object.entries(series).flatMap(([name, selector]) =>
        [60, 600, 3600].map((seconds) =>
          named(`${name}_${seconds}`, `${seconds} / quantile(0.5, count_over_time(${selector}[${seconds}s]) >= 2)`),
        ),
      ),
    );
  },

  /**
   * One row per target. m: idle (share 0 to 1), cpus (logical CPUs), mem_total, mem_avail, huge_free (bytes), old (the target
   * existed one window ago), uname (with the label nodename).
   */
  node: (settings: MetricSettings, windowMs: number, lookbackMs: number | null) => {
    const by = groupOf(settings);
    const { node } = settings.selectors;
    const memory = (name: string) => newest(`node_memory_${name}${matching(node)}`, lookbackMs);
    const idle = `rate(node_cpu_seconds_total${matching(oneOf('mode', settings.idleModes), node)}[${duration(windowMs)}])`;
    const idleOfCpu = settings.idleModes.length === 1 ? idle : `sum without (mode) (${idle})`;
    const cpus = newest(`node_cpu_seconds_total${matching('mode="idle"', node)}`, lookbackMs);
    return union(
      named('idle', `avg by (${by}) (clamp(${idleOfCpu},0,1))`),
      named('cpus', `count by (${by}) (${cpus})`),
      named('mem_total', `max by (${by}) (${memory('MemTotal_bytes')})`),
      named('mem_avail', `max by (${by}) (${memory('MemAvailable_bytes')})`),
      named('huge_free', `max by (${by}) (${memory('HugePages_Free')} * ${memory('Hugepagesize_bytes')})`),
      named('old', `max by (${by}) (node_memory_MemTotal_bytes${matching(node)} offset ${duration(windowMs)})`),
      named('uname', `max by (${by},nodename) (${newest(`node_uname_info${matching(node)}`, lookbackMs)})`),
    );
  },

  /**
   * Idle share of targets younger than the window; of all targets if `instances` is empty. m: idle. For young targets rate()
   * divides a short increase by the whole window, but equally for all modes, so the quotient of two rates is still correct.
   */
  youngNode: (settings: MetricSettings, windowMs: number, instances: string[]) => {
    const by = groupOf(settings);
    const some = instances.length === 0 ? '' : oneOf('instance', instances);
    const rate = (modes: string) =>
      `sum by (${by}) (rate(node_cpu_seconds_total${matching(modes, some, settings.selectors.node)}[${duration(windowMs)}]))`;
    return named('idle', `${rate(oneOf('mode', settings.idleModes))} / ${rate('')}`);
  },

  /**
   * The lowest idle share of each target within a span, of means over a step. Uses the quotient of youngNode, since the span
   * may begin before a machine or its exporter was started.
   */
  leastIdle: (settings: MetricSettings, instances: string[], spanMs: number, stepMs: number) => {
    const by = groupOf(settings);
    const rate = (modes: string) =>
      `sum by (${by}) (rate(node_cpu_seconds_total${matching(modes, oneOf('instance', instances), settings.selectors.node)}[${duration(stepMs)}]))`;
    const share = `${rate(oneOf('mode', settings.idleModes))} / ${rate('')}`;
    return `min_over_time((${share})[${duration(spanMs)}:${duration(stepMs)}])`;
  },

  /** The same from RHOSO's recording rules: the highest busy share. */
  recordedMostBusy: (settings: MetricSettings, instances: string[], spanMs: number) =>
    `max_over_time(instance:node_cpu_utilisation:rate1m${matching(oneOf('instance', instances), settings.selectors.node)}[${duration(spanMs)}])`,

  /**
   * One target over time, identified by all its labels. m: idle (share), mem_total, mem_avail (bytes). Uses the quotient of
   * youngNode, since the range may begin before the machine or its exporter was started.
   */
  nodeHistory: (
    settings: MetricSettings,
    labels: Record<string, string>,
    windowMs: number,
    lookbackMs: number | null,
  ) => {
    const own = Object.entries(labels).map(([name, value]) => oneOf(name, [value]));
    const { node } = settings.selectors;
    const rate = (...modes: string[]) =>
      `sum(rate(node_cpu_seconds_total${matching(...modes, ...own, node)}[${duration(windowMs)}]))`;
    const memory = (name: string) => `max(${newest(`node_memory_${name}${matching(...own, node)}`, lookbackMs)})`;
    return union(
      named('idle', `${rate(oneOf('mode', settings.idleModes))} / ${rate()}`),
      named('mem_total', memory('MemTotal_bytes')),
      named('mem_avail', memory('MemAvailable_bytes')),
    );
  },

  /** The same from RHOSO's recording rules, which have no memory. m: busy (share). */
  recordedHistory: (settings: MetricSettings, labels: Record<string, string>) => {
    const own = Object.entries(labels).map(([name, value]) => oneOf(name, [value]));
    return named('busy', `max(instance:node_cpu_utilisation:rate1m${matching(...own, settings.selectors.node)})`);
  },

  /** RHOSO's recording rules, if only they are available. m: busy (share), cpus. */
  recordedNode: (settings: MetricSettings) => {
    const by = groupOf(settings);
    const node = matching(settings.selectors.node);
    return union(
      named('busy', `max by (${by}) (instance:node_cpu_utilisation:rate1m${node})`),
      named('cpus', `max by (${by}) (instance:node_num_cpu:sum${node})`),
    );
  },

  /**
   * Placement's numbers in native units, one row per host and resource class even if the exporter has replicas or adds
   * labels. m: total, reserved, ratio, used.
   */
  placement: ({ selectors }: MetricSettings, lookbackMs: number | null) => {
    const inventory = (metric: string) =>
      `max by (hostname,resourcetype) (${newest(`openstack_placement_resource_${metric}${matching(selectors.openstack)}`, lookbackMs)})`;
    return union(
      named('total', inventory('total')),
      named('reserved', inventory('reserved')),
      named('ratio', inventory('allocation_ratio')),
      named('used', inventory('usage')),
    );
  },

  /**
   * Maps domains and targets to VMs, for exporters whose CPU time has no VM id; `label` contains it. Covers one window, so
   * that it includes a host that a VM has just left.
   */
  domains: ({ selectors }: MetricSettings, metric: string, label: string, ids: string[], windowMs: number) =>
    `last_over_time(${metric}${matching(oneOf(label, ids), selectors.libvirt)}[${duration(windowMs)}])`,

  /** Usage of domains (cores, bytes). Matches every instance with every domain, so it returns more rows than requested. */
  domainUse: ({ selectors }: MetricSettings, places: { instance: string; domain: string }[], windows: UseWindows) => {
    const all = (name: 'instance' | 'domain') => oneOf(name, [...new Set(places.map((place) => place[name]))]);
    return usage(CPU_TIME, GUEST_MEMORY, [all('instance'), all('domain'), selectors.libvirt], windows);
  },

  /** The same for exporters with the VM's id in `label` on every series. */
  labelledUse: ({ selectors }: MetricSettings, label: string, ids: string[], windows: UseWindows) =>
    usage(CPU_TIME, GUEST_MEMORY, [oneOf(label, ids), selectors.libvirt], windows),

  /** libvirtd_exporter counts nanoseconds and does not report used memory. */
  libvirtdUse: ({ selectors }: MetricSettings, label: string, ids: string[], windows: UseWindows) =>
    usage('libvirtd_domain_cpu_time', '', [oneOf(label, ids), selectors.libvirt], windows, ' / 1e9'),

  /**
   * Ceilometer counts nanoseconds and reports used memory in MiB. (ceilometer_cpu_total from its first exporter is useless:
   * it sums values that are already totals.)
   */
  ceilometerUse: ({ selectors }: MetricSettings, label: string, ids: string[], windows: UseWindows) =>
    usage('ceilometer_cpu', 'ceilometer_memory_usage', [oneOf(label, ids), selectors.ceilometer], windows, ' / 1e9'),
} as const;
