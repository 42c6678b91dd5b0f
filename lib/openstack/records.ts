/**
 * What the OpenStack clients return. Units: bytes, cores (logical CPUs), milliseconds since the epoch.
 * Wire names end in the schemas that produce these types.
 */

/** A compute host from Nova's os-hypervisors, or an Ironic node (see `type`). */
export type Hypervisor = {
  /** UUID from 2.53 on, equal to the id of the resource provider in Placement; before, an integer as text. */
  id: string;
  /** `service.host`: the host's name in servers, os-services and Watcher. */
  host: string;
  /** `hypervisor_hostname`: libvirt's name, often the FQDN; also the resource provider's name. */
  hypervisorHostname: string;
  type: string;
  hostIp: string | null;
  state: 'up' | 'down' | 'unknown';
  status: 'enabled' | 'disabled' | 'unknown';
  disabledReason: string | null;
  /** Logical CPUs offered to Nova; null from 2.88 on. */
  vcpus: number | null;
  memoryBytes: number | null;
  /** `running_vms`: the VMs on it in any state; null from 2.88 on. */
  guests: number | null;
};

export type ServerFlavor = {
  name: string;
  vcpus: number;
  ramBytes: number;
  /** root + ephemeral + swap */
  diskBytes: number;
  extraSpecs: Record<string, string>;
};

/** A Keystone project; `domain`: the name of its domain, null if Keystone does not list domains for this account. */
export type Project = { id: string; name: string; domain: string | null };

export type Server = {
  id: string;
  name: string;
  /** ACTIVE, SHUTOFF, ERROR ... as in Nova, in upper case. */
  status: string;
  taskState: string | null;
  /** null if it never got a host, was shelved, or the account may not see the host. */
  host: string | null;
  projectId: string;
  /** null if its cell is down and Nova knows only the id. */
  flavor: ServerFlavor | null;
  availabilityZone: string | null;
  /** The requested zone, null if none; absent if Nova does not report it (below 2.96). */
  pinnedZone?: string | null;
  /** Absent if it has none, or Nova does not report them (below 2.26). */
  tags?: string[];
  /** Keys of its metadata; absent if it has none. */
  metadataKeys?: string[];
  /** Whether its root disk is a volume; absent if Nova does not say. */
  bootsFromVolume?: boolean;
  /** Fixed and floating addresses, separated by spaces; absent if it has none. One text takes half the memory of a list. */
  addresses?: string;
  locked: boolean | null;
  createdAt: number | null;
  updatedAt: number | null;
};

/** A move of a VM as Nova has recorded it. */
export type ServerMigration = {
  id: string;
  serverId: string;
  /** live-migration, migration (cold), resize, evacuation */
  type: string;
  /** As Nova writes it, in lower case: queued, running, completed, error ... */
  status: string;
  /** Service hosts; the destination is null until Nova has chosen one. */
  source: string | null;
  destination: string | null;
  /** Whose token asked for it; null below 2.80. */
  userId: string | null;
  startedAt: number;
  /** Of the last change, which is the end of a migration that is over. */
  updatedAt: number | null;
};

/** How far a live migration is that runs now. Amounts are null until the hypervisor reports them. */
export type LiveProgress = {
  /** As in `ServerMigration`; below 2.59 the same as `number`. */
  id: string;
  /** Nova's own number, by which a migration is aborted. */
  number: string;
  serverId: string;
  /** As Nova writes it, in lower case. */
  status: string;
  source: string | null;
  destination: string | null;
  /** Memory and copied disks together, in bytes; what was copied may be more than the total, since pages change. */
  totalBytes: number | null;
  processedBytes: number | null;
  /** What is left to copy; it rises where the VM changes its memory faster than it is copied. */
  remainingBytes: number | null;
  startedAt: number;
  /** When Nova last reported progress. */
  updatedAt: number | null;
};

type ResourceClass = string;

/** `minUnit`, `stepSize`: the least for one VM, and what its amount is a multiple of; absent if 1 or unknown. */
export type Inventory = {
  total: number;
  reserved: number;
  allocationRatio: number;
  maxUnit: number;
  minUnit?: number;
  stepSize?: number;
};

/** Inventories and usages of one resource provider, in the units of the resource class (MEMORY_MB in MiB). */
export type ProviderUsage = {
  id: string;
  name: string;
  /** Root of its tree: the compute host's provider, or itself if not nested. */
  rootId: string;
  inventories: Record<ResourceClass, Inventory>;
  usages: Record<ResourceClass, number>;
  /** Classes that it has and whose inventory or usage can't be read. */
  unread?: ResourceClass[];
};

export type Audit = {
  id: string;
  name: string;
  /** ONESHOT, CONTINUOUS, EVENT */
  type: string;
  state: string;
  goal: string;
  strategy: string | null;
  parameters: Record<string, unknown>;
  /** Watcher's scope document, unchanged. */
  scope: unknown[];
  /** Seconds or cron, as text. */
  interval: string | null;
  autoTrigger: boolean;
  force: boolean;
  nextRunAt: number | null;
  startAt: number | null;
  endAt: number | null;
  /** The host of the decision engine that took it; null if none has. */
  hostname: string | null;
  statusMessage: string | null;
  createdAt: number;
  updatedAt: number | null;
};

export type EfficacyIndicator = { name: string; description: string | null; unit: string | null; value: number | null };

export type ActionPlan = {
  id: string;
  /** null if the audit was deleted. */
  auditId: string | null;
  strategy: string | null;
  state: string;
  efficacy: EfficacyIndicator[];
  globalEfficacy: EfficacyIndicator[];
  /** The host of the applier that took it; null if none has. */
  hostname: string | null;
  statusMessage: string | null;
  createdAt: number;
  updatedAt: number | null;
};

export type Action = {
  id: string;
  planId: string;
  type: string;
  state: string;
  /** input_parameters, unchanged: the keys differ by action type and release. */
  parameters: Record<string, unknown>;
  /** Ids of the actions that must end before this one starts. */
  parents: string[];
  statusMessage: string | null;
  createdAt: number | null;
  updatedAt: number | null;
};

/** A host can be in any number of aggregates but in at most one zone. */
export type Aggregate = { name: string; zone: string | null; hosts: string[]; metadata: Record<string, string> };

export type ServerGroup = {
  id: string;
  name: string;
  /** affinity, anti-affinity, soft-affinity, soft-anti-affinity */
  policy: string;
  /** Only for anti-affinity; Nova's default is 1. */
  maxPerHost: number;
  members: string[];
};

export type WatcherService = {
  name: string;
  host: string;
  /** ACTIVE, FAILED */
  status: string;
  lastSeenAt: number | null;
};

/** The nova-compute of a host. */
export type ComputeService = {
  /** UUID. */
  id: string;
  host: string;
  /** Whether Nova places VMs on it. */
  isOpen: boolean;
  isUp: boolean;
  /** Why it is closed, as somebody has written it; null without a text. */
  reason: string | null;
  /** When it last reported, ms; null if Nova does not say. */
  seenAt: number | null;
};

export type StrategyState = {
  name: string;
  /** What Watcher reports about the datasource, unchanged. */
  datasource: string | null;
  metrics: { what: string; available: boolean }[];
  models: { what: string; available: boolean }[];
};

/** A strategy with the schema of its parameters, in JSON schema draft 4. */
export type StrategySpec = { name: string; goal: string | null; spec: Record<string, unknown> };
