import type { ListedPlan, PlanGroup } from '@/lib/contract/v1/plan-list';
import { formatBytes, formatCount } from '@/lib/format';
import { planAddress } from '../figures/addresses';
import { axisOf, Brings } from '../figures/brings';
import { describeExpiry, describeOrigin, describePreflight, describeTruth, hottestOf } from '../figures/plan-words';
import { SaidLines, SecondLine } from '../figures/said';
import { ButtonLink } from '../ui/button';
import { type Column, GroupRow, ROLES, ScrollTable } from '../ui/table';
import { Changed, NameLink, Quiet, Unknown } from '../ui/values';
import styles from './waiting-table.module.css';
import { GROUPS } from './words';

type Props = { plans: ListedPlan[]; now: number };

const columnsOf = (end: number): Column[] => [
  { id: 'plan', title: 'Plan' },
  { id: 'brings', title: `Brings, on an axis of 0 to ${formatCount(end)} pts` },
  { id: 'hottest', title: 'Hottest host', kind: 'number' },
  { id: 'moves', title: 'Moves', kind: 'number' },
  { id: 'copy', title: 'To copy', kind: 'number' },
  { id: 'preflight', title: 'Pre-flight' },
  { id: 'truth', title: 'Still true?' },
  { id: 'expires', title: 'Expires in', kind: 'number' },
  { id: 'review', title: <span className="visually-hidden">Review</span> },
];

/** The plans that wait, in groups, best first. Their spreads share one axis. */
export function WaitingTable({ plans, now }: Props) {
  const columns = columnsOf(axisOf(plans));
  return (
    <ScrollTable label="Plans that wait for a decision" columns={columns} layout="cards">
      {plans.map((plan, at) => {
        const group = groupOf(plan);
        return [
          at > 0 && groupOf(plans[at - 1]) === group ? null : (
            <GroupRow key={group} columns={columns.length} {...TITLES[group]} />
          ),
          <Row key={plan.plan_id} plan={plan} all={plans} now={now} />,
        ];
      })}
    </ScrollTable>
  );
}

type Group = PlanGroup | 'unknown';

const groupOf = (plan: ListedPlan | undefined): Group => plan?.worth?.group ?? 'unknown';

const TITLES: Record<Group, { title: string; note: string }> = {
  ...GROUPS,
  unknown: { title: 'Not known yet', note: 'what these plans bring can’t be said now' },
};

type RowProps = { plan: ListedPlan; all: ListedPlan[]; now: number };

function Row({ plan, all, now }: RowProps) {
  const { worth, audit_name: audit, audit_id: auditId, plan_id: planId } = plan;
  const rank = worth?.rank ?? null;
  const expiry = describeExpiry(plan, now);
  const address = planAddress(auditId, planId);
  return (
    <tr {...ROLES.row}>
      <th {...ROLES.rowHead} scope="row" data-card="full">
        <span className={styles.plan}>
          <span className={styles.rank}>{rank === null ? null : formatCount(rank)}</span>
          <span>
            <NameLink href={address}>{audit}</NameLink>
            <SecondLine>{describeOrigin(plan, now)}</SecondLine>
          </span>
        </span>
      </th>
      {worth === null ? (
        <td {...ROLES.cell} data-card="full" colSpan={6}>
          <Quiet>{plan.worth_reason}</Quiet>
        </td>
      ) : (
        <Figures plan={plan} worth={worth} all={all} />
      )}
      <td {...ROLES.cell} data-kind="number" data-label="expires in">
        {expiry === null ? null : (
          <span className={styles.expiry} data-soon={expiry.isSoon || undefined} title={expiry.title}>
            {expiry.text}
          </span>
        )}
      </td>
      <td {...ROLES.cell} className={styles.act} data-card="full">
        <ButtonLink href={address} look={rank === 1 ? 'primary' : 'plain'} aria-label={`Review ${audit}`}>
          Review
        </ButtonLink>
      </td>
    </tr>
  );
}

type FiguresProps = { plan: ListedPlan; worth: NonNullable<ListedPlan['worth']>; all: ListedPlan[] };

function Figures({ plan, worth, all }: FiguresProps) {
  const hottest = hottestOf(worth);
  return (
    <>
      <td {...ROLES.cell} data-card="full">
        <Brings plan={plan} all={all} />
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="hottest">
        {hottest === null ? (
          <Unknown reason="No host is measured." />
        ) : (
          <Changed before={hottest.now} after={hottest.after} />
        )}
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="moves">
        {formatCount(worth.moves)}
        {worth.moves === worth.moves_planned ? null : <Quiet> of {formatCount(worth.moves_planned)}</Quiet>}
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="to copy">
        {worth.ram_to_copy === null ? (
          <Unknown reason="The flavor of a VM is unknown." />
        ) : (
          formatBytes(worth.ram_to_copy)
        )}
      </td>
      <td {...ROLES.cell}>
        <SaidLines said={describePreflight(worth)} />
      </td>
      <td {...ROLES.cell}>
        <SaidLines said={describeTruth(worth.truth)} />
      </td>
    </>
  );
}
