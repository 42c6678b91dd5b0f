import type { Run } from '@/lib/contract/v1/run';
import { formatThings } from '@/lib/format';
import type { Action } from '@/lib/openstack/records';
import { DAY_MS, MINUTE_MS } from '@/lib/units';
import { readAction } from '../plans/actions';
import { batchSizes } from './batches';
import {
  type ApprovedMove,
  type CarefulRun,
  type CarefulStep,
  currentStep,
  isFollowed,
  type StepResult,
  stepToTidy,
  wentWrong,
} from './careful-run';
import { progressOf } from './progress';
import { type Why, whyAfterStep, whyDuringStep } from './stop-rules';

/** What a careful run does next. The run itself is the only memory, so that any process can go on with it. */

type StepAudit = { id: string; state: string; plan: { id: string; state: string; actions: Action[] } | null };

export type Looked = {
  now: number;
  /** Hosts of the region. */
  hosts: number;
  /** The audit with the name of the current step; null if Watcher has none. */
  audit: StepAudit | null;
  /** The same of a step to tidy. */
  untidy: StepAudit | null;
  /** The plan of the current step as it is followed; null before it was started. */
  run: Run | null;
  /** The moves that are left, checked just now; null if that is not needed or not possible. */
  checked: { move: ApprovedMove; problem: string | null }[] | null;
  /** Whether the host that the run drains takes new VMs again; null if it drains none. */
  isOpenAgain: boolean | null;
  /** What the region measures: when, the spread in points, and its hot hosts. */
  load: { at: number | null; spread: number | null; hot: string[] };
};

export type Command =
  | { do: 'wait' }
  /** Begins a step with these moves. */
  | { do: 'begin'; moves: ApprovedMove[]; dropped: CarefulRun['dropped'] }
  /** Asks Watcher for the plan of the current step. */
  | { do: 'create' }
  /** Its plan is there, with exactly the approved moves. */
  | { do: 'adopt'; auditId: string; planId: string }
  /** It will have none: its moves go into a step of another name. */
  | { do: 'give-up' }
  /** Cancels the plan that this run carries out. */
  | { do: 'replace' }
  | { do: 'start' }
  /** It has been started. */
  | { do: 'note-start' }
  | { do: 'note-stuck'; since: number | null }
  /** Nothing new must start: a rule stops the run in the middle of a step. */
  | { do: 'brake'; why: Why }
  /** Watcher and Nova have ended the step. `back`: moves that never began. */
  | { do: 'note-end'; results: StepResult[]; back: ApprovedMove[]; why: Why | null }
  | { do: 'note-measured'; spread: number | null; why: Why | null }
  /** Cancels the plan of a step that nobody is to start. */
  | { do: 'withdraw'; auditId: string; planId: string }
  /** Such a step needs no more looks: it got no plan, or this one is over. */
  | { do: 'note-tidy'; of: { auditId: string; planId: string } | null }
  /** The current step runs although the run had ended before: its start was under way, or somebody else started it. */
  | { do: 'note-taken'; auditId: string; planId: string }
  | { do: 'pause'; why: Why }
  | { do: 'end'; why: Why };

const WAIT: Command = { do: 'wait' };

/** An engine takes an audit within seconds. */
const NO_PLAN_MS = 2 * MINUTE_MS;
/** Loads that stay unknown for this long are not waited for. */
const NO_LOAD_MS = 5 * MINUTE_MS;
/** A request for an audit that was sent this long ago arrives no more. */
const FINAL_MS = MINUTE_MS;
/** A step whose plan can't be found for this long is not waited for. */
const GONE_MS = DAY_MS;

export function next(run: CarefulRun, looked: Looked): Command {
  const step = currentStep(run);
  // What runs is followed to its end, also while the run is paused.
  if (isFollowed(step)) return whileItRuns(run, step, looked);
  if (run.state === 'ended') return tidy(run, looked) ?? WAIT;
  if (run.state !== 'running') return WAIT;
  if (step === null || step.measuredAt !== null) return betweenSteps(run, looked);
  if (step.endedAt !== null) return whileMeasuring(run, step, looked);
  return step.planId === null ? untilItHasAPlan(run, step, looked) : untilItStarts(run, step, looked);
}

const isOver = ({ rules }: CarefulRun, now: number): boolean => rules.untilAt !== null && now >= rules.untilAt;

const windowOver = (run: CarefulRun): Command => ({
  do: 'end',
  why: {
    code: 'window',
    text: `Its time is over: ${formatThings(progressOf(run).left, 'move was', 'moves were')} not started.`,
  },
});

/** null if nothing is to be tidied, or Watcher has not made the plan yet. */
function tidy(run: CarefulRun, { now, untidy }: Looked): Command | null {
  const step = stepToTidy(run);
  if (step === null) return null;
  if (untidy === null) return now - (run.why?.at ?? step.madeAt) < FINAL_MS ? null : { do: 'note-tidy', of: null };
  const { id: auditId, state, plan } = untidy;
  if (plan === null) return isBeingMade(state) ? null : { do: 'note-tidy', of: null };
  const of = { auditId, planId: plan.id };
  if (['RECOMMENDED', 'PENDING'].includes(plan.state)) return { do: 'withdraw', ...of };
  const isTaken = step === currentStep(run) && !step.isGivenUp && !NEVER_RAN.includes(plan.state);
  return isTaken ? { do: 'note-taken', ...of } : { do: 'note-tidy', of };
}

const NEVER_RAN = ['CANCELLED', 'SUPERSEDED', 'DELETED'];

const isBeingMade = (audit: string): boolean => ['PENDING', 'ONGOING'].includes(audit);

function betweenSteps(run: CarefulRun, looked: Looked): Command {
  const { now, hosts, checked, isOpenAgain } = looked;
  const first = tidy(run, looked);
  if (first !== null) return first;
  if (run.left.length === 0) return { do: 'end', why: { code: 'done', text: 'All its steps are done.' } };
  if (isOver(run, now)) return windowOver(run);
  if (checked === null) return WAIT;
  if (isOpenAgain && run.of.kind === 'drain' && !currentStep(run)?.accepted.includes('host-open')) {
    const text = `Somebody has opened ${run.of.host}: new VMs may land on it. Close it again, or go on all the same.`;
    return { do: 'pause', why: { code: 'host-open', text } };
  }
  const works = checked.filter(({ problem }) => problem === null).map(({ move }) => move);
  const dropped = checked.flatMap(({ move, problem }) => (problem === null ? [] : [{ move, text: problem }]));
  if (works.length === 0) {
    const text = `None of the ${formatThings(dropped.length, 'move')} that are left works any more.`;
    return { do: 'end', why: { code: 'nothing-works', text } };
  }
  // A step that moved nothing is taken again at its size.
  const taken = run.steps.filter(({ results }) => results.length > 0).length;
  const [size = 1] = batchSizes({ taken, moves: works.length, hosts, width: run.rules.width });
  return { do: 'begin', moves: works.slice(0, size), dropped };
}

function untilItHasAPlan(run: CarefulRun, step: CarefulStep, { now, audit }: Looked): Command {
  if (audit === null) return isOver(run, now) ? windowOver(run) : { do: 'create' };
  if (isBeingMade(audit.state)) {
    if (now - step.madeAt < NO_PLAN_MS) return WAIT;
    return withoutPlan(step, 'No decision engine has made the plan of this step.', { patience: 2 });
  }
  if (audit.state !== 'SUCCEEDED' || audit.plan === null)
    return withoutPlan(step, `Watcher has made no plan for this step: its audit is ${audit.state}.`);
  const { id, actions } = audit.plan;
  return isAsApproved(actions, step.moves)
    ? { do: 'adopt', auditId: audit.id, planId: id }
    : { do: 'pause', why: { code: 'not-as-approved', text: 'The plan of this step is not what was approved.' } };
}

/** @param patience how often a person lets the run go on before this step is given up: an engine that was away may still come */
function withoutPlan(step: CarefulStep, text: string, { patience = 1 } = {}): Command {
  const gone = step.accepted.filter((code) => code === 'no-plan').length;
  return gone >= patience ? { do: 'give-up' } : { do: 'pause', why: { code: 'no-plan', text } };
}

function untilItStarts(run: CarefulRun, step: CarefulStep, { now, audit }: Looked): Command {
  const plan = audit?.plan ?? null;
  if (plan === null || plan.id !== step.planId) return withoutPlan(step, 'The plan of this step is gone.');
  if (plan.state !== 'RECOMMENDED') return { do: 'note-start' };
  if (isOver(run, now)) return windowOver(run);
  if (run.of.kind === 'plan' && !run.isReplaced) return { do: 'replace' };
  return { do: 'start' };
}

function whileItRuns(run: CarefulRun, step: CarefulStep, looked: Looked): Command {
  const { run: view, now } = looked;
  if (view === null) return now - (step.startedAt ?? now) < GONE_MS ? WAIT : noteGone(run, step);
  if (view.is_final) return noteEnd(run, step, view);
  if (run.state !== 'running') return WAIT;
  const since = view.moves.some(({ word }) => word === 'not-converging') ? (step.stuckSince ?? now) : null;
  if (since !== step.stuckSince) return { do: 'note-stuck', since };
  const why = whyDuringStep(step, { moves: view.moves, ...looked });
  return why === null ? WAIT : { do: 'brake', why };
}

function noteEnd(run: CarefulRun, step: CarefulStep, { moves }: Run): Command {
  const results = moves.map(({ vm_id: vmId, word, title, text }): StepResult => {
    return { vmId: vmId ?? '', word, text: text ?? title };
  });
  const byVm = new Map(results.map((result) => [result.vmId, result]));
  const back = step.moves.filter(({ vmId }) => NEVER_BEGAN.includes(byVm.get(vmId)?.word ?? 'not-started'));
  const why = whyEnded(run, step, results);
  return { do: 'note-end', results: results.filter(({ vmId }) => !back.some((move) => move.vmId === vmId)), back, why };
}

/** Its plan was archived, or Watcher was not to be read for a day. */
function noteGone(run: CarefulRun, step: CarefulStep): Command {
  const results = step.moves.map(({ vmId }): StepResult => {
    return { vmId, word: 'unknown', text: 'Its plan is gone from Watcher.' };
  });
  return { do: 'note-end', results, back: [], why: whyEnded(run, step, results) };
}

const whyEnded = (run: CarefulRun, step: CarefulStep, results: StepResult[]): Why | null =>
  run.state === 'running' ? whyAfterStep(step, { wrong: results.filter(wentWrong) }) : null;

const NEVER_BEGAN: StepResult['word'][] = ['not-started', 'waits'];

function whileMeasuring(run: CarefulRun, step: CarefulStep, { now, load }: Looked): Command {
  const endedAt = step.endedAt ?? now;
  const isFresh = load.at !== null && load.at >= endedAt + run.rules.measureMs;
  if (!isFresh || load.spread === null) {
    if (now < endedAt + run.rules.measureMs + NO_LOAD_MS || step.accepted.includes('not-measured')) {
      return step.accepted.includes('not-measured') ? { do: 'note-measured', spread: null, why: null } : WAIT;
    }
    const text = 'What this step brought can’t be measured: the loads of the hosts are not known.';
    return { do: 'pause', why: { code: 'not-measured', text } };
  }
  const measured = { ...step, spread: { ...step.spread, after: load.spread } };
  // Once its time is over nothing starts any more, and there is nothing to ask anybody.
  const why = isOver(run, now) ? null : whyAfterStep(measured, { hot: load.hot });
  return { do: 'note-measured', spread: load.spread, why };
}

/** Whether a plan moves exactly these VMs, from and to these hosts, in these ways, and does nothing else. */
function isAsApproved(actions: Action[], moves: ApprovedMove[]): boolean {
  const key = ({ vmId, source, destination, live }: Omit<ApprovedMove, 'vmName'>) =>
    [vmId, source, destination, live].join(' ');
  const wanted = new Set(moves.map(key));
  const found = actions.map((action) => {
    const read = readAction(action);
    if (read.kind !== 'migrate') return null;
    const { id, source, destination, live } = read;
    return key({ vmId: id ?? '', source: source ?? '', destination: destination ?? '', live });
  });
  return (
    found.length === wanted.size && new Set(found).size === wanted.size && found.every((one) => wanted.has(one ?? ''))
  );
}
