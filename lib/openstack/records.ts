/**
 * What the OpenStack clients hand out. Units: bytes, cores (logical CPUs), milliseconds since the epoch.
 * A wire spelling ends in the schema that produces one of these.
 */

/** A compute host as Nova's os-hypervisors tells it (ironic nodes included, told apart by `type`). */
export type Hypervisor = {
  /** uuid from 2.53 on (= the id of Placement's resource provider), an integer as text before. */
  id: string;
  /** `service.host`: what servers, os-services and Watcher call the host. */
  host: string;
  /** `hypervisor_hostname`: libvirt's name, often the FQDN; the resource provider's name. */
  hypervisorHostname: string;
  type: string;
  hostIp: string | null;
  state: 'up' | 'down' | 'unknown';
  status: 'enabled' | 'disabled' | 'unknown';
  disabledReason: string | null;
  /** Logical CPUs offered to Nova; null at 2.88 and later. */
  vcpus: number | null;
  memoryBytes: number | null;
  /** `running_vms`: the VMs on it, whatever their state; null at 2.88 and later. */
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

export type Server = {
  id: string;
  name: string;
  /** ACTIVE, SHUTOFF, ERROR ... as Nova writes it, upper case. */
  status: string;
  taskState: string | null;
  /** The host it is on; null when it never got one, was shelved, or the account may not see it. */
  host: string | null;
  projectId: string;
  /** null where a cell is down and Nova knows only the id. */
  flavor: ServerFlavor | null;
  availabilityZone: string | null;
  /** The zone it was asked for in, null for none; absent where Nova does not tell (below 2.96). */
  pinnedZone?: string | null;
  locked: boolean | null;
  createdAt: number | null;
  updatedAt: number | null;
};

type ResourceClass = string;

export type Inventory = { total: number; reserved: number; allocationRatio: number; maxUnit: number };

/** One resource provider with what it has and what is taken; native units of the resource class (VCPU, MEMORY_MB in MiB). */
export type ProviderUsage = {
  id: string;
  name: string;
  /** Root of its tree: the compute host's provider, itself when not nested. */
  rootId: string;
  inventories: Record<ResourceClass, Inventory>;
  usages: Record<ResourceClass, number>;
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
  /** Watcher's scope document, as it came. */
  scope: unknown[];
  /** Seconds or cron, as text. */
  interval: string | null;
  autoTrigger: boolean;
  force: boolean;
  nextRunAt: number | null;
  startAt: number | null;
  endAt: number | null;
  statusMessage: string | null;
  createdAt: number;
  updatedAt: number | null;
};

export type EfficacyIndicator = { name: string; description: string | null; unit: string | null; value: number | null };

export type ActionPlan = {
  id: string;
  /** null when the audit was deleted. */
  auditId: string | null;
  strategy: string | null;
  state: string;
  efficacy: EfficacyIndicator[];
  globalEfficacy: EfficacyIndicator[];
  statusMessage: string | null;
  createdAt: number;
  updatedAt: number | null;
};

export type Action = {
  id: string;
  planId: string;
  type: string;
  state: string;
  /** input_parameters, as they came: their keys differ by action type and release. */
  parameters: Record<string, unknown>;
  /** Ids of the actions that must end before this one starts. */
  parents: string[];
  statusMessage: string | null;
  createdAt: number | null;
  updatedAt: number | null;
};

/** A host is in any number of aggregates, but in one zone at most. */
export type Aggregate = { name: string; zone: string | null; hosts: string[]; metadata: Record<string, string> };

export type ServerGroup = {
  id: string;
  name: string;
  /** affinity, anti-affinity, soft-affinity, soft-anti-affinity */
  policy: string;
  /** Of anti-affinity; 1 where nothing else is said. */
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

export type StrategyState = {
  name: string;
  /** What Watcher says of the datasource, as it came. */
  datasource: string | null;
  metrics: { what: string; available: boolean }[];
  models: { what: string; available: boolean }[];
};
