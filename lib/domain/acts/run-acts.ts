import type { KnownAct } from '@/lib/contract/v1/known-act';

/** What people did to a run from this dashboard, as its journal has it. Watcher and Nova keep nobody's name. */
export type RunActs = {
  /** Why the journal could not be read; null if it was. */
  missing: string | null;
  started: KnownAct | null;
  /** Whether that start left actions out, which Watcher then has as skipped. */
  startLeftOut: boolean;
  stopped: KnownAct | null;
  /** Who skipped an action or aborted a move, by the id of the action. */
  byAction: ReadonlyMap<string, KnownAct>;
};

/** Nobody did anything from here. */
export const NO_ACTS: RunActs = {
  missing: null,
  started: null,
  startLeftOut: false,
  stopped: null,
  byAction: new Map(),
};

const OUTSIDE = 'from outside this dashboard';

/** ". Reason: hot hosts"; empty without one. */
const why = ({ reason }: KnownAct): string => (reason === null ? '' : `: ${reason}`);
const sentence = (text: string): string => `${text.replace(/[.\s]+$/, '')}.`;

/** "Stopped by ops: too slow." For a plan that somebody stopped. */
export function stoppedInWords({ missing, stopped }: RunActs): string {
  if (stopped !== null) return sentence(`Stopped by ${stopped.person}${why(stopped)}`);
  return missing === null ? `Stopped ${OUTSIDE}.` : 'Stopped; by whom is not known.';
}

/** Who ended a migration of Nova's that did not fail. @param isStopped whether the plan was stopped, which may end its moves */
export function abortedInWords(acts: RunActs, actionId: string, isStopped: boolean): string {
  const own = acts.byAction.get(actionId);
  if (own) return sentence(`Aborted by ${own.person}${why(own)}`);
  if (isStopped && acts.stopped !== null) return `Ended because ${acts.stopped.person} stopped the plan.`;
  return acts.missing === null ? `Cancelled at Nova ${OUTSIDE}.` : 'Cancelled at Nova; by whom is not known.';
}

/** Watcher's words for an action that it skips on request; it skips some by itself. */
const BY_PERSON = /^Action skipped by user\.?\s*(?:Reason:\s*)?/;

/** Who left an action out. @param message Watcher's, with the reason that it was given */
export function skippedInWords(acts: RunActs, actionId: string, message: string | null): string | null {
  const own = acts.byAction.get(actionId);
  if (own) return sentence(`Skipped by ${own.person}${why(own)}`);
  if (message === null || !BY_PERSON.test(message)) return message;
  if (acts.startLeftOut && acts.started !== null)
    return sentence(`Left out by ${acts.started.person} at the start${why(acts.started)}`);
  if (acts.missing !== null) return message;
  const reason = message.replace(BY_PERSON, '');
  return sentence(`Skipped ${OUTSIDE}${reason === '' ? '' : `: ${reason}`}`);
}
