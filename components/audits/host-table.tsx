import type { ProjectedHost } from '@/lib/contract/v1/audits';
import type { Readings } from '@/lib/contract/v1/readings';
import { formatBytes, formatCount, formatPercent } from '@/lib/format';
import { type Column, DataTable } from '../ui/data-table';
import { Caption } from '../ui/figure';
import { describeFailure } from '../ui/freshness';

const COLUMNS: Column[] = [
  { title: 'Host', kind: 'name' },
  { title: 'CPUs', kind: 'number' },
  { title: 'CPU', kind: 'number' },
  { title: 'RAM', kind: 'number' },
  { title: 'vCPU allocated', kind: 'number' },
  { title: 'RAM allocated', kind: 'number' },
];

type Props = { hosts: ProjectedHost[]; before: string; readings: Readings; now: number };

/** Every host: the same numbers as the chart, and more. */
export function HostTable({ hosts, before, readings, now }: Props) {
  return (
    <>
      <DataTable
        caption={`Every compute host: ${before.toLowerCase()} → after the plan`}
        columns={COLUMNS}
        rows={hosts.map((row) => ({
          id: row.host,
          cells: [
            row.host,
            formatCount(row.logical_cpus),
            change(row.cpu_current, row.cpu_projected, formatPercent),
            change(row.ram_current, row.ram_projected, formatPercent),
            change(row.vcpu_allocated, row.vcpu_projected, formatCount),
            change(row.vram_allocated, row.vram_projected, formatBytes),
          ],
        }))}
      />
      {explainDashes(hosts, readings, now).map((sentence) => (
        <Caption key={sentence}>{sentence}</Caption>
      ))}
    </>
  );
}

/** "89.0% → 61.2%"; one figure where nothing changes. */
function change(before: number | null, after: number | null, format: (value: number | null) => string): string {
  const [from, to] = [format(before), format(after)];
  return from === to ? from : `${from} → ${to}`;
}

function explainDashes(hosts: ProjectedHost[], { load, allocations }: Readings, now: number): string[] {
  const measured = hosts.every(({ cpu_current: cpu, ram_current: ram }) => cpu !== null && ram !== null);
  const allocated = hosts.every(({ vcpu_allocated: vcpu, vram_allocated: vram }) => vcpu !== null && vram !== null);
  return [
    ...(measured ? [] : [failureOf(load, now) ?? '– under CPU and RAM: no exporter reports it for that host.']),
    ...(allocated
      ? []
      : [
          failureOf(allocations, now) ??
            '– under allocated: not known of the time of a plan that is over, nor of hosts that Placement does not know.',
        ]),
  ];
}

const failureOf = ({ state, error }: Readings[keyof Readings], now: number): string | null =>
  state === 'missing' && error ? describeFailure(error, now) : null;
