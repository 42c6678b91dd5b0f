import type { RepeatingAudits } from '@/lib/contract/v1/repeating';
import { formatThings, formatTime } from '@/lib/format';
import { planAddress } from '../figures/addresses';
import { Panel, PanelNote } from '../ui/panel';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { Ago } from '../ui/time';
import { Name, NameLink } from '../ui/values';

type Props = { orphans: RepeatingAudits['orphans']; now: number };

const COLUMNS: Column[] = [
  { id: 'plan', title: 'Plan' },
  { id: 'strategy', title: 'Strategy' },
  { id: 'made', title: 'Made' },
];

const LEFT_COLUMNS: Column[] = [
  { id: 'audit', title: 'Audit' },
  { id: 'state', title: 'Its state' },
  { id: 'made', title: 'Made' },
];

/** Plans that wait although their audit runs no more. */
export function LeftPanel({ left, now }: { left: RepeatingAudits['left']; now: number }) {
  return (
    <Panel title="Plans that ended audits left" note={formatThings(left.length, 'plan')} long>
      <PanelNote>
        Their audits run no more, so no newer plan replaces these, and they can still be started. Look at how old they
        are.
      </PanelNote>
      <ScrollTable label="Plans that ended audits left" columns={LEFT_COLUMNS} layout="cards">
        {left.map((plan) => (
          <tr key={plan.plan_id} {...ROLES.row}>
            <th {...ROLES.rowHead} scope="row" data-card="full">
              <NameLink href={planAddress(plan.audit_id, plan.plan_id)}>{plan.audit_name}</NameLink>
            </th>
            <td {...ROLES.cell} data-card="full">
              {plan.audit_state}
            </td>
            <td {...ROLES.cell} data-card="full">
              <Ago at={plan.created_at} now={now} />
            </td>
          </tr>
        ))}
      </ScrollTable>
    </Panel>
  );
}

/** Plans whose audit is archived: anyone who knows their id can start them. */
export function OrphansPanel({ orphans, now }: Props) {
  return (
    <Panel title="Plans without their audit" note={formatThings(orphans.length, 'plan')} long>
      <PanelNote>
        Their audits are archived, and they can still be started with other tools. To remove one: openstack optimize
        actionplan delete, with its id.
      </PanelNote>
      <ScrollTable label="Plans of archived audits" columns={COLUMNS} layout="cards">
        {orphans.map((plan) => (
          <tr key={plan.plan_id} {...ROLES.row}>
            <th {...ROLES.rowHead} scope="row" data-card="full">
              <Name>{plan.plan_id}</Name>
            </th>
            <td {...ROLES.cell} data-card="full">
              {plan.strategy ?? 'unknown'}
            </td>
            <td {...ROLES.cell} data-card="full">
              {formatTime(plan.created_at, now)}
            </td>
          </tr>
        ))}
      </ScrollTable>
    </Panel>
  );
}
