import { DAY_MS } from '@/lib/units';

/** The simulated cloud, independent of any wire format. Units: MiB, GiB and cores as in the services; times in ms. */

export type SimFlavor = {
  id: string;
  name: string;
  vcpus: number;
  ramMib: number;
  diskGib: number;
  pinned: boolean;
  deleted: boolean;
};

export type SimHost = {
  id: string;
  /** Id of its nova-compute service. */
  serviceId: string;
  /** Nova's service host; the hypervisor's name is the FQDN. */
  name: string;
  fqdn: string;
  ip: string;
  threads: number;
  ramMib: number;
  diskGib: number;
  reservedMib: number;
  reservedCpus: number;
  pinnedCpus: number;
  cpuRatio: number;
  ramRatio: number;
  enabled: boolean;
  disabledReason: string | null;
  up: boolean;
  zone: string;
};

/** Where a VM was from this time until the next entry. */
type Stay = { from: number; host: SimHost | null };

/** Cores in use oscillate around `mean` by `swing` with `periodMs`; both are 0 for a stopped VM. */
export type SimLoad = { mean: number; swing: number; periodMs: number; phase: number };

export type SimProject = { id: string; name: string; domain: { id: string; name: string } };

export type SimServer = {
  id: string;
  name: string;
  status: string;
  flavor: SimFlavor;
  projectId: string;
  /** Fixed, then floating. */
  addresses: string[];
  userId: string;
  locked: boolean;
  tags?: string[];
  metadata?: Record<string, string>;
  createdAt: number;
  updatedAt: number;
  /** Still returned with changes-since. */
  deletedAt?: number;
  /** libvirt's name of the domain. */
  domain: string;
  stays: Stay[];
  load: SimLoad;
  /** Share of its RAM in use. */
  ramShare: number;
};

/** How a migration that the simulation carries out goes on. */
export type SimCourse = {
  /** When it left the queue of its source host; null while it waits there. */
  begunAt: number | null;
  /** How long it takes from then on. */
  lastsMs: number;
  fate: 'arrives' | 'never' | 'fails' | 'refused';
};

/** A move that Nova has recorded. Its states follow from its times. */
export type SimMigration = {
  id: string;
  server: SimServer;
  type: 'live-migration' | 'migration' | 'resize' | 'evacuation';
  source: SimHost | null;
  /** null if Nova found no host. */
  destination: SimHost | null;
  userId: string;
  startedAt: number;
  /** null while it runs. */
  endedAt: number | null;
  /** Nova's state once it has ended. */
  ended: 'completed' | 'confirmed' | 'error' | 'failed' | 'cancelled';
  /** Absent if it is only recorded: it does not go on then. */
  course?: SimCourse;
};

export type SimServerGroup = {
  id: string;
  name: string;
  policy: 'affinity' | 'anti-affinity' | 'soft-anti-affinity';
  members: SimServer[];
};

export type SimAggregate = {
  id: number;
  uuid: string;
  name: string;
  metadata: Record<string, string>;
  hosts: SimHost[];
};

export type SimAction = {
  id: string;
  type: string;
  state: string;
  parameters: Record<string, unknown>;
  parents: string[];
  statusMessage: string | null;
  /** If absent, derived from the action's state and the plan's times. */
  updatedAt?: number | null;
};

export type SimPlan = {
  id: string;
  /** null if the audit was deleted, which leaves its plans. */
  auditId: string | null;
  strategy: string;
  state: string;
  createdAt: number;
  updatedAt: number | null;
  /** Archived; returned only if deleted rows are requested. */
  deletedAt?: number;
  statusMessage: string | null;
  /** Host of the applier that took it, null if none did; if absent, derived from its state. */
  hostname?: string | null;
  actions: SimAction[];
};

export type SimAudit = {
  id: string;
  name: string;
  type: 'ONESHOT' | 'CONTINUOUS' | 'EVENT';
  state: string;
  goal: string;
  /** null if only a goal was given; the plan names the strategy that ran. */
  strategy: string | null;
  parameters: Record<string, unknown>;
  scope: unknown[];
  interval: string | null;
  /** Runs although a plan is running. */
  force?: boolean;
  /** Starts its plan without asking. */
  autoTrigger?: boolean;
  nextRunAt: number | null;
  /** A CONTINUOUS audit runs only between them. */
  startAt?: number | null;
  endAt?: number | null;
  statusMessage: string | null;
  createdAt: number;
  updatedAt: number | null;
  deletedAt?: number;
};

export type SimTemplate = {
  id: string;
  name: string;
  description: string | null;
  goal: string;
  strategy: string | null;
  scope: unknown[];
  createdAt: number;
};

export type Cloud = {
  region: string;
  /** Start of the simulation; the history begins a day earlier. */
  startedAt: number;
  hosts: SimHost[];
  /** Machines with an exporter that are not compute hosts. */
  controllers: SimHost[];
  ironic: { id: string; name: string }[];
  aggregates: SimAggregate[];
  servers: SimServer[];
  /** Who the VMs belong to; Keystone knows more projects than have VMs. */
  projects: SimProject[];
  /** In the order in which Nova began them. */
  migrations: SimMigration[];
  serverGroups: SimServerGroup[];
  flavors: SimFlavor[];
  /** Newest first. */
  audits: SimAudit[];
  templates: SimTemplate[];
  plans: SimPlan[];
};

/** How far metrics reach back from the start of the simulation. */
export const HISTORY_MS = DAY_MS;

export function hostAt(server: SimServer, at: number): SimHost | null {
  let host: SimHost | null = null;
  for (const stay of server.stays) if (stay.from <= at) host = stay.host;
  return host;
}
