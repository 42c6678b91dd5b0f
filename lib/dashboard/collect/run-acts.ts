import 'server-only';
import type { KnownAct } from '@/lib/contract/v1/known-act';
import { NO_ACTS, type RunActs } from '@/lib/domain/acts/run-acts';
import { isRecord } from '@/lib/is-record';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { describeError, log } from '../process/log';
import type { RegionId } from '../process/region';
import { isDone } from '../sources/ask-journal';
import { theStore } from '../sources/store';
import { STARTING } from './starts';

const KINDS = [...STARTING, 'cancel-plan', 'skip-action', 'abort-move'];

/** What people did to a plan and its actions from here. Without a journal nobody did anything from here. */
export async function readRunActs(region: RegionId, plan: ActionPlan, actions: Action[]): Promise<RunActs> {
  const { journal } = theStore() ?? {};
  if (journal === undefined) return NO_ACTS;
  try {
    const objectIds = [plan.id, ...actions.map(({ id }) => id)];
    const [entries, cuts] = await Promise.all([journal.listOn({ region, objectIds, acts: KINDS }), journal.listCuts()]);
    if (entries.length === 0 && cuts.some(({ before }) => before > plan.createdAt))
      return { ...NO_ACTS, missing: 'The journal no longer has the time of this plan.' };
    const done = entries.filter(isDone);
    const start = done.find(({ act }) => STARTING.includes(act));
    const stop = done.find(({ act }) => act === 'cancel-plan');
    const own = done.filter(({ act }) => act === 'skip-action' || act === 'abort-move');
    return {
      missing: null,
      started: start ? known(start) : null,
      startLeftOut: start !== undefined && isRecord(start.request) && Boolean(start.request.off || start.request.skip),
      stopped: stop ? known(stop) : null,
      byAction: new Map(own.map((entry) => [entry.objectId, known(entry)])),
    };
  } catch (error) {
    log().warn(describeError(error), 'the journal can’t be read');
    return { ...NO_ACTS, missing: 'The journal can’t be read now, so who acted is not known.' };
  }
}

const known = ({ at, person, reason }: { at: number; person: string; reason: string }): KnownAct => ({
  at,
  person,
  reason: reason === '' ? null : reason,
});
