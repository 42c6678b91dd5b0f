import type { VmDetail } from '@/lib/contract/v1/vms';
import { formatThings, formatTime } from '@/lib/format';
import { movedInWords } from '../moves/moved-words';
import { BackLink, PageHead } from '../ui/page';
import { Tag } from '../ui/tag';
import { Quiet } from '../ui/values';
import { vmsAddress } from './choice';
import { CopyId } from './copy-id';
import { MarkHere } from './mark-here';
import { HostOfVm } from './vm-cells';

/** A VM's name, where it is since when, and what would move it. */
export function VmHead({ detail, now }: { detail: VmDetail; now: number }) {
  const { vm, since, move_history: history } = detail;
  const { name, id, status, host_level: level, host, plans, locked } = vm;
  const moved = movedInWords(vm.moves, history);
  return (
    <PageHead
      title={name}
      mono
      ways={<BackToVms />}
      aside={
        <>
          {level === 'hot' ? (
            <Tag tone="error" icon="hot">
              on a hot host
            </Tag>
          ) : null}
          {level === 'warm' ? (
            <Tag tone="warn" icon="warn">
              on a warm host
            </Tag>
          ) : null}
          {status === 'ACTIVE' ? null : <Tag>{status}</Tag>}
          {locked ? <Tag icon="lock">locked</Tag> : null}
          <Quiet>{id}</Quiet>
          <CopyId id={id} />
          <MarkHere vm={vm} />
        </>
      }
    >
      {host === null ? 'On no host' : 'On '}
      {host === null ? null : <HostOfVm vm={vm} />}
      {since === null ? '' : ` since ${formatTime(since, now)}`}
      {moved === null ? '' : `; ${moved}`}.{vm.moves?.too_often ? ` ${vm.moves.too_often}` : ''}
      {plans.length === 0 ? ' No plan would move it.' : ` ${formatThings(plans.length, 'plan')} would move it.`}
    </PageHead>
  );
}

export function BackToVms() {
  return <BackLink href={vmsAddress()}>All VMs</BackLink>;
}
