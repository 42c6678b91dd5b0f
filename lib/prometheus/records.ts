/** What the Prometheus room hands out. Units: bytes, cores (logical CPUs), shares 0 to 1, milliseconds since the epoch. */

/** One time series at one moment. A value that is not finite (NaN, +Inf) is null. */
export type Sample = { labels: Record<string, string>; value: number | null; at: number };

export type RangeSeries = { labels: Record<string, string>; points: { at: number; value: number | null }[] };

/** What one node_exporter target says of its machine. Which host it is, is decided elsewhere: by its labels. */
export type NodeTarget = {
  labels: Record<string, string>;
  /** `nodename` of node_uname_info. */
  nodename: string | null;
  /** Online logical CPUs. */
  cpus: number | null;
  /** Mean idle share over the window; null where the target is too young for a rate. */
  idleShare: number | null;
  memoryTotalBytes: number | null;
  memoryAvailableBytes: number | null;
  /** Reserved as huge pages and not in use by a guest: the kernel counts them as used. */
  hugepagesFreeBytes: number | null;
};

/** What a target said of its machine at one of several times. */
export type NodeMoment = {
  at: number;
  /** Mean idle share over the time before; null where it was not there. */
  idleShare: number | null;
  memoryTotalBytes: number | null;
  memoryAvailableBytes: number | null;
};

/** Placement's numbers as an openstack-exporter repeats them: one row per host and resource class, native units. */
export type ExporterInventory = {
  /** Name of the resource provider (hypervisor_hostname). */
  hypervisorHostname: string;
  resourceClass: string;
  total: number;
  reserved: number;
  allocationRatio: number;
  used: number;
};

/** Measured use of one server. */
export type ServerUse = { cores: number | null; memoryBytes: number | null };

/** Which exporter the use of servers is read from. */
export type ServerUseSource =
  | 'libvirt-inovex'
  | 'libvirt-tinkoff'
  | 'libvirt-uuid'
  | 'libvirt-instance-id'
  | 'libvirtd'
  | 'ceilometer';

export type ExporterSet = {
  /** 'node-exporter', or 'recording-rules' of RHOSO where only they exist; null: no host metrics at all. */
  hosts: 'node-exporter' | 'recording-rules' | null;
  servers: ServerUseSource | null;
  /** Placement series of an openstack-exporter are there. */
  openstack: boolean;
  /** Real scrape intervals, seconds; null where unknown. */
  nodeIntervalSeconds: number | null;
  /** Of a libvirt exporter. */
  serverIntervalSeconds: number | null;
  openstackIntervalSeconds: number | null;
};
