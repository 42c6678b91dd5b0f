import type { Migration } from '@/lib/contract/v1/audits';
import { formatBytes, formatCount, formatThings, MISSING } from '@/lib/format';
import { DataTable } from '../ui/data-table';
import { Caption, Name } from '../ui/figure';
import { Panel } from '../ui/panel';
import { describeImpact, describeState } from './words';

/** Each move of the plan, in the order in which it runs. */
export function Migrations({ migrations }: { migrations: Migration[] }) {
  return (
    <Panel id="migrations" title="Migrations" heading="h4">
      {migrations.length === 0 ? (
        <Caption>No migrations.</Caption>
      ) : (
        <DataTable
          caption={`${formatThings(migrations.length, 'migration')} in the order in which they run`}
          rows={migrations}
          keyOf={({ action_id: id }) => id}
          columns={[
            { title: '#', align: 'right', cell: (_, position) => formatCount(position + 1) },
            { title: 'Wave', align: 'right', cell: ({ wave }) => formatCount(wave + 1) },
            { title: 'Instance', cell: ({ instance_name: name }) => <Name>{name}</Name> },
            {
              title: 'Source → destination',
              cell: ({ source, destination }) => (
                <>
                  <Name>{source || MISSING}</Name> →{' '}
                  {destination === null ? 'chosen by the scheduler' : <Name>{destination}</Name>}
                </>
              ),
            },
            { title: 'Flavor', cell: ({ flavor }) => <Name>{flavor ?? MISSING}</Name> },
            { title: 'vCPU', align: 'right', cell: ({ vcpus }) => formatCount(vcpus) },
            { title: 'RAM', align: 'right', cell: ({ ram }) => formatBytes(ram) },
            { title: 'Type', cell: ({ migration_type: type }) => type },
            { title: 'Impact', cell: describeImpact },
            { title: 'State', cell: describeState },
          ]}
        />
      )}
    </Panel>
  );
}
