import type { DrainView } from '@/lib/contract/v1/drain';
import { hostAddress } from '../figures/addresses';
import { Notice } from '../ui/notice';
import { BackLink, PageHead } from '../ui/page';
import { Quiet } from '../ui/values';
import { describeCloser, isMaintained, isMoving, titleOfDrain } from './drain-words';

type Props = {
  drain: DrainView;
  now: number;
  /** Why the proof could not be made again. */
  problem: string | null;
};

/** What the proof found, and how the host is. */
export function DrainHead({ drain, now, problem }: Props) {
  const { host, line, closed, run, maintenance } = drain;
  return (
    <>
      <PageHead title={titleOfDrain(drain)} ways={<BackLink href={hostAddress(host)}>{host}</BackLink>}>
        {line}{' '}
        {closed === null && isMoving(drain) ? (
          <b>The host is open although its VMs are being moved: new VMs may land on it.</b>
        ) : closed === null ? (
          <>
            <b>Nothing has been done yet:</b> the host is open and takes new VMs.
          </>
        ) : (
          <>
            <b>The host is closed:</b> no new VM is placed on it. <Quiet>{describeCloser(closed, now)}.</Quiet>
          </>
        )}
      </PageHead>
      {problem === null ? null : (
        <Notice tone="warn" role="status">
          {problem}
        </Notice>
      )}
      {run?.why && run.state === 'paused' ? (
        <Notice tone="warn" role="status">
          The moves are paused: {run.why.text} Of its {run.total} moves, {run.left} have not ended.
        </Notice>
      ) : null}
      {maintenance?.phase === 'nothing' || (maintenance?.missing.length ?? 0) > 0 ? (
        <Notice tone="warn" role="status">
          {maintenance?.text}
        </Notice>
      ) : null}
      {closed !== null && drain.vms.length > 0 && !isMoving(drain) && !isMaintained(drain) ? (
        <Notice tone="warn" role="status">
          The host is closed but not empty, and nothing moves its VMs now.
        </Notice>
      ) : null}
    </>
  );
}
