import type { Activity } from '@/lib/contract/v1/activity';
import { formatThings, formatTime } from '@/lib/format';

/** What each lane of the timeline shows, and says to people who can't see it. */

/** So many bars show how many moves began when. */
export const BARS = 72;

type Span = Pick<Activity, 'from' | 'until'>;

/** Moves that began in each of `BARS` equal parts of the time, and how many of those failed. */
export function countByTime({ moves, from, until }: Activity): { all: number; failed: number }[] {
  const bars = Array.from({ length: BARS }, () => ({ all: 0, failed: 0 }));
  for (const { at, result } of moves) {
    const bar = bars[Math.min(BARS - 1, Math.floor((BARS * (at - from)) / (until - from)))];
    if (!bar) continue;
    bar.all++;
    if (result === 'failed') bar.failed++;
  }
  return bars;
}

/** A place in the time as a percentage of its width, within it. */
export const placeOf = (at: number, { from, until }: Span): number =>
  Math.min(100, Math.max(0, (100 * (at - from)) / (until - from)));

/** Five times from the beginning to the end. */
export const ticksOf = ({ from, until }: Span): number[] =>
  [0, 1, 2, 3, 4].map((quarter) => from + (quarter * (until - from)) / 4);

export type LaneLabels = Record<'spread' | 'hot' | 'audits' | 'plans' | 'moves', string>;

export function describeLanes(activity: Activity): LaneLabels {
  const { load, load_reason: reason, audits, plans, moves, until } = activity;
  const [first, last] = [load[0], load.at(-1)];
  const most = load.reduce((all, { hot }) => Math.max(all, hot), 0);
  const spread = (point: Activity['load'][number]) =>
    `${point.spread.toFixed(1)} points at ${formatTime(point.at, until)}`;
  const count = (outcome: Activity['audits'][number]['outcome']) =>
    audits.filter((audit) => audit.outcome === outcome).length;
  const failed = moves.filter(({ result }) => result === 'failed').length;
  const none = reason ?? 'Nothing was measured.';
  return {
    spread: first && last ? `Spread of CPU: ${spread(first)}, ${spread(last)}.` : `Spread of CPU: ${none}`,
    hot: first ? `Hot hosts: at most ${most} at a time.` : `Hot hosts: ${none}`,
    audits: `${formatThings(audits.length, 'run')} of audits: ${count('proposed')} proposed moves, ${count('nothing')} found nothing to do, ${count('failed')} failed.`,
    plans: `${formatThings(plans.length, 'plan')}, ${plans.filter((plan) => plan.failed).length} of them with failures.`,
    moves: `${formatThings(moves.length, 'move')}, ${failed} of them failed.`,
  };
}
