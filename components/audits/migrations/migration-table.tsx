'use client';

import { useMemo } from 'react';
import { type Filters, isPlanOrder, nextSort, type Row, type SortKey } from '@/components/moves/filters';
import type { Migration } from '@/lib/contract/v1/audits';
import { LongTable } from '../../ui/long-table';
import type { Column } from '../../ui/table';
import { MigrationRow } from './migration-row';

const COLUMNS: Column<SortKey>[] = [
  { id: 'order', title: '#', kind: 'number', width: 52 },
  { id: 'instance', title: 'VM' },
  { id: 'source', title: 'Source → destination' },
  { id: 'flavor', title: 'Flavor' },
  { id: 'vcpus', title: 'vCPU', kind: 'number' },
  { id: 'ram', title: 'RAM', kind: 'number' },
  { id: 'impact', title: 'Impact', width: 170 },
  { id: 'wave', title: 'Wave', kind: 'number' },
  { id: 'state', title: 'State' },
];

/** Leaves out columns that would be the same in every row. */
function listColumns(migrations: Migration[]): Column<SortKey>[] {
  const [first] = migrations;
  const isShown: Partial<Record<SortKey, boolean>> = {
    wave: migrations.some(({ wave }) => wave !== first?.wave),
    state: migrations.some(({ state, migration_type: type }) => state !== 'PENDING' || type !== 'live'),
  };
  return COLUMNS.filter(({ id }) => isShown[id] ?? true);
}

type Props = {
  label: string;
  all: Migration[];
  rows: Row[];
  filters: Filters;
  set: (changes: Partial<Filters>) => void;
  whole: boolean;
};

export function MigrationTable({ label, all, rows, filters, set, whole }: Props) {
  const columns = useMemo(() => listColumns(all), [all]);
  return (
    <LongTable
      label={label}
      columns={columns}
      sort={isPlanOrder(filters) ? null : { by: filters.sort, descending: filters.descending }}
      onSort={(key) => set(nextSort(filters, key))}
      layout="stacked"
      rows={rows}
      whole={whole}
    >
      {(row, index) => <MigrationRow key={row.move.action_id} row={row} columns={columns} index={index} />}
    </LongTable>
  );
}
