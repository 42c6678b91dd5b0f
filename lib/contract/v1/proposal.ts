import type { AuditSummary } from './audits';
import type { Outcome } from './outcome';
import type { Readings } from './readings';

/** What the newest audit proposes: a part of a page, made of parts of the typed API. */
export type Proposal = {
  /** How many audits there are. */
  total: number;
  /** null where there is none. */
  audit: AuditSummary | null;
  /** null where no host is known. */
  outcome: Outcome | null;
  readings: Readings;
};
