import 'server-only';
import type { ActivityHours } from '@/lib/contract/choices';
import type { Activity } from '@/lib/contract/v1/activity';
import type { Deliveries } from '@/lib/contract/v1/delivered';
import type { OutTime } from '@/lib/contract/v1/out-times';
import { listActivity, matchActivity } from '@/lib/domain/explain/activity';
import { type DoorEvent, listOutTimes, type OutNow } from '@/lib/domain/explain/out-times';
import { groupBy } from '@/lib/group-by';
import { HOUR_MS } from '@/lib/units';
import { CLOSING_ACTS, hasTurned, OPENING_ACT } from '../collect/close-reasons';
import { auditCasesOf, clusterOf, happeningsOf } from '../collect/joined';
import { plansSince } from '../collect/plans-since';
import { type ReadingSet, readingStates, takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { takeSilentSince } from '../collect/silent-since';
import { takeLoadHistory } from '../collect/spread-history';
import type { RegionId } from '../process/region';
import { askJournal } from '../sources/ask-journal';
import { viewDeliveries } from './delivered';
import { keptOfHosts, listHostPlans, outOf } from './out-of-service';
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
  const [load, acts] = await Promise.all([takeLoadHistory(readings, spanMs), listActs(readings.region)]);
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
    plans_since: plansSince(readings),
    hosts: listHostChanges(acts, from).filter(({ host, person }) => matches(host, person)),
    out_of_service: (await listOut(readings, acts, { from, until })).filter(({ host, text }) => matches(host, text)),
    hot_hosts: load.value?.hot.hosts.filter(({ host }) => matches(host)) ?? [],
    hot_hosts_total: load.value?.hot.total ?? 0,
    load: load.value?.spread ?? [],
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
    return change === null || at < from || !hasTurned(entry) ? [] : [{ at, host, change, person, reason }];
  });
}

const MOST_OUT = 200;

/** What people did here, what plans of Watcher did, and how hosts are now. */
async function listOut(readings: ReadingSet, acts: Acts, span: { from: number; until: number }): Promise<OutTime[]> {
  const whyOut = outOf(readings, await keptOfHosts(readings.region, readings));
  const silent = await takeSilentSince(readings);
  const now = clusterOf(readings).hosts.flatMap((host): OutNow[] => {
    const out = whyOut(host);
    if (out === null) return [];
    const since = out.state === 'down' ? (silent.get(host.name) ?? null) : out.since;
    return [{ host: host.name, out: { ...out, since } }];
  });
  const byPeople = acts.flatMap((entry): DoorEvent[] => {
    const { at, act, objectName: host, person, reason } = entry;
    const change = changeBy(act);
    if (change === null || !hasTurned(entry)) return [];
    return [{ host, at, closes: change === 'closed', by: 'person', text: `${person}: ${reason}` }];
  });
  const byPlans = listHostPlans(readings).flatMap(({ name, steps }) =>
    steps.flatMap((step): DoorEvent[] =>
      step.kind !== 'service' || step.state !== 'SUCCEEDED' || step.updatedAt === null || step.host === null
        ? []
        : [{ host: step.host, at: step.updatedAt, closes: !step.enable, by: 'watcher', text: `plan of ${name}` }],
    ),
  );
  return listOutTimes({ events: [...byPeople, ...byPlans], now, ...span }).slice(-MOST_OUT);
}

function changeBy(act: string): Activity['hosts'][number]['change'] | null {
  if (act === OPENING_ACT) return 'opened';
  return CLOSING_ACTS.includes(act) ? 'closed' : null;
}
