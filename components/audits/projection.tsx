import type { ProjectedHost, Projection as View } from '@/lib/contract/v1/audits';
import { formatBytes, formatCount, formatNames, formatPercent, formatThings, formatTime } from '@/lib/format';
import { HostChart } from '../charts/host-chart';
import { DataTable } from '../ui/data-table';
import { Caption, Name } from '../ui/figure';
import { Notice } from '../ui/notice';
import { Panel } from '../ui/panel';
import styles from './audits.module.css';
import { describeConfidence, describeCoverage } from './words';

/** CPU of every host now and after the plan, as a chart and as a table. */
export function Projection({ projection, now }: { projection: View; now: number }) {
  const { hosts } = projection;
  const bars = hosts.flatMap(({ host, cpu_current: current, cpu_projected: projected }) =>
    current === null || projected === null ? [] : [{ host, now: current, after: projected }],
  );
  const unknown = hosts.filter(({ cpu_current: current }) => current === null).map(({ host }) => host);
  return (
    <Panel id="projection" title="CPU per host, now and after the plan">
      <div className={styles.stack}>
        {projection.reason ? <Notice tone="warn">{projection.reason}</Notice> : null}
        <Caption>
          {projection.basis === 'plan-creation' ? 'The load when the plan was made' : 'The load now'}
          {projection.as_of === null ? '' : ` (${formatTime(projection.as_of, now)})`}, and with the plan applied.{' '}
          {describeCoverage(projection)} {describeConfidence(projection)}
        </Caption>
        {bars.length === 0 ? (
          <Notice tone="plain">No host is measured, so there is no chart.</Notice>
        ) : (
          <HostChart bars={bars} />
        )}
        {unknown.length > 0 && bars.length > 0 ? (
          <Caption>
            {formatThings(unknown.length, 'host')} not measured: {formatNames(unknown)}.
          </Caption>
        ) : null}
        <details>
          <summary>View as table</summary>
          <HostTable hosts={hosts} />
        </details>
      </div>
    </Panel>
  );
}

/** "89.0% → 61.2%"; one figure where nothing changes. */
function change(before: number | null, after: number | null, format: (value: number | null) => string): string {
  const [from, to] = [format(before), format(after)];
  return from === to ? from : `${from} → ${to}`;
}

function HostTable({ hosts }: { hosts: ProjectedHost[] }) {
  return (
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
  );
}
