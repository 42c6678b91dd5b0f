import type { ReviewedMove, ReviewedShutdown } from '@/lib/contract/v1/verdicts';
import type { Action, ActionPlan, Audit, WatcherService } from '@/lib/openstack/records';
import type { Release } from '../plans/release';

/** A plan of another audit that runs or waits to run. */
export type Rival = {
  planId: string;
  /** Name of its audit. */
  name: string;
  state: string;
  /** Actions that are over, and all; null if they are not known. */
  done: number | null;
  of: number | null;
  /** Hosts that both plans use. */
  shared: string[];
};

/** What the acts on a plan are decided by, read from the cloud at one time. Times in ms since the epoch. */
export type PlanFacts = {
  now: number;
  plan: ActionPlan;
  actions: Action[];
  /** null if the audit was deleted, which leaves its plans. */
  audit: Audit | null;
  /** All plans of the audit, newest first. */
  siblings: ActionPlan[];
  rivals: Rival[];
  /** null if Watcher does not tell. */
  services: WatcherService[] | null;
  release: Release;
  /** How long Watcher keeps plans that wait. */
  expiryMs: number;
  /** Why what is needed for the check can't be read, a sentence; null if all is known. */
  unreadable: string | null;
  /** Moves and shutdowns of the plan as it would be started, in execution order. */
  moves: ReviewedMove[];
  shutdowns: ReviewedShutdown[];
  /** Ids of actions that would be skipped before the start. */
  leftOut: string[];
  /** In bytes; null if unknown. */
  ramToCopy: number | null;
};

/** Moves that would run: those that are left out or over have no verdict. */
export const movesToRun = ({ moves }: Pick<PlanFacts, 'moves'>): ReviewedMove[] =>
  moves.filter(({ verdict }) => verdict !== null);

/** Moves that are left out since their VMs must not move. */
export const listMarked = ({ moves }: Pick<PlanFacts, 'moves'>): ReviewedMove[] =>
  moves.filter(({ change, must_not_move: grounds }) => change === 'left-out' && grounds !== undefined);

/** Appliers that have checked in lately. */
export const liveAppliers = ({ services }: Pick<PlanFacts, 'services'>): WatcherService[] =>
  (services ?? []).filter(({ name, status }) => name === 'watcher-applier' && status === 'ACTIVE');
