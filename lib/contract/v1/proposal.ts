import type { AuditSummary } from './audits';
import type { Outcome } from './outcome';
import type { Readings } from './readings';

/** What the newest audit proposes. Not an endpoint: part of a page, built from parts of the typed API. */
export type Proposal = {
  /** Number of audits. */
  total: number;
  /** null if there is none. */
  audit: AuditSummary | null;
  /** null if no host is known. */
  outcome: Outcome | null;
  /** Hosts that Watcher disabled and left so. */
  leftDisabled: { host: string; reason: string; since: number | null }[];
  readings: Readings;
};
