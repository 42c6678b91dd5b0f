import type { RegionEntry } from '@/lib/contract/v1/regions';
import { formatCount, formatThings, formatTime } from '@/lib/format';
import type { IconName, IconTone } from '../ui/icon';
import { type Kept, keepIn } from '../ui/kept';

/** One sentence about a region, as in the menu and on the page of regions. */
export function describeRegion(region: RegionEntry, now: number): string {
  const { state, hosts_total: total, failing_since: since, problem } = region;
  if (state === 'reading') return 'being read for the first time';
  if (state === 'failed' || total === null) return problem ?? 'nothing is known about it';
  if (state === 'stale')
    return `not reached since ${formatTime(since ?? now, now)}; then ${describeHosts(region, 'was', 'were')}`;
  return [describeHosts(region, 'is', 'are'), ...describePlans(region)].join(', ');
}

function describeHosts({ hosts_total: total, hosts_hot: hot }: RegionEntry, one: string, more: string): string {
  const all = formatCount(total ?? 0);
  if (total === 0) return 'no hosts';
  if (hot === null) return `${formatThings(total ?? 0, 'host')}, load unknown`;
  if (hot === 0) return `no hot host of ${all}`;
  return `${formatCount(hot)} of ${formatThings(total ?? 0, 'host')} ${hot === 1 ? one : more} hot`;
}

function describePlans({ plans_waiting: waiting, plans_running: running }: RegionEntry): string[] {
  if (waiting === null) return ['plans unknown'];
  const waits =
    waiting === 0 ? 'no plan waits' : `${formatThings(waiting, 'plan')} ${waiting === 1 ? 'waits' : 'wait'}`;
  return running ? [waits, `${formatCount(running)} ${running === 1 ? 'runs' : 'run'}`] : [waits];
}

export const iconOfRegion = ({ state }: RegionEntry): { name: IconName; tone: IconTone } => ICONS[state];

const ICONS: Record<RegionEntry['state'], { name: IconName; tone: IconTone }> = {
  ok: { name: 'ok', tone: 'ok' },
  hot: { name: 'hot', tone: 'hot' },
  stale: { name: 'clock', tone: 'warn' },
  reading: { name: 'clock', tone: 'quiet' },
  failed: { name: 'error', tone: 'error' },
};

/** Lists have pages in every region; a host, a VM or a plan is of one. */
const LISTS: [below: RegExp, list: string][] = [
  [/^\/hosts\//, '/hosts/'],
  [/^\/vms\//, '/vms/'],
  [/^\/(audits|runs|compare)\//, '/plans/'],
];

/** The page to go to in another region: the same one, or the list of what it shows. @param region null for the default */
export function addressIn(region: Kept | null, pathname: string): string {
  const page = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return keepIn(LISTS.find(([below]) => below.test(page))?.[1] ?? page, region);
}
