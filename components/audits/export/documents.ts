import type { Row } from '@/components/moves/filters';
import type { AuditDetail, Migration } from '@/lib/contract/v1/audits';
import type { ProjectedHost } from '@/lib/contract/v1/projection';
import { type Cell, csvRows } from '@/lib/domain/review/quoting';
import { fileStamp, rounded } from '@/lib/format';

const MOVE_FIELDS: [name: string, value: (move: Migration) => Cell][] = [
  ['wave', ({ wave }) => wave],
  ['instance', (move) => move.vm_name],
  ['instance_id', (move) => move.vm_id],
  ['source', ({ source }) => source],
  ['destination', ({ destination }) => destination],
  ['flavor', ({ flavor }) => flavor],
  ['vcpus', ({ vcpus }) => vcpus],
  ['ram_bytes', ({ ram }) => ram],
  ['type', (move) => move.migration_type],
  ['state', ({ state }) => state],
  ['state_reason', (move) => move.status_message],
  ['impact', ({ impact }) => impact],
  ['source_cpu_points', (move) => rounded(move.source_points)],
  ['destination_cpu_points', (move) => rounded(move.destination_points)],
  ['cpu_basis', (move) => move.cpu_basis],
  ['cpu_estimate', (move) => move.cpu_estimate],
  ['projected', ({ projected }) => (projected ? 'yes' : 'no')],
  ['problem', ({ problem }) => problem],
];

/** The given rows in their order. RAM in bytes, load in points of the host's CPU. */
export function migrationsCsv(rows: Row[]): string {
  return csvRows(
    ['order', ...MOVE_FIELDS.map(([name]) => name)],
    rows.map(({ order, move }) => [order, ...MOVE_FIELDS.map(([, value]) => value(move))]),
  );
}

const HOST_FIELDS: [name: string, value: (host: ProjectedHost) => Cell][] = [
  ['host', ({ host }) => host],
  ['logical_cpus', (host) => host.logical_cpus],
  ['cpu_now_percent', (host) => rounded(host.cpu_now)],
  ['cpu_after_percent', (host) => rounded(host.cpu_after)],
  ['ram_now_percent', (host) => rounded(host.ram_now)],
  ['ram_after_percent', (host) => rounded(host.ram_after)],
  ['vcpus_allocated_now', (host) => host.vcpu_now],
  ['vcpus_allocated_after', (host) => host.vcpu_after],
  ['ram_allocated_now_bytes', (host) => host.vram_now],
  ['ram_allocated_after_bytes', (host) => host.vram_after],
];

/** All hosts, now and after the plan. Load in percent, RAM in bytes. */
export function hostsCsv({ projection }: AuditDetail): string {
  return csvRows(
    HOST_FIELDS.map(([name]) => name),
    (projection?.hosts ?? []).map((host) => HOST_FIELDS.map(([, value]) => value(host))),
  );
}

/** nightly-stabilization, migrations.csv -> watcher-nightly-stabilization-migrations-20260213-0307Z.csv */
export function fileName(audit: string, what: `${string}.${string}`, now: number): string {
  const [name, extension] = what.split('.');
  const safe = audit
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 60);
  return `watcher-${safe || 'audit'}-${name}-${fileStamp(now)}.${extension}`;
}
