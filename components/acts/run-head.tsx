import type { ReactNode } from 'react';
import type { Run } from '@/lib/contract/v1/run';
import { formatCountdown, formatTime } from '@/lib/format';
import { SECOND_MS } from '@/lib/units';
import { planAddress } from '../figures/addresses';
import { CarefulRunLink } from '../figures/careful-run-link';
import { describeFailure } from '../figures/freshness';
import { Notice } from '../ui/notice';
import { BackLink, PageHead } from '../ui/page';
import { Tag } from '../ui/tag';
import { Quiet } from '../ui/values';
import { ActName, ActTitle, ActWays } from './act-head';
import { actsInWords, phaseLook } from './words';

type Props = {
  run: Run;
  now: number;
  /** What can be done about the whole run, such as stopping it. */
  acts?: ReactNode;
};

/** How the run goes, in a sentence, and what it is about. */
export function RunHead({ run, now, acts }: Props) {
  const { title, audit, plan, watcher, nova } = run;
  const { icon, tone } = phaseLook(run);
  return (
    <>
      <PageHead
        title={
          <ActTitle icon={icon} tone={tone}>
            {title}
          </ActTitle>
        }
        ways={
          <>
            <BackLink href={planAddress(audit.id, plan.id)}>Plan of {audit.name}</BackLink>
            <CarefulRunLink audit={audit.name} />
          </>
        }
        aside={acts === undefined ? null : <ActWays>{acts}</ActWays>}
      >
        <ActName>{audit.name}</ActName>
        {wayOf(run, now)} <Tag title={plan.state_meaning}>{plan.state}</Tag> <Progress run={run} />
        <Quiet>{actsInWords(run)}</Quiet>
      </PageHead>
      {run.waiting === null ? null : <Notice tone="warn">{run.waiting}</Notice>}
      {[
        { name: 'Watcher', heard: watcher },
        { name: 'Nova', heard: nova },
      ].map(({ name, heard: { error, as_of: asOf } }) =>
        error === null ? null : (
          <Notice key={name} tone="warn">
            {asOf === null ? '' : `What ${name} says here is from ${formatTime(asOf, now)}. `}
            {describeFailure(error, now)}
          </Notice>
        ),
      )}
    </>
  );
}

/** ", all at once, started 03:09 UTC." */
function wayOf({ phase, waves, others, started_at: start, ended_at: end, plan }: Run, now: number): string {
  // Later waves may have no moves, only other actions.
  const last = Math.max(0, ...[...waves, ...others].map(({ wave }) => wave));
  const way = last > 1 ? `, in ${last} waves` : waves.length === 1 ? ', all at once' : '';
  switch (phase) {
    case 'not-started':
      return `. ${plan.state_meaning}`;
    case 'queued':
      return `${way}, waits for an applier.`;
    case 'running':
    case 'stopping':
      return `${way}${start === null ? '' : `, started ${formatTime(start, now)}`}.`;
    case 'ended':
      return `${way}${start === null ? '' : `, ${formatTime(start, now)} to ${formatTime(end, now)}`}.`;
  }
}

function Progress({ run: { seconds_left: left, reached, phase } }: { run: Run }) {
  return (
    <>
      {left === null || phase !== 'running' ? null : <b>About {formatCountdown(left * SECOND_MS)} left. </b>}
      {reached}
    </>
  );
}
