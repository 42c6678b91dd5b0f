import 'server-only';
import type { News, NewsItem } from '@/lib/contract/v1/news';
import { newsOfHosts, newsOfPlan } from '@/lib/domain/explain/news';
import { listLeftDisabled } from '@/lib/domain/plans/left-disabled';
import type { Hypervisor } from '@/lib/openstack/records';
import { DAY_MS, SECOND_MS } from '@/lib/units';
import { requireVisitor } from '../access/visitors';
import { withCloseReasons } from '../collect/close-reasons';
import { clusterOf, happenedTo } from '../collect/joined';
import { need, type ReadingSet, readingStates, takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { askJournal } from '../sources/ask-journal';
import { keepView } from './kept-view';
import { listEntries } from './plan-entries';
import { asView, type View } from './view';

/** What happened lately. The browser knows since when its user has been away, and shows that part. */

/** Anyone who was away longer reads the plans and the journal. */
const AS_FAR_BACK_MS = 7 * DAY_MS;
/** More than the page shows, whenever its user looked last. */
const MOST = 60;

export const readNews = (region: RegionId): Promise<View<News>> =>
  asView(async () => {
    const { name } = await requireVisitor();
    const readings = await takeComplete(region, ALL_READINGS);
    const since = Date.now() - AS_FAR_BACK_MS;
    const items = [...(await keptNews(readings, since)), ...(await actsOfOthers(region, name, since))];
    return { items: items.sort((a, b) => b.at - a.at).slice(0, MOST), since, readings: readingStates(readings) };
  });

/** The reasons why hosts were closed are in the journal. */
const KEPT_MS = 5 * SECOND_MS;

const keptNews = (readings: ReadingSet, since: number): Promise<NewsItem[]> =>
  keepView({ name: 'news', readings, names: ALL_READINGS, forMs: KEPT_MS }, async () =>
    newsOf(readings, await withCloseReasons(readings.region, readings.inventory?.value?.hypervisors ?? []), since),
  );

/** @throws SourceError of Watcher if nothing is known about audits */
function newsOf(readings: ReadingSet, hosts: Hypervisor[], since: number): NewsItem[] {
  const cluster = clusterOf(readings);
  const ofPlans = listEntries(readings).flatMap(({ auditCase: { audit }, plan, part, actions = [] }) => {
    const isRecent = (plan.updatedAt ?? plan.createdAt) >= since;
    if (!isRecent || (part !== 'done' && part !== 'running')) return [];
    return newsOfPlan({ audit, plan, actions, happened: happenedTo(readings, plan, actions), cluster }, since);
  });
  const left = listLeftDisabled(hosts, need(readings, 'optimizer'), (name) => cluster.index.resolve(name));
  return [...ofPlans, ...newsOfHosts(left, since)];
}

async function actsOfOthers(region: RegionId, me: string, since: number): Promise<NewsItem[]> {
  const entries = (await askJournal((journal) => journal.list({ region, limit: MOST }))) ?? [];
  return entries
    .filter(({ at, person }) => at >= since && person !== me)
    .map((entry) => ({
      kind: 'act',
      at: entry.at,
      act: entry.act,
      person: entry.person,
      reason: entry.reason,
      name: entry.objectName,
      failed: ['failed', 'refused'].includes(entry.outcomes.at(-1)?.outcome ?? ''),
      plan:
        entry.objectType === 'plan' && entry.auditId !== null
          ? { audit_id: entry.auditId, audit: entry.objectName, plan_id: entry.objectId }
          : null,
    }));
}
