import 'server-only';
import type { StartBody } from '@/lib/contract/v1/acts';
import { refusal } from '@/lib/domain/acts/refusal';
import { refuseStart } from '@/lib/domain/acts/start';
import { willHappen } from '@/lib/domain/acts/will-happen';
import { publicMessage } from '@/lib/errors';
import { formatThings } from '@/lib/format';
import type { Session } from '@/lib/openstack/session';
import { listActions, readActionPlan } from '@/lib/openstack/watcher';
import { skipAction, startPlan } from '@/lib/openstack/writes/plans';
import { type Write, WriteRefused } from '@/lib/openstack/writes/writer';
import { type Act, type Done, partOfRequest } from './act';
import { digestOfSeen, look, planOf, stateAfter, turnOf } from './of-plan';

export const startAct: Act<StartBody> = {
  name: 'start-plan',
  turn: turnOf,
  reason: ({ reason }) => reason,
  async prepare(asked) {
    const { body } = asked;
    const seen = await look(asked, body);
    const { facts, cautions, readings } = seen;
    const will = willHappen(facts, cautions);
    const refusals = refuseStart(facts, { despite: new Set(body.despite), queue: body.queue ?? false });
    if (body.seen !== digestOfSeen(seen))
      refusals.push(refusal('changed', 'The plan or its VMs have changed since you looked. Look again.'));
    if (body.vms !== will.vms) {
      const text = `It is ${formatThings(will.vms, 'VM')} now, not ${body.vms}.`;
      refusals.push(refusal('number', text));
    }
    const { session } = readings.sources;
    return {
      ...planOf(seen),
      request: body,
      checked: { will, refusals },
      refusals,
      perform: (write) => skipAndStart({ write, session, planId: facts.plan.id }, facts.leftOut, body.reason),
    };
  },
  async settle(session, { objectId, request }, isFinal) {
    const state = await stateAfter(session, objectId, isFinal ? [] : ['RECOMMENDED']);
    if (state !== null && state !== 'RECOMMENDED') return { outcome: 'done', detail: startedAs(state), requestIds: [] };
    if (state === null) return { outcome: 'unknown', detail: 'The plan is gone.', requestIds: [] };
    if (!isFinal)
      return { outcome: 'unknown', detail: 'The plan still waits; the start may still arrive.', requestIds: [] };
    // Only this act skips moves of the plan: it had the turn.
    const skipped = hasLeftOut(request)
      ? (await listActions(session, { planId: objectId })).filter((action) => action.state === 'SKIPPED').length
      : 0;
    return skipped === 0
      ? { outcome: 'refused', detail: 'The plan still waits: it was not started.', requestIds: [] }
      : { outcome: 'failed', detail: `Not started, but ${skippedWords(skipped)}`, requestIds: [] };
  },
};

const hasLeftOut = (request: unknown): boolean =>
  partOfRequest(request, 'off') !== '' || partOfRequest(request, 'skip') !== '';

const skippedWords = (count: number) => `${formatThings(count, 'action is', 'actions are')} skipped for good.`;

const startedAs = (state: string) => `Watcher has taken it: the plan is ${state}.`;

type Starting = { write: Write; session: Session; planId: string };

/**
 * Skips what is left out, looks whether the plan still waits, and starts it.
 *
 * @param reason for the skipped actions, which Watcher keeps
 */
async function skipAndStart({ write, session, planId }: Starting, skipped: string[], reason: string): Promise<Done> {
  const requestIds: string[] = [];
  const note = (requestId: string | null) => {
    if (requestId !== null) requestIds.push(requestId);
  };
  let count = 0;
  const notStarted = (why: string): Done => {
    const detail = `Not started: ${why} ${skippedWords(count)}`;
    return { outcome: 'failed', detail, requestIds };
  };
  try {
    for (const id of skipped) {
      note((await skipAction(write, id, reason)).requestId);
      count++;
    }
  } catch (error) {
    // The first skip was refused: nothing was changed.
    if (count === 0 && error instanceof WriteRefused) throw error;
    if (error instanceof WriteRefused) note(error.requestId);
    return notStarted(error instanceof WriteRefused ? error.message : publicMessage(error));
  }
  if (count > 0) {
    const plan = await readActionPlan(session, planId).catch(() => null);
    if (plan?.state !== 'RECOMMENDED') return notStarted(`the plan is ${plan?.state ?? 'not to be found'} by now.`);
  }
  try {
    note((await startPlan(write, planId)).requestId);
  } catch (error) {
    if (count === 0 || !(error instanceof WriteRefused)) throw error;
    note(error.requestId);
    return notStarted(error.message);
  }
  const state = await stateAfter(session, planId, ['RECOMMENDED']);
  if (state === null || state === 'RECOMMENDED')
    return {
      outcome: 'unknown',
      detail: 'Watcher accepted the start, and still shows the plan as before.',
      requestIds,
    };
  return { outcome: 'done', detail: startedAs(state), requestIds };
}
