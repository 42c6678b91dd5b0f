import type { Prometheus } from './client';
import { QUERIES } from './queries';
import type { ExporterSet, Sample, ServerUseSource } from './records';
import type { MetricSettings } from './settings';

/**
 * Detects which exporters feed this Prometheus and how often they are scraped. Only the existence of metrics is checked,
 * because job and label names differ everywhere and RHOSO drops the job.
 *
 * @throws SourceError of Prometheus
 */
export async function discoverExporters(prometheus: Prometheus, settings: MetricSettings): Promise<ExporterSet> {
  const [found, intervals] = await Promise.all([
    prometheus.query(QUERIES.discover(settings)),
    prometheus.query(QUERIES.interval(settings)),
  ]);
  const has = (measure: string, name?: string) =>
    found.some(({ labels }) => labels.m === measure && (name === undefined || labels.__name__ === name));
  return {
    hosts: has('node', 'node_memory_MemTotal_bytes')
      ? 'node-exporter'
      : has('node', 'instance:node_num_cpu:sum')
        ? 'recording-rules'
        : null,
    servers: serverUseSource(has),
    openstack: has('openstack'),
    nodeIntervalSeconds: intervalOf('node', intervals),
    serverIntervalSeconds: intervalOf('server', intervals),
    openstackIntervalSeconds: intervalOf('openstack', intervals),
  };
}

/** Libvirt exporters differ in where they put the VM's id: ideally on every series, otherwise in a separate metric. */
function serverUseSource(has: (measure: string, name?: string) => boolean): ServerUseSource | null {
  if (has('by_server')) return 'libvirt-uuid';
  if (has('by_instance')) return 'libvirt-instance-id';
  if (has('libvirt', 'libvirt_domain_openstack_info')) return 'libvirt-inovex';
  if (has('libvirt', 'libvirt_domain_info_meta')) return 'libvirt-tinkoff';
  if (has('libvirt', 'libvirtd_domain_cpu_time')) return 'libvirtd';
  if (has('ceilometer')) return 'ceilometer';
  return null;
}

/** Scrapes are counted over at most an hour, so no longer interval can be measured. */
const MAX_INTERVAL_SECONDS = 7_200;

/** Query windows depend on the interval, so an implausible one must not make Prometheus read years of data. */
const isInterval = (seconds: number | null): boolean =>
  seconds !== null && seconds > 0 && seconds <= MAX_INTERVAL_SECONDS;

function intervalOf(exporter: string, intervals: Sample[]): number | null {
  const counted = ['60', '600', '3600'].map((seconds) =>
    intervals.find(({ labels }) => labels.m === `${exporter}_${seconds}`),
  );
  return counted.find((sample) => sample !== undefined && isInterval(sample.value))?.value ?? null;
}
