import 'server-only';
import type { ActivityHours } from '@/lib/contract/choices';
import type { Activity } from '@/lib/contract/v1/activity';
import type { Deliveries } from '@/lib/contract/v1/delivered';
import { listActivity, matchActivity } from '@/lib/domain/explain/activity';
import { HOUR_MS, SECOND_MS } from '@/lib/units';
import { auditCasesOf, clusterOf, happeningsOf } from '../collect/joined';
import { type ReadingSet, readingStates, takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { takeSpreadHistory } from '../collect/spread-history';
import { describeError, log } from '../process/log';
import type { RegionId } from '../process/region';
import { withinOrNull } from '../process/waiting';
import { theStore } from '../sources/store';
import { viewDeliveries } from './delivered';
import { asView, type View } from './view';

/** What happened in a region lately, on one axis of time. */

type Wanted = { hours: ActivityHours; q?: string };

export type ActivityPage = { activity: Activity; deliveries: Deliveries };

export const readActivityPage = (region: RegionId, wanted: Wanted): Promise<View<ActivityPage>> =>
  asView(async () => {
    const readings = await takeComplete(region, ALL_READINGS);
    const [activity, deliveries] = await Promise.all([viewActivity(readings, wanted), viewDeliveries(readings)]);
    return { activity, deliveries };
  });

/** @param readings with all readings @throws SourceError of Watcher if nothing is known about audits */
export async function viewActivity(readings: ReadingSet, { hours, q = '' }: Wanted): Promise<Activity> {
  const until = Date.now();
  const spanMs = Number(hours) * HOUR_MS;
  const from = until - spanMs;
  const happenings = happeningsOf(readings);
  const [load, hosts] = await Promise.all([takeSpreadHistory(readings, spanMs), listHostChanges(from)]);
  const { covered, reason } = happenings.record;
  const happened = listActivity(
    { cases: auditCasesOf(readings), happenings, cluster: clusterOf(readings), from, until },
    matchActivity(q),
  );
  return {
    ...happened,
    from,
    until,
    moves_since: covered && Math.max(from, covered.from),
    moves_reason: covered === null ? (reason ?? 'Nova’s record of moves has not been read yet.') : reason,
    hosts: hosts.filter(({ host, person }) => matchActivity(q)(host, person)),
    load: load.value ?? [],
    load_reason: load.reason,
    readings: readingStates(readings),
  };
}

const CHANGES = new Map([
  ['close-host', 'closed'],
  ['drain-host', 'closed'],
  ['maintain-host', 'closed'],
  ['open-host', 'opened'],
] as const);
const MOST_ACTS = 500;
/** The journal is a part that is better left out than waited for. */
const PATIENCE_MS = SECOND_MS;

async function listHostChanges(from: number): Promise<Activity['hosts']> {
  const { journal } = theStore() ?? {};
  if (journal === undefined) return [];
  try {
    const entries = (await withinOrNull(journal.list({ limit: MOST_ACTS }), PATIENCE_MS)) ?? [];
    return entries.flatMap(({ at, act, objectName: host, person, reason, outcomes }) => {
      const change = [...CHANGES].find(([name]) => name === act)?.[1];
      if (change === undefined || at < from || outcomes.at(-1)?.outcome !== 'done') return [];
      return [{ at, host, change, person, reason }];
    });
  } catch (error) {
    log().warn(describeError(error), 'the journal can’t be read');
    return [];
  }
}
