import type { ScopeHost } from './scope';

/** What a new audit is checked against. */
export type FormFacts = {
  /** ms */
  now: number;
  strategies: { name: string; goal: string | null; spec: Record<string, unknown> }[];
  /** Names of audits that are not deleted. */
  taken: ReadonlySet<string>;
  /** The inventory; null with a reason if it can't be told. */
  hosts: ScopeHost[] | null;
  hostsReason: string | null;
  /** CPU and RAM in use by host, in percent; hosts that are not measured are absent. */
  cpu: ReadonlyMap<string, number>;
  ram: ReadonlyMap<string, number>;
  /** Decision engines that are alive; null if Watcher does not tell. */
  engines: number | null;
  /** Names of audits whose interval keeps Watcher from taking up new ones, and of those whose plan runs. */
  blockedBy: string[];
  running: string[];
  /** Ids of VMs that must not move. */
  marked: ReadonlySet<string>;
  /** Whether Watcher knows starts and ends (API 1.1), and force (1.2). */
  hasTimes: boolean;
  hasForce: boolean;
};
