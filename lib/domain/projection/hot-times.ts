import type { HotTimes } from '@/lib/contract/v1/out-times';
import type { LoadLimits } from '../cluster/levels';

type Histories = Map<string, { at: number; percent: number }[]>;

/** No more hosts are listed by name, those that were hot the longest. */
const MOST_HOSTS = 20;

/** When hosts were hot, those that were so the longest first, and how many were in all. @param histories in percent, oldest first */
export function listHotTimes(histories: Histories, { hot }: LoadLimits): { hosts: HotTimes[]; total: number } {
  const all = [...histories].flatMap(([host, points]) => {
    const times: HotTimes['times'] = [];
    let from: number | null = null;
    for (const { at, percent } of points) {
      if (percent >= hot) from ??= at;
      else if (from !== null) {
        times.push({ from, until: at });
        from = null;
      }
    }
    const last = points.at(-1);
    if (from !== null && last !== undefined) times.push({ from, until: last.at });
    const length = times.reduce((sum, time) => sum + time.until - time.from, 0);
    return times.length === 0 ? [] : [{ host, times, is_hot: from !== null, length }];
  });
  const sorted = all.sort((a, b) => b.length - a.length || (a.host < b.host ? -1 : 1));
  return { hosts: sorted.slice(0, MOST_HOSTS).map(({ length: _, ...own }) => own), total: all.length };
}
