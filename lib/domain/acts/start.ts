import type { Refusal } from '@/lib/contract/v1/acts';
import { formatNames, formatThings, formatTime } from '@/lib/format';
import { sayGrounds } from '../cluster/must-not-move';
import { isMigration } from '../plans/actions';
import { replacementOf } from '../plans/replacement';
import { isRunning } from '../plans/states';
import { listMarked, liveAppliers, movesToRun, type PlanFacts } from './facts';
import { refusal } from './refusal';

/** Whether a plan may be started now, and why not. */

/** What the person chose. */
export type StartChoice = {
  /** Keys of moves that would fail and are wanted all the same. */
  despite: ReadonlySet<string>;
  /** Whether it may wait behind another plan. */
  queue: boolean;
};

export const NO_CHOICE: StartChoice = { despite: new Set(), queue: false };

/** All reasons, the hardest first; empty if it may be started. */
export function refuseStart(facts: PlanFacts, choice: StartChoice): Refusal[] {
  const reasons = [
    whyOver(facts),
    whyNotReady(facts),
    facts.unreadable === null ? null : refusal('cannot-check', facts.unreadable),
    whyNoApplier(facts),
    whyNothing(facts),
    whyMarked(facts),
    whyNoSkip(facts),
    whyFailing(facts, choice),
    whyQueued(facts, choice),
  ];
  return reasons.filter((reason) => reason !== null);
}

function whyOver({ now, plan, audit, siblings, expiryMs }: PlanFacts): Refusal | null {
  const { state } = plan;
  if (state === 'RECOMMENDED') return null;
  const newer = replacementOf({ plan, audit, siblings });
  if (newer) {
    const at = formatTime(newer.createdAt, now);
    return refusal('replaced', `A newer plan replaced this one at ${at}.`, { plan: newer.id });
  }
  if (state === 'SUPERSEDED') {
    const at = formatTime(plan.createdAt + expiryMs, now);
    return refusal('expired', `This plan expired at ${at}. Run the audit again.`);
  }
  if (state === 'PENDING' || isRunning(state))
    return refusal('already-started', `This plan has been started already: it is ${state}.`);
  return refusal('wrong-state', `Watcher starts only plans that are RECOMMENDED; this one is ${state}.`);
}

/** Watcher writes the plan before its actions, and expires plans only now and then. */
function whyNotReady({ now, plan, audit, actions, expiryMs }: PlanFacts): Refusal | null {
  if (plan.state !== 'RECOMMENDED') return null;
  if (audit?.type === 'ONESHOT' && (audit.state === 'ONGOING' || audit.state === 'PENDING'))
    return refusal('being-made', 'Watcher is still making this plan.');
  if (audit?.state === 'FAILED' && actions.length === 0)
    return refusal('wrong-state', 'The audit failed while it made this plan: there is nothing to start.');
  if (now >= plan.createdAt + expiryMs) {
    const at = formatTime(plan.createdAt + expiryMs, now);
    return refusal('expired', `This plan expired at ${at}; Watcher is about to mark it so. Run the audit again.`);
  }
  return null;
}

function whyNoApplier(facts: PlanFacts): Refusal | null {
  if (facts.services === null)
    return refusal('cannot-check', 'Watcher does not say whether an applier is alive, so nothing may run this plan.');
  if (liveAppliers(facts).length > 0) return null;
  const seen = facts.services.filter(({ name }) => name === 'watcher-applier').map(({ lastSeenAt }) => lastSeenAt ?? 0);
  const last = Math.max(0, ...seen);
  const since =
    last > 0 ? ` No applier has checked in since ${formatTime(last, facts.now)}.` : ' Watcher knows of no applier.';
  const text = `Nothing would run this plan.${since} Started now, it would wait and begin whenever an applier comes back.`;
  return refusal('no-applier', text);
}

function whyNothing(facts: PlanFacts): Refusal | null {
  const { actions, leftOut } = facts;
  const others = actions.filter((one) => !isMigration(one) && one.state === 'PENDING' && !leftOut.includes(one.id));
  if (movesToRun(facts).length > 0 || others.length > 0) return null;
  const marked = listMarked(facts).map(({ vm_name: name }) => name);
  const why = marked.length === 0 ? '' : `: ${formatNames(marked)} must not move`;
  return refusal('nothing-left', `Nothing of this plan is left to run${why}.`);
}

/** Where nothing can be skipped, a start would move VMs that must not move. */
function whyMarked(facts: PlanFacts): Refusal | null {
  const { release } = facts;
  const marked = listMarked(facts);
  const [first] = marked;
  if (!first || release.skips === true) return null;
  const many = formatThings(marked.length, 'of its moves is of a VM', 'of its moves are of VMs');
  const names = formatNames(marked.map(({ vm_name: name }) => name));
  const text = `${many} that must not move: ${names} (${sayGrounds(first.must_not_move ?? [])}). This Watcher (${nameOf(release)}) can’t skip actions.`;
  return refusal('must-not-move', text, { override: 'anyway', moves: marked.map(({ key }) => key) });
}

const nameOf = ({ name }: PlanFacts['release']): string => name ?? 'of an unknown release';

function whyNoSkip(facts: PlanFacts): Refusal | null {
  const { moves, release } = facts;
  const marked = new Set(listMarked(facts).map(({ action_id: id }) => id));
  const leftOut = facts.leftOut.filter((id) => !marked.has(id));
  if (leftOut.length === 0 || release.skips === true) return null;
  const out = moves.filter(({ change, action_id: id }) => change === 'left-out' && !marked.has(id));
  const text = `This Watcher (${nameOf(release)}) can’t skip actions: it starts all of them, or none.`;
  return refusal('cannot-skip', text, { moves: out.map(({ key }) => key) });
}

function whyFailing(facts: PlanFacts, { despite }: StartChoice): Refusal | null {
  const failing = movesToRun(facts).filter(({ key, verdict }) => verdict === 'would-fail' && !despite.has(key));
  if (failing.length === 0) return null;
  const [first] = failing;
  const why = first?.reasons[0]?.text ?? '';
  const names = formatNames(failing.map(({ vm_name: name }) => name));
  const text = `${failing.length} of these moves would fail: ${names}. ${why}`.trim();
  return refusal('would-fail', text, { override: 'despite', moves: failing.map(({ key }) => key) });
}

function whyQueued({ rivals }: PlanFacts, { queue }: StartChoice): Refusal | null {
  const [rival] = rivals;
  if (!rival || queue) return null;
  const progress = rival.of === null || rival.done === null ? '' : `, ${rival.done} of ${rival.of} done`;
  const shared =
    rival.shared.length === 0
      ? ''
      : ` Both use ${formatThings(rival.shared.length, 'host')}: ${formatNames(rival.shared)}.`;
  const verb = rival.state === 'PENDING' ? 'waits to run' : 'is running';
  const text = `${rival.name} ${verb}${progress}. This plan would start after it without asking again, or beside it if the applier runs several at once.${shared}`;
  return refusal('another-runs', text, { override: 'queue', plan: rival.planId });
}
