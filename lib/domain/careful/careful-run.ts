import type { MoveWord } from '@/lib/contract/v1/run-moves';

/**
 * A careful run: moves that a person approved, in steps, each of which is a plan of its own that Watcher runs. The record is
 * all that is known of it; it is kept in the database, so that a run outlives the process. Times are ms since the epoch.
 */
export type CarefulRun = {
  id: string;
  /** The plan that it carries out, or the host that it drains. */
  of: { kind: 'plan'; auditId: string; planId: string; name: string } | { kind: 'drain'; host: string };
  createdAt: number;
  state: 'running' | 'paused' | 'ended';
  /** Why it is paused or has ended; null while it runs. */
  why: { code: WhyCode; text: string; at: number } | null;
  /** Who let it go on last; absent if nobody did. `reason`: empty if that person gave none. */
  resumed?: { person: string; reason: string; at: number };
  /** Moves that no step has taken yet, in order. */
  left: ApprovedMove[];
  /** Moves that a check before a step found impossible, or that a person left out later. */
  dropped: { move: ApprovedMove; text: string }[];
  /** The steps begun so far; the last one is the current one. */
  steps: CarefulStep[];
  rules: RunRules;
  /** Whether the plan that it carries out has been cancelled, so that nobody starts it, too. */
  isReplaced: boolean;
};

export type ApprovedMove = {
  vmId: string;
  vmName: string;
  source: string;
  destination: string;
  live: boolean;
  /** Its VM must not move, and a person named it all the same. */
  anyway?: true;
};

export type RunRules = {
  /** The size of a step after the first; null for 2, 4, then what suits the cloud. */
  width: number | null;
  /** How long to measure after each step. */
  measureMs: number;
  /** Nothing starts after this time; null without an end. */
  untilAt: number | null;
};

export type CarefulStep = {
  moves: ApprovedMove[];
  /** The name of its audit in Watcher, made of run and step, so that a second one is refused. */
  auditName: string;
  /** When its audit was asked for. */
  madeAt: number;
  auditId: string | null;
  planId: string | null;
  startedAt: number | null;
  /** When Watcher and Nova had ended all of it. */
  endedAt: number | null;
  /** When what it brought had been measured. */
  measuredAt: number | null;
  results: StepResult[];
  /** Standard deviation of the hosts' CPU, in points: before it, as promised, and measured after it. */
  spread: { before: number | null; promised: number | null; after: number | null };
  /** Hosts that were hot when it began. */
  hotBefore: string[];
  /** Since when a copy has gained nothing; null if all do. */
  stuckSince: number | null;
  /** What a person has accepted for this step: these rules don't stop it again. */
  accepted: WhyCode[];
  /** It was given up, since Watcher made no plan for it. */
  isGivenUp?: true;
  /** Whatever plan Watcher made for it was looked for once nobody was to start it any more. */
  isTidy?: true;
};

export type StepResult = { vmId: string; word: MoveWord; text: string };

export type WhyCode =
  // Paused by a rule.
  | 'failed'
  | 'stuck'
  | 'hot'
  | 'little'
  | 'not-measured'
  | 'host-open'
  // Paused since it can't go on.
  | 'person'
  | 'sign-in'
  | 'no-plan'
  | 'not-as-approved'
  | 'refused'
  // Ended.
  | 'done'
  | 'window'
  | 'nothing-works'
  | 'ended-by-person';

export const currentStep = (run: CarefulRun): CarefulStep | null => run.steps.at(-1) ?? null;

/** Moves whose VM has arrived. */
const ARRIVED: MoveWord[] = ['done', 'gave-up-arrived', 'arrived-elsewhere', 'unconfirmed'];
export const hasArrived = ({ word }: StepResult): boolean => ARRIVED.includes(word);

/** Nobody leaves out a move that was approved: somebody or Watcher has skipped it. */
const WENT_WRONG: MoveWord[] = ['failed', 'aborted', 'gave-up', 'unknown', 'arrived-elsewhere', 'left-out'];
export const wentWrong = ({ word }: StepResult): boolean => WENT_WRONG.includes(word);

/** Whether a step runs, so that it is followed to its end whatever the run does. */
export const isFollowed = (step: CarefulStep | null): step is CarefulStep & { startedAt: number; endedAt: null } =>
  step !== null && step.startedAt !== null && step.endedAt === null;

/** Whether nobody is to start the plan of a step: its run has ended before, or has given it up. */
export const mustNotStart = (run: CarefulRun, step: CarefulStep): boolean =>
  step.isGivenUp === true || (run.state === 'ended' && step.startedAt === null);

/** A step whose plan nobody is to start, and may come or be there all the same; null if there is none. */
export const stepToTidy = (run: CarefulRun): CarefulStep | null =>
  run.steps.find((step) => mustNotStart(run, step) && !step.isTidy) ?? null;

/** Whether nothing runs, nothing is to begin and nothing is to be tidied: until a person lets it go on, if at all. */
export function isAtRest(run: CarefulRun): boolean {
  if (run.state === 'running' || isFollowed(currentStep(run))) return false;
  return run.state === 'paused' || stepToTidy(run) === null;
}
