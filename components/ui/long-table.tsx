'use client';

import { type ReactNode, useRef } from 'react';
import styles from './long-table.module.css';
import { ROLES, ScrollTable, type TableProps } from './table';
import { useWindow } from './use-window';

/** Longer tables render only the rows near the screen. */
const WINDOWED_FROM = 500;
/** px; must match `table.module.css`. */
const ROW_HEIGHT = 32;

type Props<Id extends string, Row> = Omit<TableProps<Id>, 'children' | 'rowCount' | 'body'> & {
  rows: readonly Row[];
  /** Renders every row, as printing needs. */
  whole: boolean;
  /** Renders a row of one line. `index` is its `aria-rowindex`, if only a part of the rows is rendered. */
  children: (row: Row, index: number | undefined) => ReactNode;
};

/** A table for thousands of rows of equal height. */
export function LongTable<Id extends string, Row>({ rows, whole, children, ...table }: Props<Id, Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const count = rows.length;
  const isOn = count > WINDOWED_FROM && !whole;
  const { from, to } = useWindow(body, { count, rowHeight: ROW_HEIGHT, isOn });
  const columns = table.columns.length;
  return (
    <ScrollTable {...table} body={body} rowCount={isOn ? count : undefined}>
      {from > 0 ? <Gap rows={from} columns={columns} /> : null}
      {rows.slice(from, to).map((row, at) => children(row, isOn ? from + at + 2 : undefined))}
      {isOn && to < count ? <Gap rows={count - to} columns={columns} /> : null}
    </ScrollTable>
  );
}

/**
 * As high as the rows that are not rendered. The content security policy forbids style attributes, so an SVG has the
 * height.
 */
function Gap({ rows, columns }: { rows: number; columns: number }) {
  return (
    <tr {...ROLES.row} className={styles.gap}>
      <td {...ROLES.cell} colSpan={columns}>
        <svg width="1" height={rows * ROW_HEIGHT} aria-hidden="true" />
      </td>
    </tr>
  );
}
