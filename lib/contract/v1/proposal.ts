import type { AuditSummary } from './audits';
import type { ListedPlan, PlanList } from './plan-list';
import type { Readings } from './readings';

/** What is worth deciding. Not an endpoint: part of a page, built from parts of the typed API. */
export type Proposal = {
  /** Number of audits. */
  total: number;
  /** The newest audit; null if there is none. */
  audit: AuditSummary | null;
  /** Hosts whose CPU or RAM is hot; null if no host is measured. */
  hot: number | null;
  counts: PlanList['counts'];
  groups: PlanList['groups'];
  /** The plan to recommend; null if no plan that waits still holds. */
  best: ListedPlan | null;
  /** The first plans that wait, best first. */
  top: ListedPlan[];
  /** Plans that run, and those that are about to. */
  running: ListedPlan[];
  /** Hosts that Watcher disabled and left so. */
  leftDisabled: { host: string; reason: string; since: number | null }[];
  /** Whether this visitor may start plans. */
  mayAct: boolean;
  readings: Readings;
};
