import 'server-only';
import type { OutMore } from '@/lib/contract/v1/out-of-service';
import {
  type BackInService,
  describeEmptying,
  type HostAct,
  listBackInService,
} from '@/lib/domain/drain/back-in-service';
import { tellLeftBehind } from '@/lib/domain/drain/left-behind-story';
import { isRecord } from '@/lib/is-record';
import type { Entry } from '@/lib/store/journal';
import { DAY_MS } from '@/lib/units';
import { CLOSING_ACTS, OPENING_ACT } from '../collect/close-reasons';
import { clusterOf } from '../collect/joined';
import { type ReadingSet, takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { STARTING } from '../collect/starts';
import { describeError, log } from '../process/log';
import type { RegionId } from '../process/region';
import { isDone } from '../sources/ask-journal';
import { theStore } from '../sources/store';
import { keptOfHosts, listHostPlans, outOf } from '../views/out-of-service';
import { partOfRequest } from './act';
import { findRun } from './kept-run';

/** What stands beside the list of hosts out of service. */

const BACK_MS = 30 * DAY_MS;
const MOST = 50;

/** @param readings with all readings */
export async function viewOutMore(readings: ReadingSet): Promise<OutMore> {
  const [left, back] = await Promise.all([listLeftBehind(readings), listBack(readings)]);
  return { left_behind: left, back, kept: theStore() !== null };
}

/** For the page of hosts, which can do without. */
export async function readOutMore(region: RegionId): Promise<OutMore | null> {
  try {
    return await viewOutMore(await takeComplete(region, ALL_READINGS));
  } catch (error) {
    log().warn(describeError(error), 'what was out of service could not be read');
    return null;
  }
}

async function listLeftBehind(readings: ReadingSet): Promise<OutMore['left_behind']> {
  const whyOut = outOf(readings, await keptOfHosts(readings.region, readings));
  const plans = new Map(listHostPlans(readings).map((plan) => [plan.planId, plan]));
  const found = clusterOf(readings).hosts.flatMap((host) => {
    const out = whyOut(host);
    const plan = out?.state === 'left-behind' && out.plan ? plans.get(out.plan.plan_id) : undefined;
    return plan === undefined ? [] : [{ host, plan, reason: out?.closed?.reason ?? null }];
  });
  const ofPlans = {
    region: readings.region,
    objectIds: found.map(({ plan }) => plan.planId),
    acts: [...STARTING, 'cancel-plan'],
  };
  const entries = (await theStore()?.journal.listOn(ofPlans)) ?? [];
  return found.map(({ host: { name, servers }, plan, reason }) => ({
    host: name,
    events: tellLeftBehind({
      host: name,
      reason,
      vms: servers.length,
      plan,
      acts: entries
        .filter((entry) => entry.objectId === plan.planId && isDone(entry))
        .map(({ act, at, person }) => ({
          kind: STARTING.includes(act) ? ('start' as const) : ('stop' as const),
          at,
          person,
        })),
    }),
  }));
}

async function listBack(readings: ReadingSet): Promise<OutMore['back']> {
  const store = theStore();
  if (store === null) return [];
  const entries = await store.journal.listOn({
    region: readings.region,
    objectIds: clusterOf(readings).hosts.map(({ name }) => name),
    acts: [...CLOSING_ACTS, OPENING_ACT],
  });
  const acts = entries.flatMap(toHostAct);
  const back = listBackInService(acts, Date.now() - BACK_MS).slice(0, MOST);
  return Promise.all(back.map(describeBack));
}

/** One that failed in part has closed its host: only what came after that failed. */
function toHostAct(entry: Entry): HostAct[] {
  const { objectId: host, act, at, person, reason, request, checked } = entry;
  const outcome = entry.outcomes.at(-1)?.outcome;
  if (outcome !== 'done' && !(outcome === 'failed' && CLOSING_ACTS.includes(act))) return [];
  const run = partOfRequest(request, 'run');
  const stays = isRecord(request) && Array.isArray(request.stays) ? request.stays.length : 0;
  const was = isRecord(checked) && isRecord(checked.was) ? checked.was.reason : null;
  return [
    {
      host,
      kind: act === OPENING_ACT ? 'open' : 'close',
      at,
      person,
      reason,
      drain: run === '' ? null : { run, stays },
      before: typeof was === 'string' ? was : null,
    },
  ];
}

async function describeBack({ host, closed, opened, drain }: BackInService): Promise<OutMore['back'][number]> {
  const kept = drain === null ? null : await findRun(drain.run);
  const emptied = kept && describeEmptying(kept.run, drain?.stays ?? 0);
  return {
    host,
    closed_at: closed?.at ?? null,
    closed_by: closed?.person ?? null,
    reason: closed === null ? opened.before : closed.reason,
    opened_at: opened.at,
    opened_by: opened.person,
    moved: emptied?.moved ?? null,
    moved_from: emptied?.from ?? null,
    moved_until: emptied?.until ?? null,
    surprises: emptied?.surprises ?? [],
  };
}
