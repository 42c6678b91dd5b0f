import type { RepeatingAudits } from '@/lib/contract/v1/repeating';
import { formatThings, formatTime } from '@/lib/format';
import { Panel, PanelNote } from '../ui/panel';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { Name } from '../ui/values';

type Props = { orphans: RepeatingAudits['orphans']; now: number };

const COLUMNS: Column[] = [
  { id: 'plan', title: 'Plan' },
  { id: 'strategy', title: 'Strategy' },
  { id: 'made', title: 'Made' },
];

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
