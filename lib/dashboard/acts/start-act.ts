import 'server-only';
import type { StartBody } from '@/lib/contract/v1/acts';
import { listMarked } from '@/lib/domain/acts/facts';
import { refusal } from '@/lib/domain/acts/refusal';
import { refuseStart } from '@/lib/domain/acts/start';
import { willHappen } from '@/lib/domain/acts/will-happen';
import { sayGrounds } from '@/lib/domain/cluster/must-not-move';
import { formatThings } from '@/lib/format';
import { isRecord } from '@/lib/is-record';
import type { Session } from '@/lib/openstack/session';
import { listActions, readActionPlan } from '@/lib/openstack/watcher';
import { skipAction, startPlan } from '@/lib/openstack/writes/plans';
import { NotWritten, type Write, type Written } from '@/lib/openstack/writes/writer';
import { type Act, type Done, requestIdsOf } from './act';
import { confirm, digestOfSeen, look, planOf, stateAfter, turnOf } from './of-plan';

export const startAct: Act<StartBody> = {
  name: 'start-plan',
  turn: turnOf,
  reason: ({ reason }) => reason,
  keepsTokenFor: ({ objectId }) => objectId,
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
      checked: { will, refusals, left_out: facts.leftOut },
      refusals,
      perform: (write) => {
        const grounds = new Map(listMarked(facts).map((move) => [move.action_id, move.must_not_move ?? []]));
        const skips = facts.leftOut.map((id): Skip => {
          const why = grounds.get(id);
          return { id, reason: why ? `must not move: ${sayGrounds(why)}` : body.reason };
        });
        return skipAndStart({ write, session, planId: facts.plan.id }, skips);
      },
    };
  },
  async settle(session, { objectId, checked }, isFinal) {
    const state = await stateAfter(session, objectId, isFinal ? [] : ['RECOMMENDED']);
    if (state !== null && state !== 'RECOMMENDED') return { outcome: 'done', detail: startedAs(state), requestIds: [] };
    if (state === null) return { outcome: 'unknown', detail: 'The plan is gone.', requestIds: [] };
    if (!isFinal)
      return { outcome: 'unknown', detail: 'The plan still waits; the request may still arrive.', requestIds: [] };
    const skipped = await countSkipped(session, objectId, leftOutOf(checked));
    return notStarted('The plan still waits: it was not started', skipped);
  },
};

/** What the act was to skip, as `prepare` wrote it. */
const leftOutOf = (checked: unknown): string[] =>
  isRecord(checked) && Array.isArray(checked.left_out) ? checked.left_out.map(String) : [];

/** How many of these actions, which were open when the act was checked, are skipped by now. */
async function countSkipped(session: Session, planId: string, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const actions = await listActions(session, { planId });
  return actions.filter(({ id, state }) => state === 'SKIPPED' && ids.includes(id)).length;
}

/** @param why without its full stop */
const notStarted = (why: string, skipped: number, requestIds: string[] = []): Done =>
  skipped === 0
    ? { outcome: 'refused', detail: `${why}.`, requestIds }
    : {
        outcome: 'failed',
        detail: `${why}, but ${formatThings(skipped, 'action is', 'actions are')} skipped for good.`,
        requestIds,
      };

const startedAs = (state: string) => `Watcher has taken it: the plan is ${state}.`;

/** `reason`: Watcher keeps it with the action. */
type Skip = { id: string; reason: string };

/** Characters, as Watcher keeps them. */
const LONGEST_REASON = 223;

type Starting = { write: Write; session: Session; planId: string };

/**
 * Skips what is left out, looks whether all of it is skipped and the plan still waits, and starts it.
 *
 * @throws NotWritten if nothing was changed, SourceError if nobody knows
 */
async function skipAndStart({ write, session, planId }: Starting, skips: Skip[]): Promise<Done> {
  const leftOut = skips.map(({ id }) => id);
  const written: Pick<Written, 'requestId'>[] = [];
  /** Something was skipped before. */
  const refusedBy = (error: unknown): Done => {
    if (written.length === 0 || !(error instanceof NotWritten)) throw error;
    return notStarted(`Not started: ${withoutStop(error.message)}`, written.length, requestIdsOf(...written, error));
  };
  try {
    for (const { id, reason } of skips) written.push(await skipAction(write, id, reason.slice(0, LONGEST_REASON)));
  } catch (error) {
    return refusedBy(error);
  }
  if (leftOut.length > 0) {
    const [plan, skipped] = await Promise.all([
      readActionPlan(session, planId),
      countSkipped(session, planId, leftOut),
    ]);
    const why =
      plan?.state === 'RECOMMENDED' ? 'Watcher did not skip all of it' : `the plan is ${plan?.state ?? 'gone'}`;
    if (plan?.state !== 'RECOMMENDED' || skipped < leftOut.length)
      return notStarted(`Not started: ${why}`, skipped, requestIdsOf(...written));
  }
  try {
    written.push(await startPlan(write, planId));
  } catch (error) {
    return refusedBy(error);
  }
  return confirm(written, () => startAct.settle(session, { objectId: planId, request: null, checked: null }, false));
}

const withoutStop = (sentence: string) => sentence.replace(/\.$/, '');
