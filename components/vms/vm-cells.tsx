import type { Vm, Vms } from '@/lib/contract/v1/vms';
import { formatCount, MISSING } from '@/lib/format';
import { hostAddress, planAddress } from '../figures/addresses';
import { Icon } from '../ui/icon';
import { NameLink, Quiet, Unknown } from '../ui/values';
import styles from './vm-cells.module.css';

/** Cells that the list of VMs and the page of one share. */

/** The host, and its load in a word where that matters. */
export function HostOfVm({ vm: { host, host_level: level } }: { vm: Vm }) {
  if (host === null) return <Unknown reason="It is on no host, or this account may not see which." />;
  return (
    <>
      <NameLink href={hostAddress(host)}>{host}</NameLink>
      {level === 'hot' || level === 'warm' ? (
        <span className={styles.level} data-level={level}>
          {' '}
          {level}
        </span>
      ) : null}
    </>
  );
}

/** "to cmp-r02-01", as a link to the plan; the others are counted. */
export function PlansOfVm({ vm: { plans } }: { vm: Vm }) {
  const [first, ...others] = plans;
  if (first === undefined) return <Quiet>{MISSING}</Quiet>;
  const text = first.destination === null ? 'chosen by the scheduler' : `to ${first.destination}`;
  return (
    <>
      <NameLink href={planAddress(first.audit_id, first.plan_id)}>{text}</NameLink>
      {others.length === 0 ? null : <Quiet> and {others.length} more</Quiet>}
    </>
  );
}

/** How often it has moved in 7 days; bold, with the reason, where that is too often. */
export function MovesOfVm({ vm: { moves }, history }: { vm: Vm; history: Vms['move_history'] }) {
  if (moves === null) return <Unknown reason={history.reason ?? 'Its moves are unknown.'} />;
  const { in_7_days: count, too_often: tooOften } = moves;
  if (tooOften === null) return <Quiet>{formatCount(count)}</Quiet>;
  return (
    <b title={tooOften}>
      {formatCount(count)}
      <span className="visually-hidden">, too often</span>
    </b>
  );
}

/** Why it must not move; a dash where nothing says so. */
export function MarkOfVm({ vm: { must_not_move: grounds } }: { vm: Vm }) {
  const [first] = grounds;
  if (first === undefined) return <Quiet>{MISSING}</Quiet>;
  return (
    <span className={styles.mark} title={grounds.map(({ text }) => text).join('; ')}>
      <Icon name="lock" size={14} />
      <span className={styles.ground}>{first.text}</span>
    </span>
  );
}
