import 'server-only';
import { cancelledBy, refuseArchive, refuseCancel, refuseSkip } from '@/lib/domain/acts/other-acts';
import { listActions, readActionPlan } from '@/lib/openstack/watcher';
import { archivePlan, cancelPlan, skipAction } from '@/lib/openstack/writes/plans';
import { type Act, type Done, partOfRequest } from './act';
import { confirm, look, planOf, stateAfter, turnOf } from './of-plan';

/** Acts on a plan, but for starting it. */

export const cancelAct: Act<{ reason?: string }> = {
  name: 'cancel-plan',
  turn: turnOf,
  reason: ({ reason }) => reason ?? '',
  async prepare(asked) {
    const seen = await look(asked);
    const { plan } = seen.facts;
    const to = cancelledBy(plan.state);
    const refusals = refuseCancel(seen.facts);
    const { session } = seen.readings.sources;
    const act = { ...planOf(seen), request: { state: plan.state, ...asked.body }, checked: { refusals } };
    return {
      ...act,
      refusals,
      async perform(write) {
        const written = await cancelPlan(write, plan.id, to ?? 'CANCELLED');
        return confirm([written], () => cancelAct.settle(session, act, false));
      },
    };
  },
  async settle(session, { objectId, request }, isFinal) {
    const before = partOfRequest(request, 'state');
    const state = await stateAfter(session, objectId, isFinal ? [] : [before]);
    if (state !== before) return { outcome: 'done', detail: cancelledAs(state), requestIds: [] };
    return isFinal
      ? { outcome: 'refused', detail: `The plan is still ${state}: it was not cancelled.`, requestIds: [] }
      : { outcome: 'unknown', detail: `The plan is still ${state}; the request may still arrive.`, requestIds: [] };
  },
};

const cancelledAs = (state: string | null) => `The plan is ${state ?? 'gone'}.`;

export const archiveAct: Act<{ reason: string }> = {
  name: 'archive-plan',
  turn: turnOf,
  reason: ({ reason }) => reason,
  async prepare(asked) {
    const seen = await look(asked);
    const { plan } = seen.facts;
    const refusals = refuseArchive(seen.facts);
    const { session } = seen.readings.sources;
    const act = { ...planOf(seen), request: { state: plan.state, ...asked.body }, checked: { refusals } };
    return {
      ...act,
      refusals,
      async perform(write) {
        const written = await archivePlan(write, plan.id);
        return confirm([written], () => archiveAct.settle(session, act, false));
      },
    };
  },
  async settle(session, { objectId }, isFinal) {
    const plan = await readActionPlan(session, objectId);
    if (plan === null || plan.state === 'DELETED') return ARCHIVED;
    return { outcome: isFinal ? 'refused' : 'unknown', detail: `The plan is still ${plan.state}.`, requestIds: [] };
  },
};

const ARCHIVED: Done = { outcome: 'done', detail: 'The plan is archived.', requestIds: [] };

export const skipAct: Act<{ reason: string }> = {
  name: 'skip-action',
  turn: turnOf,
  reason: ({ reason }) => reason,
  async prepare(asked) {
    const seen = await look(asked);
    const { plan, actions } = seen.facts;
    const action = actions.find(({ id }) => id === asked.params.action);
    const refusals = refuseSkip(seen.facts, action);
    const { session } = seen.readings.sources;
    const act = {
      ...planOf(seen),
      objectType: 'action',
      objectId: asked.params.action ?? '',
      request: { plan: plan.id, ...asked.body },
      checked: { refusals },
    };
    return {
      ...act,
      refusals,
      async perform(write) {
        const written = await skipAction(write, action?.id ?? '', asked.body.reason);
        return confirm([written], () => skipAct.settle(session, act, false));
      },
    };
  },
  async settle(session, { objectId, request }, isFinal) {
    const actions = await listActions(session, { planId: partOfRequest(request, 'plan') });
    const state = actions.find(({ id }) => id === objectId)?.state ?? 'gone';
    if (state === 'SKIPPED') return SKIPPED;
    return { outcome: isFinal ? 'refused' : 'unknown', detail: `The action is ${state}.`, requestIds: [] };
  },
};

const SKIPPED: Done = { outcome: 'done', detail: 'The action is skipped, for good.', requestIds: [] };
