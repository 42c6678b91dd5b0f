import { formatNames, formatThings } from '@/lib/format';
import type { DrainProof, DrainVm } from './proof';

/** What a proof says, in a sentence. The search is not complete, so it never says that there is no place. */

export function titleOf({ host, vms }: DrainProof): string {
  const all = vms.length;
  const blocked = vms.filter(({ kind }) => kind === 'blocks').length;
  const unplaced = vms.filter(({ isUnplaced }) => isUnplaced).length;
  if (all === 0) return `${host} is empty`;
  if (blocked === 0) return all === 1 ? `The VM of ${host} fits elsewhere` : `All ${all} VMs of ${host} fit elsewhere`;
  const others = blocked - unplaced;
  const block = `${others} ${others === 1 ? 'blocks' : 'block'}`;
  if (unplaced > 0)
    return `No place found for ${unplaced} of ${formatThings(all, 'VM')} of ${host}${others > 0 ? `, ${block} otherwise` : ''}`;
  return `${all - blocked} of ${formatThings(all, 'VM')} of ${host} ${all - blocked === 1 ? 'fits' : 'fit'} elsewhere, ${block}`;
}

/** "15 move live, 1 must be shut down to move, jump-10 can’t move." */
export function lineOf({ vms }: DrainProof): string {
  const named = (kind: DrainVm['kind']) => vms.filter((vm) => vm.kind === kind);
  const count = (kind: DrainVm['kind'], one: string, many: string) => {
    const { length } = named(kind);
    return length === 0 ? [] : [`${length} ${length === 1 ? one : many}`];
  };
  const stuck = named('blocks').map(({ name }) => name);
  const parts = [
    ...count('live', 'moves live', 'move live'),
    ...count('off', 'is off already and moves cold', 'are off already and move cold'),
    ...count('cold', 'must be shut down to move', 'must be shut down to move'),
    ...(stuck.length === 0 ? [] : [`${formatNames(stuck)} can’t move now`]),
  ];
  return parts.length === 0 ? 'No VM is on it.' : `${parts.join(', ')}.`;
}
