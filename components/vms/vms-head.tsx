import type { Vms } from '@/lib/contract/v1/vms';
import { formatCount, formatThings } from '@/lib/format';
import { PageHead } from '../ui/page';

/** "400 VMs, 17 of them in a plan" */
export function VmsHead({ vms }: { vms: Vms | null }) {
  if (vms === null) return <PageHead title="VMs" />;
  const { all, in_plan: planned, must_not_move: marked, on_hot_hosts: hot, move_too_often: often } = vms.counts;
  const title =
    planned === 0 ? formatThings(all, 'VM') : `${formatThings(all, 'VM')}, ${formatCount(planned)} in a plan`;
  const parts = [
    ...(often === null ? [] : [`${formatCount(often)} moved too often in the last 7 days`]),
    `${formatCount(marked)} must not move`,
    `${formatCount(hot)} on a hot host`,
  ];
  return <PageHead title={title}>{`${parts.join(', ')}.`}</PageHead>;
}
