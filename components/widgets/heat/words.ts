import type { HostMap } from '@/lib/contract/v1/host-map';
import { hostLevel, type Limits, levelOf } from '@/lib/domain/cluster/levels';
import { formatCount, formatPercent, formatThings, formatTime } from '@/lib/format';

/** Whether the cluster is hot, and where: one sentence, and the hosts behind it. */
export type Heat = {
  tone: 'hot' | 'good' | 'unknown';
  heading: string;
  /** When the data is from, where that is not now; ms. */
  asOf: number | null;
  /** The hottest hosts, with the load that makes them hot. */
  hosts: { name: string; load: string }[];
  /** Hot hosts without a name in the sentence. */
  more: number;
  rest: string[];
};

const MOST_NAMES = 3;

type Load = { name: string; kind: 'cpu' | 'ram'; value: number; hot: boolean; warm: boolean };

/** The load of each measured host that is nearest to its limit, or farthest beyond it. */
function loadsOf({ hosts }: HostMap, limits: Limits): Load[] {
  return hosts.names.flatMap((name, at) => {
    const cpu = hosts.cpu[at] ?? null;
    const ram = hosts.ram[at] ?? null;
    const level = hostLevel({ cpu, ram }, limits);
    const [hot, warm] = [level === 'hot', level === 'warm'];
    // The CPU is shown, unless only its RAM makes the host hot.
    const byRam = cpu === null || (hot && levelOf(cpu, limits.cpu) !== 'hot');
    const value = byRam ? ram : cpu;
    return value === null ? [] : [{ name, kind: byRam ? 'ram' : 'cpu', value, hot, warm } as const];
  });
}

export function describeHeat(map: HostMap, limits: Limits, now: number): Heat {
  const { hosts, readings, used_percentage: used } = map;
  const loads = loadsOf(map, limits);
  const asOf = readings.load.error !== null ? readings.load.as_of : null;
  const time = asOf === null ? null : formatTime(asOf, now).replace(' UTC', '');
  const total = hosts.names.length;
  const isPart = map.zone !== null || map.aggregate !== null;
  if (loads.length === 0) {
    const heading = total === 0 ? `No hosts ${isPart ? 'there' : 'in this region'}` : 'Host load unknown';
    const reason =
      total === 0
        ? isPart
          ? 'No compute host is in this zone or aggregate.'
          : 'Nova reports no compute hosts.'
        : (map.reason ?? 'No exporter reports a compute host.');
    return { tone: 'unknown', heading, asOf: null, hosts: [], more: 0, rest: [reason] };
  }
  const order = (a: Load, b: Load) => Number(a.kind === 'ram') - Number(b.kind === 'ram') || b.value - a.value;
  const hot = loads.filter((load) => load.hot).sort(order);
  const warm = loads.filter((load) => load.warm).length;
  const named = hot.length > 0 ? hot.slice(0, MOST_NAMES) : loads.sort((a, b) => b.value - a.value).slice(0, 1);
  const unmeasured = total - loads.length;
  const others = [
    ...(warm > 0 ? [`${formatCount(warm)} warm`] : []),
    ...(unmeasured > 0 ? [`${formatCount(unmeasured)} not measured`] : []),
  ];
  return {
    tone: hot.length > 0 ? 'hot' : 'good',
    heading: headingOf(hot.length, total, time),
    asOf,
    hosts: named.map(({ name, kind, value }) => ({
      name,
      load: kind === 'ram' ? `RAM ${formatPercent(value, 0)}` : formatPercent(value, 0),
    })),
    more: Math.max(0, hot.length - MOST_NAMES),
    rest: [
      ...(others.length > 0 ? [`${others.join(', ')}.`] : []),
      ...(used === null
        ? []
        : [
            `${isPart ? `CPU of all ${formatCount(total)}` : 'Cluster CPU'} ${time === null ? 'is' : 'was'} ${formatPercent(used, 0)}.`,
          ]),
    ],
  };
}

/** @param time when the data is from, where that is not now */
function headingOf(hot: number, total: number, time: string | null): string {
  const at = time === null ? '' : ` at ${time}`;
  if (hot === 0) return `No hot hosts${at}`;
  const [one, many] = time === null ? ['is', 'are'] : ['was', 'were'];
  return `${formatCount(hot)} of ${formatThings(total, 'host')} ${hot === 1 ? one : many} hot${at}`;
}
