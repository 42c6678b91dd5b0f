import type { ShutdownWay } from '@/lib/contract/v1/projection';
import type { SceneVm } from '@/lib/contract/v1/scene';
import type { Reason, ReviewedShutdown } from '@/lib/contract/v1/verdicts';
import { describeShutdown } from '../projection/shutdowns';
import type { WalkedShutdown } from '../projection/walk';
import { worst } from './attempt';
import type { Context } from './context';

/** What taking VMs out of service means for them. */

const CONSEQUENCES: Record<ShutdownWay, string> = {
  stop: 'It is running and will be shut off. Watcher does not start it again.',
  shelve: 'It is running and will be shut off and taken off its host until someone unshelves it.',
  delete: 'It will be deleted, with the disks on its host. This can’t be undone.',
};

/** About a VM that the scope of the audit excludes. */
export const EXCLUDED = 'The audit’s scope excludes it, but its strategy ignores that.';

export function reviewShutdown(
  shutdown: WalkedShutdown<SceneVm>,
  { checksMoves, excluded }: Pick<Context, 'checksMoves' | 'excluded'>,
): ReviewedShutdown {
  const reasons: Reason[] = [
    ...(excluded.has(shutdown.step.vm_id ?? '')
      ? [{ check: 'vm' as const, verdict: 'warning' as const, text: EXCLUDED }]
      : []),
    ...reasonsFor(shutdown, checksMoves),
  ];
  const isToRun = ['PENDING', 'ONGOING'].includes(shutdown.step.state);
  return {
    ...describeShutdown(shutdown),
    verdict: isToRun ? (worst(reasons.map(({ verdict }) => verdict)) ?? 'ok') : null,
    reasons: isToRun ? reasons : [],
  };
}

function reasonsFor({ step, vm, problem }: WalkedShutdown<SceneVm>, checksMoves: boolean | null): Reason[] {
  const say = (verdict: Reason['verdict'], text: string): Reason[] => [{ check: 'vm', verdict, text }];
  const skipped = checksMoves === true && step.how === 'stop' ? ' Watcher skips it.' : '';
  switch (problem) {
    case 'vm-gone':
      return say('warning', `The VM is gone: Nova has no VM with this id.${skipped}`);
    case 'already-off':
      // Watcher skips only what is off; Nova refuses to stop a VM that is paused or in error.
      return vm?.status === 'SHUTOFF'
        ? say('ok', `It is not running.${skipped}`)
        : say('warning', `It is ${vm?.status ?? 'UNKNOWN'}, which Nova may refuse to ${step.how}.`);
    case 'host-unknown':
      return say('warning', `Nova reports no host for it. ${CONSEQUENCES[step.how]}`);
    default:
      return say('warning', CONSEQUENCES[step.how]);
  }
}
