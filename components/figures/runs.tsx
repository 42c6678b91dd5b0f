import type { ListedPlan } from '@/lib/contract/v1/plan-list';
import { formatThings } from '@/lib/format';
import { ButtonLink } from '../ui/button';
import { Icon } from '../ui/icon';
import { NameLink, Quiet } from '../ui/values';
import { runAddress } from './addresses';
import { describeProgress } from './plan-words';
import { ProgressBar } from './progress-bar';
import styles from './runs.module.css';
import { SecondLine } from './said';
import { describeLeft, describeStart } from './started-words';

type Props = {
  plans: ListedPlan[];
  /** How many more there are. */
  others?: number;
  now: number;
};

/** Plans that run and those in the queue, each with how far it is. */
export function Runs({ plans, others = 0, now }: Props) {
  const first = plans.find(({ plan_state: state }) => state !== 'PENDING');
  return (
    <ul>
      {plans.map((plan) => (
        <li key={plan.plan_id} className={styles.row}>
          <Row plan={plan} before={first?.audit_name} others={others} now={now} />
        </li>
      ))}
    </ul>
  );
}

type RowProps = {
  plan: ListedPlan;
  /** The plan that runs, if it is another. */
  before: string | undefined;
  others: number;
  now: number;
};

function Row({ plan, before, others, now }: RowProps) {
  const { audit_name: audit, audit_id: auditId, plan_id: planId, plan_state: state, strategy, goal, progress } = plan;
  const isQueued = state === 'PENDING';
  const left = describeLeft(plan);
  return (
    <>
      <Icon name={isQueued ? 'waiting' : 'half'} tone={isQueued ? 'quiet' : 'accent'} />
      <div>
        <NameLink href={runAddress(auditId, planId)}>{audit}</NameLink>
        <SecondLine>
          {[
            others === 0 ? (strategy ?? goal) : null,
            describeStart(plan, now),
            others === 0
              ? null
              : `${formatThings(others, 'other plan')} ${others === 1 ? 'runs or waits' : 'run or wait'} too`,
          ]
            .filter((part) => part !== null)
            .join(', ')}
        </SecondLine>
      </div>
      {isQueued || progress === null ? (
        <Quiet>{isQueued ? queued(before) : plan.state_meaning}</Quiet>
      ) : (
        <div className={styles.progress}>
          <ProgressBar done={progress.done} of={progress.actions} />
          <span>{describeProgress(plan)}</span>
          {left === null ? null : <Quiet>{left}</Quiet>}
        </div>
      )}
      {isQueued ? (
        <ButtonLink href={runAddress(auditId, planId)} aria-label={`Take out of the queue…: ${audit}`}>
          Take out of the queue…
        </ButtonLink>
      ) : (
        <ButtonLink href={runAddress(auditId, planId)} icon="eye" aria-label={`Watch ${audit}`}>
          Watch
        </ButtonLink>
      )}
    </>
  );
}

const queued = (before: string | undefined): string =>
  before === undefined ? 'Queued: an applier picks it up soon' : `Queued: starts by itself when ${before} ends`;
