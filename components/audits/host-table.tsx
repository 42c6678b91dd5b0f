'use client';

import { describeFailure } from '@/components/figures/freshness';
import type { ProjectedHost } from '@/lib/contract/v1/projection';
import type { Readings } from '@/lib/contract/v1/readings';
import { formatBytes, formatCount, formatPercent } from '@/lib/format';
import { sortBy } from '@/lib/sort';
import { PanelNote } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { type Column, ScrollTable } from '../ui/table';
import { Changed, Name } from '../ui/values';
import { type Metric, nowOf } from './loads';

const FIRST_ROWS = 50;

const COLUMNS: Column[] = [
  { id: 'host', title: 'Host' },
  { id: 'cpus', title: 'CPUs', kind: 'number' },
  { id: 'cpu', title: 'CPU', kind: 'number' },
  { id: 'ram', title: 'RAM', kind: 'number' },
  { id: 'vcpu', title: 'vCPU allocated', kind: 'number' },
  { id: 'vram', title: 'RAM allocated', kind: 'number' },
];

type Props = { hosts: ProjectedHost[]; metric: Metric; before: string; readings: Readings; now: number };

/** All hosts, hottest first, those that are not measured last. */
export function HostTable({ hosts, metric, before, readings, now }: Props) {
  const shown = useShown(hosts.length, FIRST_ROWS);
  const rows = sortBy(hosts, nowOf[metric], true).slice(0, shown.count);
  return (
    <>
      <ScrollTable label={`Every compute host: ${before} → after the plan`} columns={COLUMNS}>
        {rows.map((host) => (
          <tr key={host.host}>
            <th scope="row">
              <Name>{host.host}</Name>
            </th>
            <td data-kind="number">{formatCount(host.logical_cpus)}</td>
            <Change before={formatPercent(host.cpu_now)} after={formatPercent(host.cpu_after)} />
            <Change before={formatPercent(host.ram_now)} after={formatPercent(host.ram_after)} />
            <Change before={formatCount(host.vcpu_now)} after={formatCount(host.vcpu_after)} />
            <Change before={formatBytes(host.vram_now)} after={formatBytes(host.vram_after)} />
          </tr>
        ))}
      </ScrollTable>
      <ShowMore shown={shown} />
      {explainDashes(hosts, readings, now).map((sentence) => (
        <PanelNote key={sentence}>{sentence}</PanelNote>
      ))}
    </>
  );
}

function Change({ before, after }: { before: string; after: string }) {
  return (
    <td data-kind="number">
      <Changed before={before} after={after} />
    </td>
  );
}

function explainDashes(hosts: ProjectedHost[], { load, allocations }: Readings, now: number): string[] {
  const isMeasured = hosts.every(({ cpu_now: cpu, ram_now: ram }) => cpu !== null && ram !== null);
  const isAllocated = hosts.every(({ vcpu_now: vcpu, vram_now: vram }) => vcpu !== null && vram !== null);
  return [
    ...(isMeasured ? [] : [failureOf(load, now) ?? '– under CPU and RAM: no exporter reports that host.']),
    ...(isAllocated
      ? []
      : [
          failureOf(allocations, now) ??
            '– under allocated: unknown for finished plans and for hosts that Placement does not know.',
        ]),
  ];
}

const failureOf = ({ state, error }: Readings[keyof Readings], now: number): string | null =>
  state === 'missing' && error ? describeFailure(error, now) : null;
