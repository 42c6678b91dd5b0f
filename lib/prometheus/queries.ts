import { matching, named, newest, union } from './promql';
import type { ServerUseSource } from './records';
import { SERVER_SOURCES, SOURCES } from './server-queries';
import type { MetricSettings } from './settings';

/**
 * PromQL about Prometheus itself and about Placement. Each query is a union of vectors, distinguished by the label `m`. Each
 * stays below 4 KB as a GET parameter. Exporters are joined in code, because joins on labels break as soon as two deployments
 * differ.
 */

const INVENTORY = 'resourcetype=~"VCPU|PCPU|MEMORY_MB"';

/** Labels that may have the VM's id in series of a source: the configured one, and the default. */
export function idLabels(source: ServerUseSource, { serverLabel }: MetricSettings): string[] {
  const usual = SERVER_SOURCES[source].label;
  // Its series are those of libvirt-uuid, which goes by the configured label already.
  return serverLabel === null || source === 'libvirt-instance-id' ? [usual] : [...new Set([serverLabel, usual])];
}

export const QUERIES = {
  /**
   * Which exporters exist, by their series; the value is a count. m: node, rules (of hosts), openstack, and `source label` for
   * each source of the usage of VMs and each label that may have their ids, which counts VMs.
   *
   * @returns parts of one query
   */
  discover(settings: MetricSettings): string[] {
    const { selectors } = settings;
    // Also finds exporters scraped every ten minutes. Too expensive for metrics with one row per VM.
    const lately = (series: string) => `count (last_over_time(${series}[30m]))`;
    return [
      `(${union(
        named('node', lately(`node_memory_MemTotal_bytes${matching(selectors.node)}`)),
        named('node', lately(`node_cpu_seconds_total${matching('cpu="0"', selectors.node)}`)),
      )})`,
      named('rules', lately(`instance:node_num_cpu:sum${matching(selectors.node)}`)),
      named('openstack', lately(`openstack_placement_resource_total${matching(INVENTORY, selectors.openstack)}`)),
      ...SOURCES.flatMap((source) =>
        idLabels(source, settings).map((label) => {
          const { named: metric, selector } = SERVER_SOURCES[source];
          const series = `${metric}${matching(`${label}!=""`, selectors[selector])}`;
          return named(`${source} ${label}`, `count (count by (${label}) (${series}))`);
        }),
      ),
    ];
  },

  /**
   * Median seconds between two scrapes of a target. m: node, server, openstack, each with the suffix _60, _600 or _3600 for
   * the seconds counted. The shortest with at least two scrapes is the most accurate.
   *
   * @returns parts of one query
   */
  interval({ selectors }: MetricSettings): string[] {
    const series = {
      node: `node_memory_MemTotal_bytes${matching(selectors.node)}`,
      // For exporters whose memory is dropped.
      cpu: `node_cpu_seconds_total${matching('cpu="0"', 'mode="idle"', selectors.node)}`,
      server: `libvirt_up${matching(selectors.libvirt)}`,
      openstack: `openstack_placement_resource_total${matching('resourcetype="MEMORY_MB"', selectors.openstack)}`,
    };
    return Object.entries(series).flatMap(([name, selector]) =>
      [60, 600, 3600].map((seconds) =>
        named(`${name}_${seconds}`, `${seconds} / quantile(0.5, count_over_time(${selector}[${seconds}s]) >= 2)`),
      ),
    );
  },

  /**
   * Placement's numbers in native units, one row per host and resource class even if the exporter has replicas or adds
   * labels. m: total, reserved, ratio, used, and each with the suffix _least if exporters disagree, which is rare.
   */
  placement: ({ selectors }: MetricSettings, lookbackMs: number | null) => {
    const by = 'by (hostname,resourcetype)';
    const inventory = (measure: string, metric: string) => {
      const series = newest(`openstack_placement_resource_${metric}${matching(selectors.openstack)}`, lookbackMs);
      const most = `max ${by} (${series})`;
      return [named(measure, most), named(`${measure}_least`, `min ${by} (${series}) < ${most}`)];
    };
    return union(
      ...inventory('total', 'total'),
      ...inventory('reserved', 'reserved'),
      ...inventory('ratio', 'allocation_ratio'),
      ...inventory('used', 'usage'),
    );
  },
} as const;
