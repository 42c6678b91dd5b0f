import type { HostMap } from '@/lib/contract/v1/host-map';
import { hostLevel, type Limits, levelOf } from '@/lib/domain/cluster/levels';
import { formatCount, formatPercent, formatThings, formatTime } from '@/lib/format';

/** Is the cluster hot, and where: one sentence, and the hosts behind it. */
export type Heat = {
  tone: 'hot' | 'good' | 'unknown';
  heading: string;
  /** Of when it is, where that is not now. */
  asOf: number | null;
  /** The hottest, with the load that makes them so. */
  hosts: { name: string; load: string }[];
  /** Hot hosts that are not named. */
  more: number;
  rest: string[];
};

const MOST_NAMES = 3;

type Load = { name: string; kind: 'cpu' | 'ram'; value: number; hot: boolean; warm: boolean };

/** The load of each host that is nearest to its limit, or farthest over it; hosts without a measurement are left out. */
function loadsOf({ hosts }: HostMap, limits: Limits): Load[] {
  return hosts.names.flatMap((name, at) => {
    const cpu = hosts.cpu[at] ?? null;
    const ram = hosts.ram[at] ?? null;
    const level = hostLevel({ cpu, ram }, limits);
    const [hot, warm] = [level === 'hot', level === 'warm'];
    // What is said is the CPU, but of a host that only its RAM makes hot.
    const byRam = cpu === null || (hot && levelOf(cpu, limits.cpu) !== 'hot');
    const value = byRam ? ram : cpu;
    return value === null ? [] : [{ name, kind: byRam ? 'ram' : 'cpu', value, hot, warm } as const];
  });
}

export function describeHeat(map: HostMap, limits: Limits, now: number): Heat {
  const { hosts, readings, used_percentage: used } = map;
  const loads = loadsOf(map, limits);
  const old = readings.load.error !== null ? readings.load.as_of : null;
  const was = old !== null;
  const total = hosts.names.length;
  if (loads.length === 0) {
    const heading = total === 0 ? 'No hosts in this region' : 'Host load unknown';
    const reason = total === 0 ? 'Nova knows no compute host.' : (map.reason ?? 'No exporter reports a compute host.');
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
    heading: headingOf(hot.length, total, was, old === null ? '' : formatTime(old, now).replace(' UTC', '')),
    asOf: old,
    hosts: named.map(({ name, kind, value }) => ({
      name,
      load: kind === 'ram' ? `RAM ${formatPercent(value, 0)}` : formatPercent(value, 0),
    })),
    more: Math.max(0, hot.length - MOST_NAMES),
    rest: [
      ...(others.length > 0 ? [`${others.join(', ')}.`] : []),
      ...(used === null ? [] : [`Cluster CPU ${was ? 'was' : 'is'} ${formatPercent(used, 0)}.`]),
    ],
  };
}

function headingOf(hot: number, total: number, was: boolean, time: string): string {
  if (hot === 0) return was ? `No hot hosts at ${time}` : 'No hot hosts';
  const verb = was ? (hot === 1 ? 'was' : 'were') : hot === 1 ? 'is' : 'are';
  return `${formatCount(hot)} of ${formatThings(total, 'host')} ${verb} hot${was ? ` at ${time}` : ''}`;
}
