import type { Scene, SceneVm } from '@/lib/contract/v1/scene';
import { sayGrounds } from '../cluster/must-not-move';

/** How a VM can leave its host, before any host was looked for. */

/** `cold`: only while it is shut down, which somebody has to allow. `off`: it is off already, so a cold move harms nobody. */
export type Way =
  | { kind: 'live' | 'off'; text: string; who: null }
  | { kind: 'cold'; text: string; who: null }
  /** `who`: who can change that, a sentence. */
  | { kind: 'blocks'; text: string; who: string };

const blocks = (text: string, who: string): Way => ({ kind: 'blocks', text, who });

/** What ends a state in which Nova moves nothing. */
const WHO: Record<string, string> = {
  ERROR: 'Its owner can reset or delete it.',
  SUSPENDED: 'Its owner can resume it.',
  RESCUE: 'Its owner can end the rescue.',
  VERIFY_RESIZE: 'Its owner can confirm or revert the resize.',
  PAUSED: 'Its owner can unpause it.',
};

const COLD_ONLY: Partial<Record<SceneVm['live_obstacles'][number], string>> = {
  'encrypted-memory': 'Its memory is encrypted (SEV), which can’t move live.',
  pci: 'It uses a PCI device of its host, which Nova moves live only if the device allows that.',
  vgpu: 'It has a virtual GPU, which Nova moves live only between identical cards.',
};

export function wayOf(vm: SceneVm, checksMoves: Scene['checks_moves']): Way {
  const { status, task_state: task, live_obstacles: obstacles } = vm;
  if (vm.must_not_move !== undefined)
    return blocks(`It must not move: ${sayGrounds(vm.must_not_move)}.`, 'Whoever set the mark can lift it.');
  if (task !== null) return blocks(`Nova is busy with it (${task}).`, 'Look again once that is over.');
  if (status === 'SHUTOFF') return { kind: 'off', text: 'It is off already.', who: null };
  if (status === 'PAUSED' && checksMoves === true)
    return blocks('It is paused, and this Watcher moves only VMs that run.', WHO.PAUSED ?? '');
  if (status !== 'ACTIVE' && status !== 'PAUSED')
    return blocks(
      `It is in state ${status}, in which Nova moves nothing.`,
      WHO[status] ?? 'Its owner can change that.',
    );
  const [obstacle] = obstacles.flatMap((one) => COLD_ONLY[one] ?? []);
  if (obstacle === undefined) return { kind: 'live', text: '', who: null };
  // Nova moves a paused VM live only.
  return status === 'PAUSED' ? blocks(obstacle, WHO.PAUSED ?? '') : { kind: 'cold', text: obstacle, who: null };
}
