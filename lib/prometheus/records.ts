/** What the Prometheus client returns. Units: bytes, cores (logical CPUs), shares 0 to 1, milliseconds since the epoch. */

/** One time series at one time. Values that are not finite (NaN, +Inf) are null. */
export type Sample = { labels: Record<string, string>; value: number | null; at: number };

export type RangeSeries = { labels: Record<string, string>; points: { at: number; value: number | null }[] };

/** What one node_exporter target reports about its machine. The domain matches it to a host by its labels. */
export type NodeTarget = {
  labels: Record<string, string>;
  /** `nodename` of node_uname_info. */
  nodename: string | null;
  /** Online logical CPUs. */
  cpus: number | null;
  /** Mean idle share over the window; null if the target is too young for a rate. */
  idleShare: number | null;
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

/** Measured usage of one server. */
export type ServerUse = { cores: number | null; memoryBytes: number | null };

/** The exporter that the usage of servers is read from. */
export type ServerUseSource =
  | 'libvirt-inovex'
  | 'libvirt-tinkoff'
  | 'libvirt-uuid'
  | 'libvirt-instance-id'
  | 'libvirtd'
  | 'ceilometer';

export type ExporterSet = {
  /** 'node-exporter', or RHOSO's 'recording-rules' if only they exist; null if there are no host metrics. */
  hosts: 'node-exporter' | 'recording-rules' | null;
  servers: ServerUseSource | null;
  /** Whether an openstack-exporter provides Placement series. */
  openstack: boolean;
  /** Measured scrape intervals in seconds; null if unknown. */
  nodeIntervalSeconds: number | null;
  /** Scrape interval of the libvirt exporter. */
  serverIntervalSeconds: number | null;
  openstackIntervalSeconds: number | null;
};
