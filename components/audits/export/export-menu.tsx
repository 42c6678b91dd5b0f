'use client';

import type { Row } from '@/components/moves/filters';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import { formatThings, formatTime } from '@/lib/format';
import { Button } from '../../ui/button';
import { Menu, type MenuItem } from '../../ui/menu';
import { chartsOf, pickRows } from '../host-loads';
import { beforeWords, limitsOf, METRIC_NAMES, type Metric, splitHosts } from '../loads';
import { auditJson, fileName, hostsCsv, migrationsCsv } from './documents';

type Props = {
  detail: AuditDetail;
  /** The migrations as they are filtered and sorted. */
  rows: Row[];
  filtered: boolean;
  metric: Metric;
  region: string | null;
};

/** What can be taken away: tables for spreadsheets, the chart as a picture, the audit for programs. */
export function ExportMenu({ detail, rows, filtered, metric, region }: Props) {
  const { name } = detail.audit;
  const hosts = detail.projection?.hosts ?? [];
  const { loads } = splitHosts(hosts, metric);
  const save = (what: string, kind: 'csv' | 'json', text: string) =>
    download(new Blob([text], { type: kind === 'csv' ? 'text/csv;charset=utf-8' : 'application/json' }), {
      name: fileName(name, what, kind, Date.now()),
    });
  const items: MenuItem[] = [
    {
      label: 'Migrations',
      kind: 'CSV',
      note: `${formatThings(rows.length, 'row')}${filtered ? ', filters applied' : ''}`,
      disabled: rows.length === 0 ? 'No migration to take' : undefined,
      onSelect: () => save('migrations', 'csv', migrationsCsv(rows)),
    },
    {
      label: 'Hosts, now and after',
      kind: 'CSV',
      note: formatThings(hosts.length, 'row'),
      disabled: hosts.length === 0 ? 'No host is known' : undefined,
      onSelect: () => save('hosts', 'csv', hostsCsv(detail)),
    },
    {
      label: 'Chart',
      kind: 'PNG',
      note: 'With title and time',
      disabled: loads.length === 0 ? 'No host is measured' : undefined,
      onSelect: () => savePicture(detail, metric, region),
    },
    {
      label: 'Audit with projections',
      kind: 'JSON',
      note: 'Settings, migrations, hosts',
      onSelect: () => save('audit', 'json', auditJson(detail)),
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

async function savePicture(detail: AuditDetail, metric: Metric, region: string | null): Promise<void> {
  const { audit, projection } = detail;
  const { loads } = splitHosts(projection?.hosts ?? [], metric);
  const now = Date.now();
  const what = METRIC_NAMES[metric];
  const before = beforeWords(projection?.basis ?? 'now');
  const { rows } = pickRows(loads, false);
  const charts = chartsOf({ what, loads, rows, limits: limitsOf(detail, metric), before });
  const { drawPicture } = await import('../../charts/picture');
  const date = new Date(now).toISOString().slice(0, 10);
  const picture = await drawPicture({
    title: `${what} per host, ${before} and after the plan`,
    caption: [region, audit.name, `${date}, ${formatTime(now, now)}`].filter(Boolean).join(' · '),
    legend: charts.legend,
    bars: charts.distribution,
    dumbbells: charts.hosts,
  });
  download(picture, { name: fileName(audit.name, metric, 'png', now) });
}

function download(blob: Blob, { name }: { name: string }): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
