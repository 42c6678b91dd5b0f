import type { Migration } from '@/lib/contract/v1/audits';
import { formatBytes, formatCount, formatThings, MISSING } from '@/lib/format';
import { type Column, DataTable } from '../ui/data-table';
import { Caption } from '../ui/figure';
import { Panel } from '../ui/panel';
import { describeImpact, describeState } from './words';

const COLUMNS: Column[] = [
  { title: '#', kind: 'number' },
  { title: 'Wave', kind: 'number' },
  { title: 'Instance', kind: 'name' },
  { title: 'Source → destination', kind: 'name' },
  { title: 'Flavor', kind: 'name' },
  { title: 'vCPU', kind: 'number' },
  { title: 'RAM', kind: 'number' },
  { title: 'Type' },
  { title: 'Impact' },
  { title: 'State' },
];

/** Each move of the plan, in the order in which it runs. */
export function Migrations({ migrations }: { migrations: Migration[] }) {
  return (
    <Panel id="migrations" title="Migrations" heading="h4">
      {migrations.length === 0 ? (
        <Caption>No migrations.</Caption>
      ) : (
        <DataTable
          caption={`${formatThings(migrations.length, 'migration')} in the order in which they run`}
          columns={COLUMNS}
          rows={migrations.map((move, position) => ({
            id: move.action_id,
            cells: [
              formatCount(position + 1),
              formatCount(move.wave + 1),
              move.instance_name,
              `${move.source || MISSING} → ${move.destination ?? 'chosen by the scheduler'}`,
              move.flavor ?? MISSING,
              formatCount(move.vcpus),
              formatBytes(move.ram),
              move.migration_type,
              describeImpact(move),
              describeState(move),
            ],
          }))}
        />
      )}
    </Panel>
  );
}
