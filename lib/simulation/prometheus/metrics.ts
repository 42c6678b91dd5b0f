import { openHostLoad } from '../load';
import { type Cloud, HISTORY_MS } from '../model';
import type { Occupancy } from '../occupancy';
import { LIBVIRT_PORT, libvirtExporter, libvirtLabels } from './libvirt-exporter';
import { NODE_PORT, nodeExporter, nodeLabels } from './node-exporter';
import { EXPORTER_LABELS, EXPORTER_PORT, openstackExporter } from './openstack-exporter';
import { lasting, type Makers, type SeriesStore, type Target } from './series';

/** All metrics, scraped every 15 seconds since a day before the start of the simulation. */
export function openMetrics(cloud: Cloud, occupancy: Occupancy): SeriesStore & { targets: Target[] } {
  const start = cloud.startedAt - HISTORY_MS;
  const reporting = cloud.hosts.filter(({ up }) => up);
  const targets: Target[] = [
    ...[...cloud.hosts, ...cloud.controllers].map((host) => target(nodeLabels(host), host.up, NODE_PORT)),
    ...cloud.hosts.map((host) => target(libvirtLabels(host), host.up, LIBVIRT_PORT)),
    target(EXPORTER_LABELS, true, EXPORTER_PORT),
  ];
  // The target of a host that is down has only up = 0.
  const makers: Makers = {
    ...nodeExporter([...reporting, ...cloud.controllers], openHostLoad(occupancy), start),
    ...libvirtExporter(reporting, occupancy, start),
    ...openstackExporter(cloud, occupancy, start),
    up: () => targets.map(({ labels, health }) => lasting(labels, start, () => Number(health === 'up'))),
  };
  return {
    names: Object.keys(makers).sort(),
    series: (name, matchers) => makers[name]?.(matchers) ?? [],
    intervalMs: 15_000,
    targets,
  };
}

const target = (labels: Target['labels'], isUp: boolean, port: number): Target => ({
  labels,
  health: isUp ? 'up' : 'down',
  port,
});
