import { destinationOf, type Row, SCHEDULER } from '@/components/moves/filters';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import { type Cell, csvRows } from '@/lib/domain/review/quoting';

/** What can be taken away from an audit, as text. */

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10 + 0);

/** The rows as they are shown, filtered and sorted. RAM in bytes, loads in points of the host's CPU. */
export function migrationsCsv(rows: Row[]): string {
  const header = [
    'order',
    'wave',
    'instance',
    'instance_id',
    'source',
    'destination',
    'flavor',
    'vcpus',
    'ram_bytes',
    'type',
    'state',
    'impact',
    'source_cpu_points',
    'destination_cpu_points',
    'cpu_basis',
    'projected',
    'problem',
  ];
  return csvRows(
    header,
    rows.map(({ order, move }): Cell[] => [
      order,
      move.wave + 1,
      move.instance_name,
      move.server_id,
      move.source,
      destinationOf(move) === SCHEDULER ? '' : move.destination,
      move.flavor,
      move.vcpus,
      move.ram,
      move.migration_type,
      move.state,
      move.impact,
      rounded(move.source_points),
      rounded(move.destination_points),
      move.cpu_basis,
      move.projected ? 'yes' : 'no',
      move.problem,
    ]),
  );
}

/** Every host, now and after the plan. Loads in percent, RAM in bytes. */
export function hostsCsv({ projection }: AuditDetail): string {
  const header = [
    'host',
    'logical_cpus',
    'cpu_now_percent',
    'cpu_after_percent',
    'ram_now_percent',
    'ram_after_percent',
    'vcpus_allocated_now',
    'vcpus_allocated_after',
    'ram_allocated_now_bytes',
    'ram_allocated_after_bytes',
  ];
  return csvRows(
    header,
    (projection?.hosts ?? []).map((host): Cell[] => [
      host.host,
      host.logical_cpus,
      rounded(host.cpu_current),
      rounded(host.cpu_projected),
      rounded(host.ram_current),
      rounded(host.ram_projected),
      host.vcpu_allocated,
      host.vcpu_projected,
      host.vram_allocated,
      host.vram_projected,
    ]),
  );
}

/** The audit in the form of the typed API, times as ISO 8601. */
export function auditJson(detail: AuditDetail): string {
  return `${JSON.stringify(detail, (key, value) => (isTime(key) && typeof value === 'number' && value > 1e11 ? new Date(value).toISOString() : value), 2)}\n`;
}

const isTime = (key: string): boolean => key.endsWith('_at') || key === 'as_of' || key === 'since';

/** nightly-stabilization, migrations -> watcher-nightly-stabilization-migrations-20260213-0307Z.csv */
export function fileName(audit: string, what: string, extension: string, now: number): string {
  const safe = audit
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 60);
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  return `watcher-${safe || 'audit'}-${what}-${date.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}Z.${extension}`;
}
