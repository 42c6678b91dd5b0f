import type { Cluster } from './cluster';

/** The part of a cluster that some of its hosts are. VMs keep their hosts, so names lead to all of them as before. */
export function clusterWithin(cluster: Cluster, isIn: (host: string) => boolean): Cluster {
  const hosts = cluster.hosts.filter(({ name }) => isIn(name));
  return {
    ...cluster,
    hosts,
    byName: new Map(hosts.map((host) => [host.name, host])),
    // They match no host, so no part of the region has them.
    unmappedTargets: [],
    duplicateTargets: cluster.duplicateTargets.filter((name) => isIn(name)),
  };
}
