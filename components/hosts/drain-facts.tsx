import type { ReactNode } from 'react';
import type { DrainView } from '@/lib/contract/v1/drain';
import { formatBytes, formatCount, formatPercent, formatThings, MISSING } from '@/lib/format';
import { Line, Lines } from '../acts/decision';
import { planAddress } from '../figures/addresses';
import { Panel, PanelBody } from '../ui/panel';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { NameLink, Quiet } from '../ui/values';

const COLUMNS: Column[] = [
  { id: 'figure', title: 'Figure' },
  { id: 'now', title: 'Now', kind: 'number' },
  { id: 'empty', title: 'Drained', kind: 'number' },
];

/** What the zone is like without the host. */
export function DrainAfter({ drain: { zone, flavor, now, after } }: { drain: DrainView }) {
  const rows: { title: string; now: ReactNode; after: ReactNode }[] = [
    { title: 'Hot hosts', now: formatCount(now.hosts_hot), after: formatCount(after.hosts_hot) },
    { title: 'Hottest target', now: formatPercent(now.cpu_highest, 0), after: formatPercent(after.cpu_highest, 0) },
    { title: 'RAM allocated', now: formatPercent(now.ram_allocated, 0), after: formatPercent(after.ram_allocated, 0) },
    ...(flavor === null
      ? []
      : [{ title: `Room for ${flavor}`, now: formatCount(now.slots), after: formatCount(after.slots) }]),
    { title: 'May lose one more host', now: mayLose(now), after: mayLose(after) },
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
      <PanelBody>
        <Quiet>{lossInWords(after, zone)}</Quiet>
      </PanelBody>
    </Panel>
  );
}

type Figures = DrainView['now'];

const mayLose = ({ may_lose_host: may }: Figures): string => (may === null ? MISSING : may ? 'yes' : 'not found');

function lossInWords({ may_lose_host: may, worst_loss: worst }: Figures, zone: string): string {
  if (may === null) return 'What hosts have left is not known.';
  return worst === null
    ? `“One more”: every VM of any other host in ${zone} would still find a place.`
    : `“One more”: without ${worst.host} too, no place was found for ${formatThings(worst.vms, 'of its VMs', 'of its VMs')}.`;
}

/** How the moves would run, and what else moves these VMs. */
export function DrainWay({ drain: { way, plans, unchecked, disk_to_copy: disk } }: { drain: DrainView }) {
  return (
    <Panel title="How it runs">
      <PanelBody>
        <Lines>
          <Line mark={way.offered ? undefined : 'warn'}>{way.text}</Line>
          {way.offered ? (
            <Line>One VM first, then more at a time; it pauses by itself when a move fails or a host gets hot.</Line>
          ) : null}
          {disk === null ? (
            <Line mark="warn">Nova does not say which of these VMs have disks on the host.</Line>
          ) : disk > 0 ? (
            <Line>{formatBytes(disk)} of disk is copied too, unless the hosts share their storage.</Line>
          ) : null}
          {way.warnings.map((text) => (
            <Line key={text} mark="warn">
              {text}
            </Line>
          ))}
          {plans.map(({ audit_id: audit, plan_id: plan, audit_name: name, plan_state: state, vms }) => (
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
