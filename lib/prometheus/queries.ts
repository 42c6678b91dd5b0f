import { duration, matching, named, newest, oneOf, together } from './promql';
import type { MetricSettings } from './settings';

/**
 * All PromQL, once. Each answer is a union of vectors that are told apart by the label `m`, so that one request carries
 * them all. Each text stays under 4 KB as a GET parameter. Joins between exporters are done in code: on labels they
 * break wherever two deployments differ.
 */

/** Labels that tell targets apart and may name their host. */
const groupOf = ({ hostLabels }: MetricSettings) => [...new Set(['job', 'instance', ...hostLabels])].join(',');

/** Windows in ms: of the mean, the shortest that tells a rate, and how far back a newest value may lie. */
export type UseWindows = { mean: number; shortest: number; lookback: number | null };

/**
 * CPU use of VMs: m is cores (mean over the window), recent (over the shortest window), old (value a window ago), and now for
 * the newest values of that counter and of `beside`, told apart by their name.
 */
function useOf(counter: string, beside: string, matchers: string[], windows: UseWindows, scale = ''): string {
  const series = `${counter}${matching(...matchers)}`;
  const rate = (ms: number) => `rate(${series}[${duration(ms)}])${scale}`;
  const values = beside === '' ? series : matching(`__name__=~"${counter}|${beside}"`, ...matchers);
  return together(
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
   * Which exporters there are, by their series; value: how many. m: node (a row for each metric name), openstack, libvirt (a
   * row for each metric name), by_server (CPU time with the configured or usual label of a VM's id), by_instance (with
   * instanceId), ceilometer.
   */
  discover: ({ selectors, serverLabel }: MetricSettings) => {
    const names = (pattern: string, selector: string) => matching(`__name__=~"${pattern}"`, selector);
    // Found, too, where it is scraped every ten minutes. For metrics with a row for each VM that would cost too much.
    const lately = (series: string) => `last_over_time(${series}[30m])`;
    const labelled = (label: string) => `count (${CPU_TIME}${matching(`${label}!=""`, selectors.libvirt)})`;
    const hosts = 'node_memory_MemTotal_bytes|instance:node_num_cpu:sum';
    const libvirt = `libvirt_domain_openstack_info|libvirt_domain_info_meta|${CPU_TIME}|libvirtd_domain_cpu_time`;
    return together(
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
   * Seconds between two scrapes, in the middle of all targets; m: node, server, openstack, each with _60, _600 and _3600 behind
   * it for the seconds that were counted in. The first that holds two scrapes or more is nearest to the truth.
   */
  interval: ({ selectors }: MetricSettings) => {
    const series = {
      node: `node_memory_MemTotal_bytes${matching(selectors.node)}`,
      server: `libvirt_up${matching(selectors.libvirt)}`,
      openstack: `openstack_placement_resource_total${matching('resourcetype="MEMORY_MB"', selectors.openstack)}`,
    };
    return together(
      ...Object.entries(series).flatMap(([name, one]) =>
        [60, 600, 3600].map((seconds) =>
          named(`${name}_${seconds}`, `${seconds} / quantile(0.5, count_over_time(${one}[${seconds}s]) >= 2)`),
        ),
      ),
    );
  },

  /**
   * A row for each target; m: idle (share 0 to 1), cpus (logical CPUs), mem_total, mem_avail, huge_free (bytes), old (the
   * target was there a window ago), uname (with the label nodename).
   */
  node: (settings: MetricSettings, windowMs: number, lookbackMs: number | null) => {
    const by = groupOf(settings);
    const { node } = settings.selectors;
    const memory = (name: string) => newest(`node_memory_${name}${matching(node)}`, lookbackMs);
    const idle = `rate(node_cpu_seconds_total${matching(oneOf('mode', settings.idleModes), node)}[${duration(windowMs)}])`;
    const idleOfCpu = settings.idleModes.length === 1 ? idle : `sum without (mode) (${idle})`;
    const cpus = newest(`node_cpu_seconds_total${matching('mode="idle"', node)}`, lookbackMs);
    return together(
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
   * Idle share of targets that are younger than the window, all of them where no instances are given: rate() divides a short
   * increase by the whole window there, in all modes alike, so that the quotient is right where the rate is not. m: idle.
   */
  youngNode: (settings: MetricSettings, windowMs: number, instances: string[]) => {
    const by = groupOf(settings);
    const some = instances.length === 0 ? '' : oneOf('instance', instances);
    const rate = (modes: string) =>
      `sum by (${by}) (rate(node_cpu_seconds_total${matching(modes, some, settings.selectors.node)}[${duration(windowMs)}]))`;
    return named('idle', `${rate(oneOf('mode', settings.idleModes))} / ${rate('')}`);
  },

  /**
   * The least idle share of targets within a span, of means over a step; a row for each target. The quotient of youngNode, since
   * a span reaches back to before a machine or its exporter was started.
   */
  leastIdle: (settings: MetricSettings, instances: string[], spanMs: number, stepMs: number) => {
    const by = groupOf(settings);
    const rate = (modes: string) =>
      `sum by (${by}) (rate(node_cpu_seconds_total${matching(modes, oneOf('instance', instances), settings.selectors.node)}[${duration(stepMs)}]))`;
    const share = `${rate(oneOf('mode', settings.idleModes))} / ${rate('')}`;
    return `min_over_time((${share})[${duration(spanMs)}:${duration(stepMs)}])`;
  },

  /** The same where only RHOSO's recording rules are kept: the greatest busy share. */
  recordedMostBusy: (settings: MetricSettings, instances: string[], spanMs: number) =>
    `max_over_time(instance:node_cpu_utilisation:rate1m${matching(oneOf('instance', instances), settings.selectors.node)}[${duration(spanMs)}])`,

  /**
   * One target over time, told apart by all its labels; m: idle (share), mem_total, mem_avail (bytes). The idle share is the
   * quotient of youngNode, since a range reaches back to before the machine or its exporter was started.
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
    return together(
      named('idle', `${rate(oneOf('mode', settings.idleModes))} / ${rate()}`),
      named('mem_total', memory('MemTotal_bytes')),
      named('mem_avail', memory('MemAvailable_bytes')),
    );
  },

  /** The same of RHOSO's recording rules, which know nothing of memory; m: busy (share). */
  recordedHistory: (settings: MetricSettings, labels: Record<string, string>) => {
    const own = Object.entries(labels).map(([name, value]) => oneOf(name, [value]));
    return named('busy', `max(instance:node_cpu_utilisation:rate1m${matching(...own, settings.selectors.node)})`);
  },

  /** RHOSO's recording rules, where only they are kept; m: busy (share), cpus. */
  recordedNode: (settings: MetricSettings) => {
    const by = groupOf(settings);
    const node = matching(settings.selectors.node);
    return together(
      named('busy', `max by (${by}) (instance:node_cpu_utilisation:rate1m${node})`),
      named('cpus', `max by (${by}) (instance:node_num_cpu:sum${node})`),
    );
  },

  /**
   * Placement's numbers in native units; a row for each host and class of any kind; m: total, reserved, ratio, used. Replicas of the
   * exporter and labels that it adds make no more rows.
   */
  placement: ({ selectors }: MetricSettings, lookbackMs: number | null) => {
    const inventory = (metric: string) =>
      `max by (hostname,resourcetype) (${newest(`openstack_placement_resource_${metric}${matching(selectors.openstack)}`, lookbackMs)})`;
    return together(
      named('total', inventory('total')),
      named('reserved', inventory('reserved')),
      named('ratio', inventory('allocation_ratio')),
      named('used', inventory('usage')),
    );
  },

  /**
   * Which domain at which target is which VM, where CPU time carries no id: `label` holds it. The places of a window, so that
   * one which a VM has just left is among them.
   */
  domains: ({ selectors }: MetricSettings, metric: string, label: string, ids: string[], windowMs: number) =>
    `last_over_time(${metric}${matching(oneOf(label, ids), selectors.libvirt)}[${duration(windowMs)}])`,

  /** Use of domains (cores, bytes); any of the instances with any of the domains, so there are more rows than were meant. */
  domainUse: ({ selectors }: MetricSettings, places: { instance: string; domain: string }[], windows: UseWindows) => {
    const all = (name: 'instance' | 'domain') => oneOf(name, [...new Set(places.map((place) => place[name]))]);
    return useOf(CPU_TIME, GUEST_MEMORY, [all('instance'), all('domain'), selectors.libvirt], windows);
  },

  /** The same where each series carries the VM's id in `label`. */
  labelledUse: ({ selectors }: MetricSettings, label: string, ids: string[], windows: UseWindows) =>
    useOf(CPU_TIME, GUEST_MEMORY, [oneOf(label, ids), selectors.libvirt], windows),

  /** libvirtd_exporter counts nanoseconds and knows nothing of memory in use. */
  libvirtdUse: ({ selectors }: MetricSettings, label: string, ids: string[], windows: UseWindows) =>
    useOf('libvirtd_domain_cpu_time', '', [oneOf(label, ids), selectors.libvirt], windows, ' / 1e9'),

  /**
   * Ceilometer counts nanoseconds and gives used memory in MiB. (The ceilometer_cpu_total of its first exporter is of no use:
   * it adds up what is a total already.)
   */
  ceilometerUse: ({ selectors }: MetricSettings, label: string, ids: string[], windows: UseWindows) =>
    useOf('ceilometer_cpu', 'ceilometer_memory_usage', [oneOf(label, ids), selectors.ceilometer], windows, ' / 1e9'),
} as const;
