/** What is known about a region, for one sentence about it. */
type Known = {
  hosts: { total: number; hot: number } | null;
  /** Whether the numbers are old, since a service fails. */
  isStale: boolean;
  isReading: boolean;
};

export type RegionState = 'ok' | 'hot' | 'stale' | 'reading' | 'failed';

export function stateOfRegion({ hosts, isStale, isReading }: Known): RegionState {
  if (hosts === null) return isReading ? 'reading' : 'failed';
  if (isStale) return 'stale';
  return hosts.hot > 0 ? 'hot' : 'ok';
}

/** What needs somebody comes first: hot hosts, then what nobody can see. */
const URGENCY: RegionState[] = ['hot', 'failed', 'stale', 'reading', 'ok'];

/** Worst first; regions in the same state by the share of their hosts that is hot, and then as they were given. */
export const worstFirst = <T extends { state: RegionState; hosts_hot: number | null; hosts_total: number | null }>(
  regions: T[],
): T[] => regions.toSorted((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state) || shareOf(b) - shareOf(a));

const shareOf = ({ hosts_hot: hot, hosts_total: total }: { hosts_hot: number | null; hosts_total: number | null }) =>
  hot === null || total === null || total === 0 ? 0 : hot / total;
