import type { PlanWorth } from '@/lib/contract/v1/plan-list';
import { formatNames, formatThings } from '@/lib/format';

/** "cools cmp-r01-04 and cmp-r02-08": why a plan that waits is in its group. What its goal is for comes first. */
export function whyInGroup(worth: PlanWorth): string {
  switch (worth.group) {
    case 'worth-doing':
      return whyWorthDoing(worth);
    case 'little-to-gain':
      return whyLittle(worth);
    case 'not-as-it-stands':
      return whyItFails(worth);
  }
}

function whyWorthDoing({ emptied, cooled, heated, asked_for: isAskedFor }: PlanWorth): string {
  if (emptied !== null && emptied.count > 0) return `empties ${formatThings(emptied.count, 'host')}`;
  if (cooled.length > heated.length) return `cools ${formatNames(cooled, 2)}`;
  return isAskedFor ? 'was asked for, by the goal of its audit' : 'lowers the spread by a tenth or more';
}

function whyLittle({ emptied, cpu: { spread } }: PlanWorth): string {
  if (emptied !== null) return 'empties no host';
  if (spread.now === null || spread.after === null) return 'no host is measured';
  return spread.after < spread.now ? 'lowers the spread by less than a tenth' : 'does not lower the spread';
}

function whyItFails({ expired, truth, verdict, counts }: PlanWorth): string {
  if (expired) return 'has expired';
  if (truth.state === 'vms-left')
    return `${formatThings(truth.vms_left, 'VM')} ${truth.vms_left === 1 ? 'has' : 'have'} left`;
  if (truth.state === 'targets-lost') return `${formatNames(truth.targets_lost, 2)} can’t take VMs any more`;
  if (verdict === 'would-fail') return `${formatThings(counts['would-fail'], 'move')} would fail`;
  return 'nothing is left to do';
}
