import { stepName } from '../plans/step-audits';
import { type ApprovedMove, type CarefulRun, type CarefulStep, currentStep, stepToTidy } from './careful-run';
import type { Command } from './next';
import type { Why } from './stop-rules';

/** How the record of a careful run changes. Every function returns a new record. */

/** What a step was measured against when it began. */
export type StepStart = { spread: number | null; promised: number | null; hot: string[] };

type New = Pick<CarefulRun, 'id' | 'of' | 'rules'> & { moves: ApprovedMove[]; now: number };

export const newRun = ({ id, of, rules, moves, now }: New): CarefulRun => ({
  id,
  of,
  rules,
  createdAt: now,
  state: 'running',
  why: null,
  left: moves,
  dropped: [],
  steps: [],
  isReplaced: false,
});

export function beginStep(
  run: CarefulRun,
  { moves, dropped }: Extract<Command, { do: 'begin' }>,
  { now, start }: { now: number; start: StepStart },
): CarefulRun {
  const taken = new Set([...moves, ...dropped.map(({ move }) => move)].map(({ vmId }) => vmId));
  const step: CarefulStep = {
    moves,
    auditName: stepName(run.id, run.steps.length + 1),
    madeAt: now,
    auditId: null,
    planId: null,
    startedAt: null,
    endedAt: null,
    measuredAt: null,
    results: [],
    spread: { before: start.spread, promised: start.promised, after: null },
    hotBefore: start.hot,
    stuckSince: null,
    accepted: [],
  };
  return {
    ...run,
    left: run.left.filter(({ vmId }) => !taken.has(vmId)),
    dropped: [...run.dropped, ...dropped],
    steps: [...run.steps, step],
  };
}

/** What needs no act. */
type Noted = Extract<Command, { do: 'adopt' | 'give-up' | `note-${string}` | 'pause' | 'end' | 'brake' }>;

export function note(run: CarefulRun, command: Noted, now: number): CarefulRun {
  switch (command.do) {
    case 'adopt':
      return withStep(run, { auditId: command.auditId, planId: command.planId });
    case 'give-up':
      return giveUpStep(run, now);
    case 'note-start':
      return withStep(run, { startedAt: now });
    case 'note-taken':
      return withStep(run, { auditId: command.auditId, planId: command.planId, startedAt: now });
    case 'note-tidy':
      return tidied(run, command.of);
    case 'note-stuck':
      return withStep(run, { stuckSince: command.since });
    case 'note-end': {
      const ended = withStep(run, { endedAt: now, results: command.results, stuckSince: null });
      return halted({ ...ended, left: [...command.back, ...ended.left] }, 'paused', { why: command.why, now });
    }
    case 'note-measured': {
      const { spread } = currentStep(run) ?? {};
      const measured = withStep(run, {
        measuredAt: now,
        spread: { before: null, promised: null, ...spread, after: command.spread },
      });
      return halted(measured, 'paused', { why: command.why, now });
    }
    case 'brake':
    case 'pause':
      return halted(run, 'paused', { why: command.why, now });
    case 'end':
      return halted(run, 'ended', { why: command.why, now });
  }
}

/** Watcher has been asked for the plan of the current step, which may have taken long. */
export const asked = (run: CarefulRun, now: number): CarefulRun => withStep(run, { madeAt: now });

export const replaced = (run: CarefulRun): CarefulRun => ({ ...run, isReplaced: true });

function withStep(run: CarefulRun, change: Partial<CarefulStep>): CarefulRun {
  return { ...run, steps: run.steps.map((step, i) => (i === run.steps.length - 1 ? { ...step, ...change } : step)) };
}

const halted = (
  run: CarefulRun,
  state: 'paused' | 'ended',
  { why, now }: { why: Why | null; now: number },
): CarefulRun => (why === null ? run : { ...run, state, why: { ...why, at: now } });

/** Who asked for it. `reason`: empty if that person gave none. */
export type Asking = { now: number; person: string; reason: string };

/** A person stops it after what runs now. */
export const pauseRun = (run: CarefulRun, { now, ...by }: Asking): CarefulRun =>
  run.state === 'running' ? halted(run, 'paused', { why: { code: 'person', text: saidBy('Paused', by) }, now }) : run;

function saidBy(done: string, { person, reason }: Omit<Asking, 'now'>): string {
  const text = reason === '' ? `${done} by ${person}` : `${done} by ${person}: ${reason}`;
  return text.endsWith('.') ? text : `${text}.`;
}

/** A person ends it: nothing more starts. What runs goes on. */
export const endRun = (run: CarefulRun, { now, ...by }: Asking): CarefulRun =>
  run.state === 'ended'
    ? run
    : halted(run, 'ended', { why: { code: 'ended-by-person', text: saidBy('Ended', by) }, now });

/** A person lets it go on, and accepts what stopped it, for this step. */
export function resumeRun(run: CarefulRun, { now, person, reason }: Asking): CarefulRun {
  if (run.state !== 'paused') return run;
  const accepted = run.why === null ? [] : [run.why.code];
  const step = currentStep(run);
  const going = { ...run, state: 'running' as const, why: null, resumed: { person, reason, at: now } };
  if (step === null) return going;
  const changed = withStep(going, { accepted: [...step.accepted, ...accepted] });
  // The time for which its plan is waited for begins now: the run may have been paused for days.
  return step.planId === null ? asked(changed, now) : changed;
}

function giveUpStep(run: CarefulRun, now: number): CarefulRun {
  const moves = currentStep(run)?.moves ?? [];
  const over = withStep(run, { startedAt: now, endedAt: now, measuredAt: now, isGivenUp: true });
  return { ...over, left: [...moves, ...run.left] };
}

/** Whatever plan a step got needs no more looks. @param of its audit and plan; null if it got none */
function tidied(run: CarefulRun, of: { auditId: string; planId: string } | null): CarefulRun {
  const untidy = stepToTidy(run);
  const steps = run.steps.map((step) => (step === untidy ? { ...step, ...of, isTidy: true as const } : step));
  return { ...run, steps };
}
