'use client';

import { useMemo, useRef } from 'react';
import { type Filters, nextSort, type Row, type SortKey } from '@/components/moves/filters';
import { AS } from '@/components/moves/roles';
import type { Migration } from '@/lib/contract/v1/audits';
import { Icon } from '../../ui/icon';
import { MigrationRow, type Optional } from './migration-row';
import styles from './migrations.module.css';
import { useWindow } from './use-window';

type Column = { key: SortKey; title: string; kind?: 'number'; name: string };

const COLUMNS: Column[] = [
  { key: 'order', title: '#', kind: 'number', name: 'order' },
  { key: 'instance', title: 'Instance', name: 'instance' },
  { key: 'source', title: 'Source → destination', name: 'path' },
  { key: 'flavor', title: 'Flavor', name: 'flavor' },
  { key: 'vcpus', title: 'vCPU', kind: 'number', name: 'vcpus' },
  { key: 'ram', title: 'RAM', kind: 'number', name: 'ram' },
  { key: 'impact', title: 'Impact', name: 'impact' },
  { key: 'wave', title: 'Wave', kind: 'number', name: 'wave' },
  { key: 'state', title: 'State', name: 'state' },
];

/** From so many rows on only those near the screen are made. */
const VIRTUAL_FROM = 500;
/** px; the style sheet has the same. */
const ROW_HEIGHT = 32;

/** A column that says the same in every row says it better nowhere. */
export function listOptional(migrations: Migration[]): Optional {
  const [first] = migrations;
  return {
    wave: migrations.some(({ wave }) => wave !== first?.wave),
    state: migrations.some(({ state, migration_type: type }) => state !== 'PENDING' || type !== 'live'),
  };
}

type Props = {
  caption: string;
  all: Migration[];
  rows: Row[];
  shown: number;
  filters: Filters;
  set: (changes: Partial<Filters>) => void;
  /** Every row is made, however many they are. */
  whole: boolean;
};

export function MigrationTable({ caption, all, rows, shown, filters, set, whole }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const isOn = shown > VIRTUAL_FROM && !whole;
  const { from, to } = useWindow(body, { count: shown, rowHeight: ROW_HEIGHT, isOn });
  const optional = useMemo(() => listOptional(all), [all]);
  const columns = COLUMNS.filter(({ key }) => (key === 'wave' || key === 'state' ? optional[key] : true));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={caption} data-virtual={isOn || undefined}>
      <table
        {...AS.table}
        className={styles.table}
        aria-colcount={columns.length}
        aria-rowcount={isOn ? shown + 1 : undefined}
      >
        <caption className="visually-hidden">{caption}</caption>
        <thead {...AS.group}>
          <tr {...AS.row} aria-rowindex={isOn ? 1 : undefined}>
            {columns.map((column, at) => (
              <Head key={column.key} column={column} at={at + 1} filters={filters} set={set} />
            ))}
          </tr>
        </thead>
        <tbody {...AS.group} ref={body}>
          {from > 0 ? <Gap rows={from} columns={columns.length} /> : null}
          {rows.slice(from, Math.min(to, shown)).map((row, position) => (
            <MigrationRow
              key={row.move.action_id}
              row={row}
              optional={optional}
              index={isOn ? from + position + 2 : undefined}
            />
          ))}
          {isOn && to < shown ? <Gap rows={shown - to} columns={columns.length} /> : null}
        </tbody>
      </table>
    </section>
  );
}

type HeadProps = { column: Column; at: number; filters: Filters; set: (changes: Partial<Filters>) => void };

function Head({ column: { key, title, kind, name }, at, filters, set }: HeadProps) {
  const sorted = filters.sort === key && !(key === 'order' && !filters.descending);
  return (
    <th
      {...AS.head}
      aria-colindex={at}
      scope="col"
      data-kind={kind}
      data-column={name}
      aria-sort={sorted ? (filters.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" className={styles.sort} onClick={() => set(nextSort(filters, key))}>
        {title}
        <span className={styles.direction}>
          <Icon name={sorted ? (filters.descending ? 'down' : 'up') : 'sort'} size={12} />
        </span>
      </button>
    </th>
  );
}

/** Holds the place of rows that are not made. An attribute of the picture gives it its height. */
function Gap({ rows, columns }: { rows: number; columns: number }) {
  return (
    <tr {...AS.row} className={styles.gap}>
      <td {...AS.cell} colSpan={columns}>
        <svg width="1" height={rows * ROW_HEIGHT} aria-hidden="true" />
      </td>
    </tr>
  );
}
