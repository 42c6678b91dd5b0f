import 'server-only';
import type { ActivityHours } from '@/lib/contract/choices';
import type { Activity } from '@/lib/contract/v1/activity';
import type { Deliveries } from '@/lib/contract/v1/delivered';
import { listActivity, matchActivity } from '@/lib/domain/explain/activity';
import { groupBy } from '@/lib/group-by';
import { HOUR_MS } from '@/lib/units';
import { CLOSING_ACTS, OPENING_ACT } from '../collect/close-reasons';
import { auditCasesOf, clusterOf, happeningsOf } from '../collect/joined';
import { type ReadingSet, readingStates, takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { takeSpreadHistory } from '../collect/spread-history';
import type { RegionId } from '../process/region';
import { askJournal, isDone } from '../sources/ask-journal';
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
  const [load, acts] = await Promise.all([takeSpreadHistory(readings, spanMs), listActs(readings.region)]);
  const { covered, reason } = happenings.record;
  const matches = matchActivity(q);
  const happened = listActivity(
    {
      cases: auditCasesOf(readings),
      happenings,
      cluster: clusterOf(readings),
      from,
      until,
      people: peopleOfPlans(acts),
    },
    matches,
  );
  return {
    ...happened,
    from,
    until,
    moves_since: covered && Math.max(from, covered.from),
    moves_reason: covered === null ? (reason ?? 'Nova’s record of moves has not been read yet.') : reason,
    hosts: listHostChanges(acts, from).filter(({ host, person }) => matches(host, person)),
    load: load.value ?? [],
    load_reason: load.reason,
    readings: readingStates(readings),
  };
}

const MOST_ACTS = 500;

const listActs = async (region: RegionId) =>
  (await askJournal((journal) => journal.list({ region, limit: MOST_ACTS }))) ?? [];

type Acts = Awaited<ReturnType<typeof listActs>>;

/** A person finds plans, too: those that they did something to. */
const peopleOfPlans = (acts: Acts): ReadonlyMap<string, string[]> =>
  new Map(
    [...groupBy(acts, ({ objectId }) => objectId)].map(([id, own]) => [id, own.map(({ person }) => person)] as const),
  );

function listHostChanges(acts: Acts, from: number): Activity['hosts'] {
  return acts.flatMap((entry) => {
    const { at, act, objectName: host, person, reason } = entry;
    const change = changeBy(act);
    return change === null || at < from || !isDone(entry) ? [] : [{ at, host, change, person, reason }];
  });
}

function changeBy(act: string): Activity['hosts'][number]['change'] | null {
  if (act === OPENING_ACT) return 'opened';
  return CLOSING_ACTS.includes(act) ? 'closed' : null;
}
