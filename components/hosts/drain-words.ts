import type { Closed, OutOfService } from '@/lib/contract/v1/closed-host';
import type { DrainView, DrainVmView } from '@/lib/contract/v1/drain';
import { formatNames, formatThings, formatTime } from '@/lib/format';

import { projectWord } from '../figures/project-words';

/** What the page of a drain says. */

export const isMoving = ({ run }: DrainView): boolean => run !== null && run.state !== 'ended';

/** Whether Watcher moves its VMs by a plan of host_maintenance, or is about to. */
export const isMaintained = ({ maintenance }: DrainView): boolean =>
  maintenance !== null && maintenance.phase !== 'nothing';

export function titleOfDrain(drain: DrainView): string {
  const { run, counts, host, closed, title } = drain;
  if (run !== null && isMoving(drain))
    return run.state === 'paused'
      ? `Paused: ${counts.all} of ${formatThings(run.total, 'VM')} left on ${host}`
      : `${counts.all} of ${formatThings(run.total, 'VM')} left on ${host}`;
  const isRunning = drain.maintenance?.phase === 'runs';
  if (isRunning || (run !== null && closed !== null && counts.all > 0))
    return `${formatThings(counts.all, 'VM is', 'VMs are')} still on ${host}`;
  return title;
}

/** "Closed by ops at 22:31 UTC, back by 05:00 UTC: swap fans" */
export function describeCloser({ by, person, reason: why, since, back_by: back }: Closed, now: number): string {
  switch (by) {
    case 'here':
      return `Closed by ${person} at ${formatTime(since, now)}${back === null ? '' : `, back by ${formatTime(back, now)}`}: ${why}`;
    case 'watcher':
      return `Closed by Watcher (${why}), which never opens it again`;
    case 'other':
      return `Closed by somebody: “${why}”. Nova does not keep who and when`;
    case 'unknown':
      return 'Closed without a reason. Nova does not keep who and when';
  }
}

/** What being out of service is called. */
export const OUT_STATES: Record<OutOfService['state'], { word: string; icon?: 'warn' | 'error' }> = {
  'left-behind': { word: 'Left behind', icon: 'warn' },
  'being-drained': { word: 'Being drained' },
  'closed-not-empty': { word: 'Closed, not empty', icon: 'warn' },
  'in-maintenance': { word: 'In maintenance' },
  down: { word: 'Down', icon: 'error' },
};

/** VMs that would move, and those that stay until somebody decides. */
export function chosenOf(
  { vms }: DrainView,
  shutDown: ReadonlySet<string>,
): { moves: DrainVmView[]; stays: DrainVmView[] } {
  const goes = ({ kind, id }: DrainVmView) =>
    kind === 'live' || kind === 'off' || (kind === 'cold' && shutDown.has(id));
  return { moves: vms.filter(goes), stays: vms.filter((vm) => !goes(vm)) };
}

export const staysInWords = (stays: DrainVmView[]): string =>
  stays.length === 0
    ? ''
    : `${stays.length} ${stays.length === 1 ? 'stays' : 'stay'} until you decide: ${formatNames(
        stays.map(({ name }) => name),
        4,
      )}.`;

/** What to tell the owner of a VM that keeps its host from being drained. */
export const textForOwner = (host: string, vm: DrainVmView): string =>
  [
    `The host ${host} is to be drained for maintenance, and your VM ${vm.name} (${vm.id}, project ${projectWord(vm)}) can’t move off it:`,
    `${vm.text ?? ''}${vm.who === null ? '' : ` ${vm.who}`}`,
  ].join('\n');
