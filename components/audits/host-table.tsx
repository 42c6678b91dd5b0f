import type { ProjectedHost } from '@/lib/contract/v1/audits';
import type { Readings } from '@/lib/contract/v1/readings';
import { formatBytes, formatCount, formatPercent } from '@/lib/format';
import { DataTable } from '../ui/data-table';
import { Caption, Name } from '../ui/figure';
import { describeFailure } from '../ui/freshness';

type Props = { hosts: ProjectedHost[]; readings: Readings; now: number };

/** Every host: the same numbers as the chart, and more. */
export function HostTable({ hosts, readings, now }: Props) {
  return (
    <>
      <DataTable
        caption="Every compute host, now → after the plan"
        rows={hosts}
        keyOf={({ host }) => host}
        columns={[
          { title: 'Host', cell: ({ host }) => <Name>{host}</Name> },
          { title: 'CPUs', align: 'right', cell: (row) => formatCount(row.logical_cpus) },
          { title: 'CPU', align: 'right', cell: (row) => change(row.cpu_current, row.cpu_projected, formatPercent) },
          { title: 'RAM', align: 'right', cell: (row) => change(row.ram_current, row.ram_projected, formatPercent) },
          {
            title: 'vCPU allocated',
            align: 'right',
            cell: (row) => change(row.vcpu_allocated, row.vcpu_projected, formatCount),
          },
          {
            title: 'RAM allocated',
            align: 'right',
            cell: (row) => change(row.vram_allocated, row.vram_projected, formatBytes),
          },
        ]}
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
