import type { AuditDetail } from '@/lib/contract/v1/audits';
import type { Drift, Outcome } from '@/lib/contract/v1/outcome';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatNames,
  formatPercent,
  formatPoints,
  formatThings,
  formatTime,
  MISSING,
} from '@/lib/format';
import { DAY_MS } from '@/lib/units';
import { shortenNames } from '../ui/names';

export type OutcomeTile = {
  title: string;
  /** For the tooltip of the title. */
  explanation?: string;
  /** The figure now, if the plan changes it. */
  from: string | null;
  to: string;
  /** Whether `to` is the figure after the plan; if not, the plan does not change it. */
  changes: boolean;
  unit: string;
  note: string;
  /** The note in full, if it may be cut. */
  detail?: string;
  /** The note consists of names. */
  isName?: boolean;
};

type Change = { now: number | null; after: number | null };

/** `89 → 64`; only one figure if both look the same or one is unknown. */
function figure(value: Change, digits: number): Pick<OutcomeTile, 'from' | 'to' | 'changes'> {
  const [now, after] = [formatCount(value.now, digits), formatCount(value.after, digits)];
  if (value.after === null || now === after) return { from: null, to: now, changes: false };
  return { from: now, to: after, changes: true };
}

const UNKNOWN_AFTER = 'After the plan: unknown';

/** "59% more even", "12% less even", "No change". */
export function describeSpread({ now, after }: Change): string {
  if (now === null) return 'No host is measured';
  if (after === null) return UNKNOWN_AFTER;
  // The note must agree with the figure above it.
  if (formatCount(now, 1) === formatCount(after, 1)) return 'No change';
  const word = after < now ? 'more even' : 'less even';
  const share = (100 * Math.abs(after - now)) / now;
  if (now < 0.05) return `${formatPoints(after - now)} ${word}`;
  return share < 0.5 ? `Under 1% ${word}` : `${formatPercent(share, 0)} ${word}`;
}

const SPREAD =
  'How far hosts are from the average: the population standard deviation of their load. Lower is more even.';

const spread = (what: 'CPU' | 'RAM', value: Change): OutcomeTile => ({
  title: `${what} spread (σ)`,
  explanation: SPREAD,
  ...figure(value, 1),
  unit: value.now === null ? '' : 'pts',
  note: describeSpread(value),
});

/** @param short names that fit the tile */
function hottest({ hottest: { now, after } }: Outcome['cpu'], short: Map<string, string>): OutcomeTile {
  const nameOf = (host: string) => short.get(host) ?? host;
  const moved = now !== null && after !== null && now.host !== after.host;
  return {
    title: 'Hottest host',
    ...figure({ now: now?.load ?? null, after: after?.load ?? null }, 0),
    unit: now === null ? '' : '%',
    note:
      now === null
        ? 'No host is measured'
        : moved
          ? `${nameOf(now.host)}, then ${nameOf(after.host)}`
          : nameOf(now.host),
    detail: moved ? `${now.host}, then ${after.host}` : now?.host,
    isName: now !== null,
  };
}

function hot({ hot: hosts, warm, hot_from: limit }: Outcome['cpu']): OutcomeTile {
  const same = warm.after === null || warm.after === warm.now;
  return {
    title: `Hosts at ${formatPercent(limit, 0)} or over`,
    ...figure(hosts, 0),
    unit: '',
    note:
      warm.now === null
        ? 'No host is measured'
        : `${same ? formatCount(warm.now) : `${formatCount(warm.now)} → ${formatCount(warm.after)}`} warm`,
  };
}

function emptied({ count, hosts, vms_left: left, by }: NonNullable<Outcome['emptied']>, total: number): OutcomeTile {
  const note = () => {
    if (count === null) return 'Unknown for a finished plan';
    if (by === 'watcher') return 'As Watcher reports';
    if (count === 0) return 'Every host keeps running VMs';
    if (left) return `${formatThings(left, 'stopped VM')} ${left === 1 ? 'stays' : 'stay'}`;
    return 'Can be powered off';
  };
  return {
    title: 'Hosts emptied',
    explanation: 'Hosts that run VMs now and none after the plan.',
    from: null,
    to: formatCount(count),
    changes: count !== null && count > 0,
    unit: `of ${formatCount(total)}`,
    note: note(),
    detail: hosts.length > 0 ? `${formatNames(hosts, 12)}: ${note().toLowerCase()}` : undefined,
  };
}

function work(
  { moves, moves_left: left, hosts_touched: hosts, ram_to_copy: ram, shutdowns }: Outcome,
  isOver: boolean,
): OutcomeTile {
  const copied = ram === null ? `RAM ${MISSING}` : `${formatBytes(ram)} RAM`;
  return {
    title: isOver ? 'Work in the plan' : 'Work to do',
    explanation:
      'Remaining migrations, the hosts they touch, and the RAM of the VMs that migrate live, by flavor; running VMs that the plan stops, shelves or deletes.',
    from: null,
    to: formatCount(left),
    changes: false,
    unit: left < moves ? `of ${formatThings(moves, 'migration')}` : left === 1 ? 'migration' : 'migrations',
    note: [
      ...(shutdowns > 0 ? [`${formatThings(shutdowns, 'running VM')} taken out of service`] : []),
      ...(moves === 0
        ? shutdowns > 0
          ? []
          : ['Nothing to move']
        : [left === 0 ? 'Nothing left to move' : `${formatThings(hosts, 'host')}, ${copied}`]),
    ].join('; '),
  };
}

/** The five figures. If the plan empties hosts, their number comes first and replaces the hosts at the limit. */
export function listTiles(outcome: Outcome, { hosts, isOver }: { hosts: string[]; isOver: boolean }): OutcomeTile[] {
  const { cpu, ram } = outcome;
  return [
    ...(outcome.emptied === null ? [] : [emptied(outcome.emptied, hosts.length)]),
    spread('CPU', cpu.spread),
    hottest(cpu, shortenNames(hosts)),
    ...(outcome.emptied === null ? [hot(cpu)] : []),
    spread('RAM', ram.spread),
    work(outcome, isOver),
  ];
}

/** A plan that has been waiting for a day no longer fits the cluster. */
export function isOldPlan({ audit: { plan }, projection }: AuditDetail, now: number): boolean {
  return (
    plan !== null &&
    projection?.basis === 'now' &&
    ['RECOMMENDED', 'PENDING'].includes(plan.state) &&
    now - plan.created_at > DAY_MS
  );
}

/** "Snapshot of 02:41 UTC, 26 min ago." */
export const describeSnapshot = (at: number, now: number): string =>
  `Snapshot of ${formatTime(at, now)}, ${formatAge(now - at)} ago.`;

/** "2 hosts moved by more than 5 pts since. 1 host has left the cluster since." */
export function describeDrift({ moved, threshold, hosts_gone: gone, reason }: Drift): string[] {
  const limit = formatPoints(threshold).replace('.0', '');
  const sentences =
    moved === null
      ? reason === null
        ? []
        : [reason]
      : [
          moved.length === 0
            ? `No host has moved by more than ${limit} since.`
            : `${formatThings(moved.length, 'host')} moved by more than ${limit} since.`,
        ];
  if (gone !== null && gone.length > 0) {
    sentences.push(
      `${formatThings(gone.length, 'host')} ${gone.length === 1 ? 'has' : 'have'} left the cluster since.`,
    );
  }
  return sentences;
}

/** For the tooltip: which hosts have moved or left. */
export function listDrift({ moved, hosts_gone: gone }: Drift): string | undefined {
  const lines = [
    ...(moved ?? [])
      .slice(0, 12)
      .map(({ host, before, now }) => `${host}: ${formatPercent(before, 0)} → ${formatPercent(now, 0)}`),
    ...((moved?.length ?? 0) > 12 ? [`and ${formatCount((moved?.length ?? 0) - 12)} more`] : []),
    ...(gone ?? []).map((host) => `${host}: gone`),
  ];
  return lines.length === 0 ? undefined : lines.join('\n');
}
