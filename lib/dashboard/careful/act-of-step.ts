import 'server-only';
import { currentStep } from '@/lib/domain/careful/careful-run';
import { theActing } from '../access/visitors';
import { type Act, type Actor, ActRefused } from '../acts/act';
import type { Kept } from '../acts/kept-run';
import { perform } from '../acts/perform';
import type { RegionId } from '../process/region';
import { mayBeHeld } from './token-holders';

/** What a careful run does in the cloud, once, in the name of the person who began it. */

/**
 * `unknown`: it is under way, or its answer was lost; the cloud or the journal will tell. `refused` and `sign-in`: it was not
 * done, and why.
 */
export type Acted = { end: 'done' | 'unknown' } | { end: 'refused' | 'sign-in'; problem: string };

export type ToDo<Body> = { act: Act<Body>; body: Body; params: Record<string, string> };

/** Acts that a process left unfinished are tried again; more of them in one step need a person. */
const MOST_TRIES = 5;

/** Acts once: the key of the act is that of the step. @throws NoJournal, SourceError if it could not even be looked at */
export async function actOfStep<Body>(region: RegionId, kept: Kept, { act, body, params }: ToDo<Body>): Promise<Acted> {
  const actor = actorOf(kept);
  if (actor === null) {
    if (mayBeHeld(kept.id)) return { end: 'unknown' };
    return { end: 'sign-in', problem: SIGN_IN };
  }
  const { id, run } = kept;
  // What a person has accepted is tried anew.
  const accepted = currentStep(run)?.accepted.length ?? 0;
  const key = [id, run.steps.length, act.name, params.plan ?? '', accepted].join('-');
  let acted: Acted = { end: 'unknown' };
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const askedAt = Date.now();
    try {
      const { at, outcomes } = await perform(
        act,
        { region, params, body },
        { actor, key: tried === 0 ? key : `${key}-${tried}` },
      );
      const last = outcomes.at(-1);
      if (last === undefined || last.outcome === 'unknown') return { end: 'unknown' };
      if (last.outcome === 'done') return { end: 'done' };
      acted = { end: 'refused', problem: last.detail };
      // One that another look began is over, and nothing came of it: its process died, or its request never arrived.
      if (at >= askedAt) break;
    } catch (error) {
      if (!(error instanceof ActRefused)) throw error;
      if (error.refusal.code === 'under-way') return { end: 'unknown' };
      return { end: 'refused', problem: error.message };
    }
  }
  // A token that Keystone no longer accepts was forgotten.
  return actorOf(kept) === null ? { end: 'sign-in', problem: SIGN_IN } : acted;
}

const SIGN_IN = 'The sign-in has ended, or the server was restarted. Sign in to go on.';

function actorOf({ by: { account, ...by }, id }: Kept): Actor | null {
  if (account === 'service') return { ...by, token: null };
  const held = theActing().tokenOfRun(id);
  return held === null ? null : { ...by, token: held.token };
}
