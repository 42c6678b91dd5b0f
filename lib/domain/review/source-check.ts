import type { SceneVm } from '@/lib/contract/v1/scene';
import { classOn, stateOf } from '../projection/world';
import { type Findings, MAY_BE_ELSEWHERE, say, UNLESS_VOLUME } from './checks';
import type { Context } from './context';

/**
 * Whether a VM can leave its host. Nova migrates nothing from a host that is down, neither live nor cold. Before each move it
 * hands what the VM has allocated over to the migration, which Placement checks against the capacity as if it were more.
 */
export function checkSource(
  findings: Findings,
  { world }: Context,
  { source, vm }: { source: string | null; vm: SceneVm },
): void {
  const state = source === null ? undefined : stateOf(world, source);
  if (state === undefined) return;
  if (state.host.state === 'down') {
    const only = 'Nova can’t migrate the VMs of a host that is down; they can only be evacuated.';
    say(findings, 'source', ['would-fail', `${source} is down. ${only}`]);
  }
  for (const [resource, amount] of Object.entries(vm.resources)) {
    const known = classOn(state.host, resource);
    const inventory = state.host.inventories?.[known];
    if (amount === 0 || !inventory || inventory.used <= inventory.capacity) continue;
    const beyond = `${source} has ${inventory.used} ${known} allocated, but offers only ${inventory.capacity}.`;
    const refused = 'Placement may refuse to let VMs leave it until it offers more.';
    const unless = known === MAY_BE_ELSEWHERE ? UNLESS_VOLUME : '';
    say(findings, 'source', ['warning', `${beyond} ${refused}${unless}`]);
  }
}
