import type { ListedPlan, PlanResult } from '@/lib/contract/v1/plan-list';
import { formatCount, formatPercent, formatPoints } from '@/lib/format';
import { planAddress } from '../figures/addresses';
import { SecondLine } from '../figures/said';
import { describeDuration, describeWho } from '../figures/started-words';
import { Icon } from '../ui/icon';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { Time } from '../ui/time';
import { After, NameLink, Quiet, Unknown } from '../ui/values';
import styles from './done-table.module.css';
import { KEPT_FROM } from './words';

const COLUMNS: Column[] = [
  { id: 'plan', title: 'Plan' },
  { id: 'when', title: 'When' },
  { id: 'who', title: 'Who and why', kind: 'prose' },
  { id: 'outcome', title: 'What came of it', kind: 'prose' },
  { id: 'moved', title: 'Moved', kind: 'number' },
  { id: 'promised', title: 'Promised', kind: 'number' },
  { id: 'delivered', title: 'Delivered', kind: 'number' },
  { id: 'kept', title: 'Kept' },
];

/** Plans that ran and are over, with what they promised and delivered. */
export function DoneTable({ plans, now }: { plans: ListedPlan[]; now: number }) {
  return (
    <ScrollTable label="Plans that are done" columns={COLUMNS} layout="cards">
      {plans.map((plan) => (
        <tr key={plan.plan_id} {...ROLES.row}>
          <th {...ROLES.rowHead} scope="row" data-card="full">
            <NameLink href={planAddress(plan.audit_id, plan.plan_id)}>{plan.audit_name}</NameLink>
            <SecondLine>{plan.strategy ?? plan.goal}</SecondLine>
          </th>
          <td {...ROLES.cell} data-card="full">
            <Time at={plan.updated_at ?? plan.created_at} now={now} />
            <Duration plan={plan} />
          </td>
          <td {...ROLES.cell} data-kind="prose" data-card="full">
            <Who plan={plan} />
          </td>
          <td {...ROLES.cell} data-kind="prose" data-card="full">
            {plan.result?.outcome ?? plan.state_meaning}
          </td>
          <Figures result={plan.result} />
        </tr>
      ))}
    </ScrollTable>
  );
}

function Duration({ plan }: { plan: ListedPlan }) {
  const took = describeDuration(plan);
  return took === null ? null : <SecondLine>{took}</SecondLine>;
}

function Who({ plan: { started } }: { plan: ListedPlan }) {
  if (started === null) return null;
  const text = describeWho(started);
  return started.by === 'here' ? text : <Quiet>{text}</Quiet>;
}

function Figures({ result }: { result: PlanResult | null }) {
  const { moved = null, moves = null, spread = null, kept = null, reason = null } = result ?? {};
  const why = reason ?? 'It was not measured.';
  return (
    <>
      <td {...ROLES.cell} data-kind="number" data-label="moved">
        {moved === null ? <Unknown reason={why} /> : `${formatCount(moved)} of ${formatCount(moves)}`}
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="promised">
        {spread === null ? <Unknown reason={why} /> : <Points from={spread.made} to={spread.promised} />}
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="delivered">
        {spread === null ? <Unknown reason={why} /> : <Points from={spread.before} to={spread.after} />}
      </td>
      <td {...ROLES.cell} data-label="kept">
        {kept === null ? (
          <Unknown reason={why} />
        ) : (
          <span className={styles.kept}>
            <Icon name={kept >= KEPT_FROM ? 'ok' : 'warn'} tone={kept >= KEPT_FROM ? 'ok' : 'warn'} />
            {formatPercent(100 * kept, 0)}
          </span>
        )}
      </td>
    </>
  );
}

/** "18.4 → 14.9 pts" */
function Points({ from, to }: { from: number; to: number }) {
  return (
    <>
      <Quiet>{formatCount(from, 1)} → </Quiet>
      <After>{formatPoints(to)}</After>
    </>
  );
}
