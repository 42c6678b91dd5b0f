import type { Vm } from '@/lib/contract/v1/vms';
import { hostAddress, planAddress } from '../figures/addresses';
import { Panel, PanelEmpty } from '../ui/panel';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { NameLink, Quiet } from '../ui/values';

const COLUMNS: Column[] = [
  { id: 'plan', title: 'Plan' },
  { id: 'move', title: 'Source → destination' },
  { id: 'how', title: 'How' },
  { id: 'state', title: 'State' },
];

/** The plans that wait or run and would move it. */
export function VmPlans({ vm: { plans, host, name } }: { vm: Vm }) {
  return (
    <Panel title="Plans that move it">
      {plans.length === 0 ? (
        <PanelEmpty>No plan that waits or runs would move {name}.</PanelEmpty>
      ) : (
        <ScrollTable label="Table of plans" columns={COLUMNS} layout="cards">
          {plans.map((plan) => (
            <tr key={plan.plan_id} {...ROLES.row}>
              <th {...ROLES.rowHead} scope="row" data-card="full">
                <NameLink href={planAddress(plan.audit_id, plan.plan_id)}>{plan.audit_name}</NameLink>
              </th>
              <td {...ROLES.cell} data-card="full">
                {host ?? 'no host'} →{' '}
                {plan.destination === null ? (
                  <Quiet>chosen by the scheduler</Quiet>
                ) : (
                  <NameLink href={hostAddress(plan.destination)}>{plan.destination}</NameLink>
                )}
              </td>
              <td {...ROLES.cell}>{plan.live ? 'live' : 'cold'}</td>
              <td {...ROLES.cell}>{plan.plan_state}</td>
            </tr>
          ))}
        </ScrollTable>
      )}
    </Panel>
  );
}
