import type { ReactNode } from 'react';
import type { DrainView } from '@/lib/contract/v1/drain';
import { formatCount, formatPercent, formatThings } from '@/lib/format';
import { Line, Lines } from '../acts/decision';
import { planAddress } from '../figures/addresses';
import { Panel, PanelBody } from '../ui/panel';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { NameLink } from '../ui/values';

const COLUMNS: Column[] = [
  { id: 'figure', title: 'Figure' },
  { id: 'now', title: 'Now', kind: 'number' },
  { id: 'empty', title: 'Drained', kind: 'number' },
];

/** What the zone is like without the host. */
export function DrainAfter({ drain: { zone, now, after } }: { drain: DrainView }) {
  const rows: { title: string; now: ReactNode; after: ReactNode }[] = [
    { title: 'Hot hosts', now: formatCount(now.hosts_hot), after: formatCount(after.hosts_hot) },
    { title: 'Hottest target', now: formatPercent(now.cpu_highest, 0), after: formatPercent(after.cpu_highest, 0) },
    { title: 'RAM allocated', now: formatPercent(now.ram_allocated, 0), after: formatPercent(after.ram_allocated, 0) },
  ];
  return (
    <Panel title={`Afterwards, in ${zone}`}>
      <ScrollTable label={`Zone ${zone} now and afterwards`} columns={COLUMNS}>
        {rows.map((row) => (
          <tr key={row.title} {...ROLES.row}>
            <th {...ROLES.rowHead} scope="row">
              {row.title}
            </th>
            <td {...ROLES.cell} data-kind="number">
              {row.now}
            </td>
            <td {...ROLES.cell} data-kind="number">
              {row.after}
            </td>
          </tr>
        ))}
      </ScrollTable>
    </Panel>
  );
}

/** How the moves would run, and what else moves these VMs. */
export function DrainWay({ drain: { way, plans, unchecked } }: { drain: DrainView }) {
  return (
    <Panel title="How it runs">
      <PanelBody>
        <Lines>
          <Line mark={way.offered ? undefined : 'warn'}>{way.text}</Line>
          {way.offered ? (
            <Line>One VM first, then more at a time; it pauses by itself when a move fails or a host gets hot.</Line>
          ) : null}
          {way.warnings.map((text) => (
            <Line key={text} mark="warn">
              {text}
            </Line>
          ))}
          {plans.map(({ audit_id: audit, plan_id: plan, name, state, vms }) => (
            <Line key={plan} mark="warn">
              <NameLink href={planAddress(audit, plan)}>{name}</NameLink> is {state} and moves{' '}
              {formatThings(vms, 'of these VMs', 'of these VMs')}; it will be out of date.
            </Line>
          ))}
          {unchecked.map(({ check, reason }) => (
            <Line key={`${check} ${reason}`} mark="warn">
              Not checked: {check}. {reason}
            </Line>
          ))}
        </Lines>
      </PanelBody>
    </Panel>
  );
}
