/** What the Prometheus client returns. Units: bytes, cores (logical CPUs), shares 0 to 1, milliseconds since the epoch. */

/** One time series at one time. Values that are not finite (NaN, +Inf) are null. */
export type Sample = { labels: Record<string, string>; value: number | null; at: number };

export type RangeSeries = { labels: Record<string, string>; points: { at: number; value: number | null }[] };

/** Why a target that reports has no idle share. */
export type CpuGap =
  /** No node_cpu_seconds_total. */
  | 'no-cpu-metrics'
  /** Not all of the modes that count as idle. */
  | 'no-idle-mode'
  /** Fewer than two samples within the window. */
  | 'too-young'
  /** The counters restarted within the window, and not all modes are there to tell for how long they were away. */
  | 'restarted'
  /** Several machines under the same labels. */
  | 'several-machines';

/**
 * Labels of node targets beyond job, instance and METRICS_HOST_LABELS. Two machines may agree in all of those: behind agents
 * that scrape localhost, in a federation, or in one Prometheus for two regions.
 */
export type TargetIdentity = {
  /** Labels that tell machines apart. */
  labels: string[];
  /** Labels in which only the copies of one target differ, such as prometheus_replica. */
  replicas: string[];
};

/**
 * What one node_exporter target reports about its machine. The domain matches it to a host by its labels, which are job,
 * instance, METRICS_HOST_LABELS and those that tell machines apart, as far as it has them.
 */
export type NodeTarget = {
  labels: Record<string, string>;
  /** `nodename` of node_uname_info. */
  nodename: string | null;
  /** When the machine started; ms. Two targets that agree here report the same machine. */
  bootedAt: number | null;
  /** Online logical CPUs. */
  cpus: number | null;
  /** Mean idle share over the window, or over the life of a younger target. */
  idleShare: number | null;
  /** Why idleShare is null; null if it is known. */
  cpuGap: CpuGap | null;
  memoryTotalBytes: number | null;
  memoryAvailableBytes: number | null;
  /** Huge pages that no VM uses; the kernel counts them as used memory. */
  hugepagesFreeBytes: number | null;
};

/** What a target reported about its machine at one point in time. */
export type NodeHistoryPoint = {
  at: number;
  /** Mean idle share since the previous point; null if the target did not exist. */
  idleShare: number | null;
  memoryTotalBytes: number | null;
  memoryAvailableBytes: number | null;
};

/** Placement's numbers from an openstack-exporter: one row per host and resource class, in native units. */
export type ExporterInventory = {
  /** Name of the resource provider (hypervisor_hostname). */
  hypervisorHostname: string;
  resourceClass: string;
  total: number;
  reserved: number;
  allocationRatio: number;
  used: number;
};

/** What openstack-exporters have, and hosts about which they disagree, as exporters of two clouds do. */
export type ExporterReading = { rows: ExporterInventory[]; disputed: string[] };

/** Measured usage of one server. */
export type ServerUse = { cores: number | null; memoryBytes: number | null };

/** An exporter that the usage of servers is read from. */
export type ServerUseSource =
  | 'libvirt-inovex'
  | 'libvirt-tinkoff'
  | 'libvirt-uuid'
  | 'libvirt-instance-id'
  | 'libvirtd'
  | 'ceilometer';

/** A source of the usage of servers: `known` servers have their id in `label`. */
export type ServerSource = { source: ServerUseSource; label: string; known: number };

export type ExporterSet = {
  /** 'node-exporter', or RHOSO's 'recording-rules' if only they exist; null if there are no host metrics. */
  hosts: 'node-exporter' | 'recording-rules' | null;
  /** What tells the node targets of this Prometheus apart. */
  identity: TargetIdentity;
  /** All sources of the usage of servers, the most accurate first. */
  servers: ServerSource[];
  /** Whether an openstack-exporter provides Placement series. */
  openstack: boolean;
  /** Measured scrape intervals in seconds; null if unknown. */
  nodeIntervalSeconds: number | null;
  /** Scrape interval of the libvirt exporter. */
  serverIntervalSeconds: number | null;
  openstackIntervalSeconds: number | null;
};
