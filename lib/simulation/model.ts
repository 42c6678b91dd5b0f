import { DAY_MS } from '@/lib/units';

/** The simulated cloud before it takes any wire's form. Units: MiB, GiB and cores as the services use them; times in ms. */

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
  /** Of its nova-compute service. */
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

/** Where a VM was from a time on, until the next entry. */
type Stay = { from: number; host: SimHost | null };

/** Cores in use swing around `mean` by `swing` in `periodMs`; both are 0 for a VM that does not run. */
export type SimLoad = { mean: number; swing: number; periodMs: number; phase: number };

export type SimServer = {
  id: string;
  name: string;
  status: string;
  flavor: SimFlavor;
  projectId: string;
  userId: string;
  locked: boolean;
  createdAt: number;
  updatedAt: number;
  /** Still told to who asks for changes. */
  deletedAt?: number;
  /** libvirt's name of the domain. */
  domain: string;
  stays: Stay[];
  load: SimLoad;
  /** Share of its RAM in use. */
  ramShare: number;
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
  /** Where it is not told, it follows from the state of the action and the times of its plan. */
  updatedAt?: number | null;
};

export type SimPlan = {
  id: string;
  /** null where the audit was deleted; its plans stay. */
  auditId: string | null;
  strategy: string;
  state: string;
  createdAt: number;
  updatedAt: number | null;
  /** Archived: still told to who asks for what is deleted. */
  deletedAt?: number;
  statusMessage: string | null;
  actions: SimAction[];
};

export type SimAudit = {
  id: string;
  name: string;
  type: 'ONESHOT' | 'CONTINUOUS' | 'EVENT';
  state: string;
  goal: string;
  /** null where only a goal was asked for; which strategy ran is told by the plan. */
  strategy: string | null;
  parameters: Record<string, unknown>;
  scope: unknown[];
  interval: string | null;
  nextRunAt: number | null;
  statusMessage: string | null;
  createdAt: number;
  updatedAt: number | null;
  deletedAt?: number;
};

export type Cloud = {
  region: string;
  /** When the simulation began; history reaches a day further back. */
  startedAt: number;
  hosts: SimHost[];
  /** Machines with an exporter that are no compute hosts. */
  controllers: SimHost[];
  ironic: { id: string; name: string }[];
  aggregates: SimAggregate[];
  servers: SimServer[];
  serverGroups: SimServerGroup[];
  flavors: SimFlavor[];
  /** The newest first. */
  audits: SimAudit[];
  plans: SimPlan[];
};

/** So far back do metrics reach from the start of the simulation. */
export const HISTORY_MS = DAY_MS;

export function hostAt(server: SimServer, at: number): SimHost | null {
  let host: SimHost | null = null;
  for (const stay of server.stays) if (stay.from <= at) host = stay.host;
  return host;
}
