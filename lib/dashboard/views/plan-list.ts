import 'server-only';
import type { PlanPart } from '@/lib/contract/choices';
import type { PlanList } from '@/lib/contract/v1/plan-list';
import { namesIn } from '@/lib/domain/plans/list-parts';
import type { RankedPlan } from '@/lib/domain/review/worth';
import { clusterOf } from '../collect/joined';
import { type ReadingSet, readingStates } from '../collect/reading-set';
import { takeWatcherHealth } from '../collect/review-readings';
import { takeStarts } from '../collect/starts';
import { type Change, listChanges, readSince, sinceNow } from './changes';
import { type Entry, strategyIn } from './plan-entries';
import { describeRow, type Survey, surveyPlans } from './plan-survey';

/** The plans of all audits. */

export type PlansQuery = {
  q?: string;
  show?: PlanPart;
  plan_state?: string;
  goal?: string;
  strategy?: string;
  since?: string;
  limit: number;
  offset: number;
};

/** Of one answer, only so many plans that are over are measured: each may take a request. */
const MOST_MEASURED = 25;

/**
 * @param readings with all readings
 * @param survey if it was made already
 * @throws SourceError of Watcher if nothing is known about audits
 */
export async function viewPlanList(readings: ReadingSet, query: PlansQuery, survey?: Survey): Promise<PlanList> {
  const { entries, ranks, unknown, best, groups } = survey ?? (await surveyPlans(readings));
  const health = await takeWatcherHealth(readings);
  const found = entries.filter(openMatcher(readings, query));
  const matching = query.show === undefined ? found : found.filter(({ part }) => part === query.show);
  const { limit, offset } = query;
  const changes =
    query.since === undefined ? null : listChanges(matching, changeOf, { since: readSince(query.since), limit });
  const page = changes?.items ?? sorted(matching, ranks).slice(offset, offset + limit);
  const measured = new Set(page.filter(({ part }) => part === 'done').slice(0, MOST_MEASURED));
  const started = page.filter(({ part }) => part === 'running' || part === 'done');
  const starts = await takeStarts(
    readings.region,
    started.map(({ plan }) => plan.id),
  );
  const count = (part: PlanPart) => found.filter((one) => one.part === part).length;
  return {
    plans: await Promise.all(
      page.map((entry) =>
        describeRow(readings, { ranks, unknown }, { entry, starts, isMeasured: measured.has(entry) }),
      ),
    ),
    total: changes?.total ?? matching.length,
    limit,
    offset,
    next_since: changes?.next ?? sinceNow(matching, changeOf),
    counts: {
      running: count('running'),
      waiting: count('waiting'),
      done: count('done'),
      unchanged: count('unchanged'),
    },
    groups: {
      worth_doing: groups['worth-doing'],
      little_to_gain: groups['little-to-gain'],
      not_as_it_stands: groups['not-as-it-stands'],
    },
    best_plan_id: best?.plan.id ?? null,
    appliers: countAppliers(health.value?.services),
    goals: [...new Set(entries.map(({ auditCase }) => auditCase.audit.goal))].sort(),
    strategies: [...new Set(entries.flatMap((entry) => strategyIn(entry) ?? []))].sort(),
    readings: readingStates(readings),
  };
}

function openMatcher(
  readings: ReadingSet,
  { q = '', plan_state: state, goal, strategy }: PlansQuery,
): (entry: Entry) => boolean {
  const { servers, index } = clusterOf(readings);
  const needle = q.trim().toLowerCase();
  const wants = (wanted: string | undefined, value: string | null) =>
    wanted === undefined || wanted.toLowerCase() === value?.toLowerCase();
  const has = (text: string | undefined) => text?.toLowerCase().includes(needle) ?? false;
  const isNamed = ({ auditCase, actions = [] }: Entry) =>
    has(auditCase.audit.name) ||
    namesIn(actions).some((name) => has(name) || has(servers.get(name)?.name) || has(index.resolve(name)));
  return (entry) =>
    wants(state, entry.plan.state) &&
    wants(goal, entry.auditCase.audit.goal) &&
    wants(strategy, strategyIn(entry)) &&
    (needle === '' || isNamed(entry));
}

const changedAt = ({ plan }: Entry) => plan.updatedAt ?? plan.createdAt;

const changeOf = (entry: Entry): Change => ({ at: changedAt(entry), version: `${entry.plan.id} ${entry.plan.state}` });

const PARTS: PlanPart[] = ['running', 'waiting', 'done', 'unchanged'];
const RUN_ORDER = ['ONGOING', 'CANCELLING', 'PENDING'];

/** Running plans before those in the queue, which start in the order in which they were started; then the others. */
function sorted(entries: Entry[], ranks: ReadonlyMap<string, RankedPlan>): Entry[] {
  const rankOf = ({ plan }: Entry) => ranks.get(plan.id)?.worth.rank ?? Number.MAX_SAFE_INTEGER;
  const orders: Record<PlanPart, (entry: Entry) => [first: number, second: number]> = {
    running: (entry) => [RUN_ORDER.indexOf(entry.plan.state), changedAt(entry)],
    waiting: (entry) => [rankOf(entry), -entry.plan.createdAt],
    done: (entry) => [-changedAt(entry), 0],
    unchanged: (entry) => [-changedAt(entry), 0],
  };
  return PARTS.flatMap((part) =>
    entries
      .filter((entry) => entry.part === part)
      .map((entry) => ({ entry, order: orders[part](entry) }))
      .sort(({ order: [a, b] }, { order: [c, d] }) => a - c || b - d)
      .map(({ entry }) => entry),
  );
}

const countAppliers = (services: { name: string; status: string }[] | undefined): number | null =>
  services?.filter(({ name, status }) => name === 'watcher-applier' && status === 'ACTIVE').length ?? null;
