import type { Prometheus } from './client';
import { QUERIES } from './queries';
import type { ExporterSet, ServerUseSource } from './records';
import type { MetricSettings } from './settings';

/**
 * Finds out which exporters feed this Prometheus and how often they are scraped. Whether a metric is there is all that is
 * looked at: jobs and labels are called differently everywhere.
 *
 * @throws SourceError of Prometheus
 */
export async function discoverExporters(prometheus: Prometheus, settings: MetricSettings): Promise<ExporterSet> {
  const [found, intervals] = await Promise.all([
    prometheus.query(QUERIES.discover()),
    prometheus.query(QUERIES.interval(settings)),
  ]);
  const names = new Set(found.map(({ labels }) => labels.__name__));
  const value = (measure: string) => intervals.find(({ labels }) => labels.m === measure)?.value ?? null;
  const interval = (series: string) => value(`${series}_fast`) ?? value(`${series}_slow`);
  return {
    hosts: names.has('node_memory_MemTotal_bytes')
      ? 'node-exporter'
      : names.has('instance:node_num_cpu:sum')
        ? 'recording-rules'
        : null,
    servers: await findServerUse(prometheus, settings, names),
    openstack: names.has('openstack_placement_resource_total'),
    nodeIntervalSeconds: interval('node'),
    openstackIntervalSeconds: interval('openstack'),
  };
}

/** The dialects of libvirt exporters: where each puts the VM's id. */
async function findServerUse(
  prometheus: Prometheus,
  settings: MetricSettings,
  names: Set<string | undefined>,
): Promise<ServerUseSource | null> {
  if (names.has('libvirt_domain_info_cpu_time_seconds_total')) {
    if (names.has('libvirt_domain_openstack_info')) return 'libvirt-inovex';
    if (names.has('libvirt_domain_info_meta')) return 'libvirt-tinkoff';
    const [sample] = await prometheus.query(QUERIES.libvirtSample(settings));
    if (sample && (settings.serverLabel ?? 'uuid') in sample.labels) return 'libvirt-uuid';
    if (sample && 'instanceId' in sample.labels) return 'libvirt-instance-id';
  }
  if (names.has('libvirtd_domain_cpu_time')) return 'libvirtd';
  if (names.has('ceilometer_cpu') || names.has('ceilometer_cpu_total')) return 'ceilometer';
  return null;
}
