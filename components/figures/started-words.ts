import type { ListedPlan, PlanStarted } from '@/lib/contract/v1/plan-list';
import { formatCountdown, formatTime } from '@/lib/format';
import { SECOND_MS } from '@/lib/units';

/** Who started a plan, when and why, as lists say it. */

/** "admin: “move db out of rack 1”", or what is known instead. */
export function describeWho({ by, person, reason }: PlanStarted): string {
  switch (by) {
    case 'here':
      return `${person}: ${reason ? `“${reason}”` : 'no reason given'}`;
    case 'outside':
      return 'outside, not known here';
    case 'watcher':
      return 'by itself: its audit starts plans without asking';
    case 'unknown':
      return 'not known: the journal can’t be read or does not go back that far';
  }
}

/** "started at 03:01 UTC by admin: “move db out of rack 1”" */
export function describeStart({ started }: ListedPlan, now: number): string | null {
  if (started === null) return null;
  const at = started.at === null ? '' : ` at ${formatTime(started.at, now)}`;
  const when = `started${at}`;
  switch (started.by) {
    case 'here':
      return `${when} by ${describeWho(started)}`;
    case 'outside':
      return `started outside${at}`;
    case 'watcher':
      return `${when} ${describeWho(started)}`;
    case 'unknown':
      return `${when}; by whom and why is ${describeWho(started)}`;
  }
}

/** "took 6 min" */
export function describeDuration({ started, updated_at: ended }: ListedPlan): string | null {
  const began = started?.began_at ?? null;
  return began === null || ended === null || ended < began ? null : `took ${formatCountdown(ended - began)}`;
}

/** "about 6 min left" */
export const describeLeft = ({ seconds_left: left }: Pick<ListedPlan, 'seconds_left'>): string | null =>
  left === null ? null : `about ${formatCountdown(left * SECOND_MS)} left`;
