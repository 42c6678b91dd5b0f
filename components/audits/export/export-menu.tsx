'use client';

import type { Row } from '@/components/moves/filters';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import { formatThings, formatTime } from '@/lib/format';
import { ADDRESSES } from '../../live/answers';
import { Button } from '../../ui/button';
import { Menu, type MenuItem } from '../../ui/menu';
import { saveFile, saveText } from '../../ui/save-file';
import { chartsOf, pickRows } from '../host-loads';
import { beforeWords, limitsOf, METRIC_NAMES, type Metric, splitHosts } from '../loads';
import { fileName, hostsCsv, migrationsCsv } from './documents';

type Props = {
  detail: AuditDetail;
  /** The migrations as they are filtered and sorted. */
  rows: Row[];
  filtered: boolean;
  metric: Metric;
  region: string | null;
  /** Part of the file names; ms. */
  now: number;
};

/** Exports tables for spreadsheets, the chart as a picture, and the audit for programs. */
export function ExportMenu({ detail, rows, filtered, metric, region, now }: Props) {
  const { id, name } = detail.audit;
  const hosts = detail.projection?.hosts ?? [];
  const { loads } = splitHosts(hosts, metric);
  const nameOf = (what: `${string}.${string}`) => fileName(name, what, now);
  const items: MenuItem[] = [
    {
      label: 'Migrations',
      kind: 'CSV',
      note: `${formatThings(rows.length, 'row')}${filtered ? ', filters applied' : ''}`,
      disabled: rows.length === 0 ? 'No migration to export' : undefined,
      onSelect: () => saveText(nameOf('migrations.csv'), migrationsCsv(rows), 'text/csv'),
    },
    {
      label: 'Hosts, now and after',
      kind: 'CSV',
      note: formatThings(hosts.length, 'row'),
      disabled: hosts.length === 0 ? 'No hosts are known' : undefined,
      onSelect: () => saveText(nameOf('hosts.csv'), hostsCsv(detail), 'text/csv'),
    },
    {
      label: 'Chart',
      kind: 'PNG',
      note: 'With title and time',
      disabled: loads.length === 0 ? 'No host is measured' : undefined,
      onSelect: async () => saveFile(nameOf(`${metric}.png`), await drawChart({ detail, metric, region, now })),
    },
    {
      label: 'Audit with projections',
      kind: 'JSON',
      note: 'Settings, migrations, hosts',
      href: ADDRESSES.audit(id),
      download: nameOf('audit.json'),
    },
  ];
  return (
    <Menu
      label="Export"
      items={items}
      trigger={(props) => (
        <Button {...props} icon="export" opens>
          Export
        </Button>
      )}
    />
  );
}

type Drawn = Pick<Props, 'detail' | 'metric' | 'region' | 'now'>;

async function drawChart({ detail, metric, region, now }: Drawn): Promise<Blob> {
  const { audit, projection } = detail;
  const { loads } = splitHosts(projection?.hosts ?? [], metric);
  const what = METRIC_NAMES[metric];
  const before = beforeWords(projection?.basis ?? 'now');
  const { rows } = pickRows(loads, false);
  const charts = chartsOf({ what, loads, rows, limits: limitsOf(detail, metric), before });
  const { drawPicture } = await import('../../charts/picture');
  const date = new Date(now).toISOString().slice(0, 10);
  return drawPicture({
    title: `${what} per host, ${before} and after the plan`,
    caption: [region, audit.name, `${date}, ${formatTime(now, now)}`].filter(Boolean).join(' · '),
    legend: charts.legend,
    bars: charts.distribution,
    dumbbells: charts.hosts,
  });
}
