import { planAddress } from '@/components/figures/addresses';
import { Brings } from '@/components/figures/brings';
import { Freshness } from '@/components/figures/freshness';
import { describeExpiry, describeOrigin, describePreflight } from '@/components/figures/plan-words';
import { SaidLines, SecondLine } from '@/components/figures/said';
import { Link } from '@/components/ui/link';
import { Panel, PanelEmpty } from '@/components/ui/panel';
import { type Column, ROLES, ScrollTable } from '@/components/ui/table';
import { NameLink, Quiet } from '@/components/ui/values';
import type { ListedPlan } from '@/lib/contract/v1/plan-list';
import { formatCount } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

const COLUMNS: Column[] = [
  { id: 'plan', title: 'Plan' },
  { id: 'brings', title: 'Brings' },
  { id: 'moves', title: 'Moves', kind: 'number' },
  { id: 'preflight', title: 'Pre-flight' },
  { id: 'expires', title: 'Expires in', kind: 'number' },
];

function View({ data: { top, counts, readings }, now }: ViewProps<Payloads['proposal']>) {
  return (
    <Panel
      id="waiting"
      title="Waiting for a decision"
      note={top.length === 0 ? null : 'Best first'}
      controls={
        <Link href="/plans" prefetch={false}>
          All {formatCount(counts.waiting)}
          <span className="visually-hidden"> plans that wait</span>
        </Link>
      }
    >
      {top.length === 0 ? (
        <PanelEmpty>No plan waits.</PanelEmpty>
      ) : (
        <ScrollTable label="Plans that wait for a decision, the best three" columns={COLUMNS} layout="cards">
          {top.map((plan) => (
            <Row key={plan.plan_id} plan={plan} all={top} now={now} />
          ))}
        </ScrollTable>
      )}
      <Freshness what="Plans" reading={readings.optimizer} now={now} />
    </Panel>
  );
}

function Row({ plan, all, now }: { plan: ListedPlan; all: ListedPlan[]; now: number }) {
  const { worth, audit_name: audit, audit_id: auditId, plan_id: planId } = plan;
  return (
    <tr {...ROLES.row}>
      <th {...ROLES.rowHead} scope="row" data-card="full">
        <NameLink href={planAddress(auditId, planId)}>{audit}</NameLink>
        <SecondLine>{describeOrigin(plan, now)}</SecondLine>
      </th>
      <td {...ROLES.cell} data-card="full">
        <Brings plan={plan} all={all} />
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="moves">
        {formatCount(worth?.moves)}
      </td>
      <td {...ROLES.cell} data-card="full">
        {worth === null ? <Quiet>{plan.worth_reason}</Quiet> : <SaidLines said={describePreflight(worth)} />}
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="expires in">
        {describeExpiry(plan, now)?.text}
      </td>
    </tr>
  );
}

export const waitingPlans = widget({
  name: 'waiting-plans',
  title: 'Waiting for a decision',
  place: 'wide',
  needs: 'proposal',
  View,
});
