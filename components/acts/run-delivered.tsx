'use client';

import type { DeliveredHost } from '@/lib/contract/v1/delivered';
import type { Run } from '@/lib/contract/v1/run';
import { formatChange, formatPercent, formatThings } from '@/lib/format';
import { hostAddress } from '../figures/addresses';
import { Panel, PanelNote } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { type Column, ScrollTable } from '../ui/table';
import { After, NameLink } from '../ui/values';
import { HostWay, WayLegend } from './host-way';

const COLUMNS: Column[] = [
  { id: 'host', title: 'Host' },
  { id: 'way', title: '0 to 100% CPU', kind: 'bar' },
  { id: 'before', title: 'Before', kind: 'number' },
  { id: 'promised', title: 'Promised', kind: 'number' },
  { id: 'delivered', title: 'Delivered', kind: 'number' },
  { id: 'off', title: 'Off by', kind: 'number' },
];

const FIRST = 12;

const farthestFirst = (a: DeliveredHost, b: DeliveredHost): number => Math.abs(b.error ?? -1) - Math.abs(a.error ?? -1);

/** What each host got, the one that is furthest from the promise first. */
export function RunDelivered({ run: { delivered, limits } }: { run: Run }) {
  const hosts = [...(delivered?.hosts ?? [])].sort(farthestFirst);
  const shown = useShown(hosts.length, FIRST);
  if (delivered === null) return null;
  return (
    <Panel
      title="Hosts, promised and delivered"
      note={
        hosts.length === 0 ? null : `${formatThings(hosts.length, 'host')} changed, furthest from the promise first`
      }
      long
    >
      {delivered.reason === null ? null : <PanelNote>{delivered.reason}</PanelNote>}
      {hosts.length === 0 ? null : (
        <>
          <WayLegend called="delivered" />
          <ScrollTable label="CPU promised and delivered by host" columns={COLUMNS} layout="sticky">
            {hosts.slice(0, shown.count).map(({ host, before, promised, after, error, disturbances }) => (
              <tr key={host} title={disturbances.join('\n') || undefined}>
                <th scope="row">
                  <NameLink href={hostAddress(host)}>{host}</NameLink>
                </th>
                <td data-kind="bar">
                  <HostWay start={before} now={after} promised={promised} limits={limits} called="delivered" />
                </td>
                <td data-kind="number">{formatPercent(before, 0)}</td>
                <td data-kind="number">
                  <After>{formatPercent(promised, 0)}</After>
                </td>
                <td data-kind="number">{formatPercent(after, 0)}</td>
                <td data-kind="number">{formatChange(error)}</td>
              </tr>
            ))}
          </ScrollTable>
          <ShowMore shown={shown} />
        </>
      )}
      {delivered.unchecked === null ? null : <PanelNote>{delivered.unchecked}</PanelNote>}
    </Panel>
  );
}
