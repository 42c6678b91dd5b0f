import type { ListedPlan, PlanTruth, PlanWorth } from '@/lib/contract/v1/plan-list';
import {
  formatAge,
  formatCount,
  formatInterval,
  formatNames,
  formatPercent,
  formatThings,
  formatTime,
} from '@/lib/format';
import { MINUTE_MS } from '@/lib/units';
import type { IconName, IconTone } from '../ui/icon';
import { VERDICT_LOOK } from './verdicts';

/** What lists say about a plan that waits. */

export type Said = {
  icon: IconName;
  tone: IconTone | undefined;
  text: string;
  more: string | null;
  /** Why, where it is too long for a line. */
  reason?: string | null;
};

/** "workload_stabilization, one-shot, 1 h ago" */
export function describeOrigin(
  { strategy, goal, audit_type, interval: every, created_at }: ListedPlan,
  now: number,
): string {
  return [strategy ?? goal, describeRuns(audit_type, every), `${formatAge(now - created_at)} ago`].join(', ');
}

function describeRuns(type: string, every: string | null): string {
  if (type === 'EVENT') return 'by event';
  if (every === null) return type === 'CONTINUOUS' ? 'continuous' : 'one-shot';
  const seconds = Number(every);
  return Number.isFinite(seconds) && seconds > 0 ? `every ${formatInterval(seconds)}` : `at ${every}`;
}

/** Before and after in words, or a sentence if the goal is another than a lower spread. */
export type Brings =
  | { kind: 'sentence'; text: string }
  | { kind: 'spread'; now: number; after: number }
  | { kind: 'unknown'; reason: string };

export function bringsOf({ emptied, cpu: { spread }, moves, shutdowns, others }: PlanWorth): Brings {
  if (moves + shutdowns === 0) {
    const text =
      others === 0
        ? 'Nothing is left to do'
        : formatThings(others, 'action that moves no VM', 'actions that move no VM');
    return { kind: 'sentence', text };
  }
  if (emptied !== null) {
    const text = emptied.count === 0 ? 'Empties no host' : `Empties ${formatThings(emptied.count, 'host')}`;
    return { kind: 'sentence', text };
  }
  const { now, after } = spread;
  return now === null || after === null
    ? { kind: 'unknown', reason: 'No host is measured.' }
    : { kind: 'spread', now, after };
}

/** What to know about it: the gravest first; null if there is nothing. */
export function noteOn(worth: PlanWorth, auditId: string): string | null {
  const { shutdowns, heated, emptied, disabled, part_of: partOf, cpu, cooled, moves, enough } = worth;
  if (shutdowns > 0) return `takes ${formatThings(shutdowns, 'running VM')} out of service`;
  if (heated.length > 0) return `makes ${formatNames(heated)} hot`;
  if (emptied !== null && emptied.vms_left > 0)
    return emptied.vms_left === 1
      ? '1 VM that doesn’t run stays'
      : `${formatCount(emptied.vms_left)} VMs that don’t run stay`;
  if (disabled.length > 0)
    return `${formatNames(disabled)}; ${disabled.length === 1 ? 'it stays' : 'they stay'} disabled afterwards`;
  if (partOf !== null) {
    const owner = partOf.audit_id === auditId ? 'a newer plan of this audit' : partOf.audit_name;
    return moves === 1 ? `its one move is also in ${owner}` : `all its moves are also in ${owner}`;
  }
  if (enough !== null)
    return `${formatCount(enough)} ${enough === 1 ? 'move is' : 'moves are'} enough that no host is hot`;
  if (cooled.length > 0) return cpu.hot.after === 0 ? 'no host is hot afterwards' : `cools ${formatNames(cooled)}`;
  return null;
}

/** "3 warnings", and "14 ok" below it. */
export function describePreflight({ counts, verdict }: PlanWorth): Said {
  const parts = [
    { count: counts['would-fail'], look: VERDICT_LOOK['would-fail'], text: 'would fail' },
    { count: counts.warning, look: VERDICT_LOOK.warning, text: counts.warning === 1 ? 'warning' : 'warnings' },
    { count: counts.unchecked, look: VERDICT_LOOK.unchecked, text: 'not fully checked' },
    { count: counts.ok, look: VERDICT_LOOK.ok, text: 'ok' },
  ].filter(({ count }) => count > 0);
  const [first, ...others] = parts;
  if (!first) {
    const look = verdict === null ? VERDICT_LOOK.unchecked : VERDICT_LOOK[verdict];
    return { icon: look.icon, tone: toneOf(look.tone), text: 'no move to check', more: null };
  }
  return {
    icon: first.look.icon,
    tone: first.text === 'ok' ? 'ok' : toneOf(first.look.tone),
    text: `${formatCount(first.count)} ${first.text}`,
    more: others.length === 0 ? null : others.map(({ count, text }) => `${formatCount(count)} ${text}`).join(', '),
  };
}

const toneOf = (tone: string): IconTone | undefined => (tone === 'warn' || tone === 'error' ? tone : undefined);

export function describeTruth({ state, vms_left, targets_lost, hosts_moved, threshold, reason }: PlanTruth): Said {
  switch (state) {
    case 'vms-left':
      return {
        icon: 'clock',
        tone: 'warn',
        text: `${formatThings(vms_left, 'VM')} ${vms_left === 1 ? 'has' : 'have'} left`,
        more: vms_left === 1 ? 'its source host' : 'their source hosts',
      };
    case 'targets-lost':
      return {
        icon: 'clock',
        tone: 'warn',
        text: `${formatThings(targets_lost.length, 'target')} can’t take VMs`,
        more: formatNames(targets_lost, 2),
      };
    case 'drifted':
      return { icon: 'clock', tone: 'warn', text: 'Drifted', more: movedHosts(hosts_moved, threshold) };
    case 'true':
      return { icon: 'ok', tone: 'ok', text: 'Still true', more: movedHosts(hosts_moved, threshold) };
    case 'unknown':
      return { icon: 'waiting', tone: 'quiet', text: 'Not known', more: 'loads not compared', reason };
  }
}

const movedHosts = (moved: number | null, threshold: number): string =>
  `${moved === 0 ? 'no host' : formatThings(moved, 'host')} moved ${formatCount(threshold)} pts`;

/** Below this the time left is marked. */
const SOON_MS = 30 * MINUTE_MS;

export function describeExpiry(
  { expires_at: at, expires_by: by }: ListedPlan,
  now: number,
): { text: string; isSoon: boolean; title: string } | null {
  if (at === null) return null;
  const left = at - now;
  const why = by === 'next-run' ? 'Its audit runs again and replaces it' : 'Watcher expires it';
  return {
    text: left > 0 ? formatAge(left) : by === 'next-run' ? 'any moment' : 'expired',
    isSoon: left < SOON_MS,
    title: `${why} at ${formatTime(at, now)}.`,
  };
}

/** "90%" and "58%"; the same twice if nothing changes. */
export function hottestOf({ cpu: { hottest } }: PlanWorth): { now: string; after: string } | null {
  if (hottest.now === null || hottest.after === null) return null;
  return { now: formatPercent(hottest.now.load, 0), after: formatPercent(hottest.after.load, 0) };
}

/** "2 of 8 done, 1 failed" */
export function describeProgress({ progress }: ListedPlan): string | null {
  if (progress === null) return null;
  const { done, actions, failed, cancelled, running } = progress;
  const parts = [
    `${formatCount(done)} of ${formatThings(actions, 'action')} done`,
    running === 0 ? null : `${formatCount(running)} running`,
    failed === 0 ? null : `${formatCount(failed)} failed`,
    cancelled === 0 ? null : `${formatCount(cancelled)} stopped`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
