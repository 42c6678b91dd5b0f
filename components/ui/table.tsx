import type { ReactNode, Ref } from 'react';
import cards from './cards.module.css';
import { SortButton } from './sort-button';
import styles from './table.module.css';

/**
 * `number` is aligned to the right, `change` too and has room for two numbers, `bar` is wide, `state` has room for a mark,
 * `prose` wraps. Cells have the kind of their column: `<td data-kind="number">`.
 */
export type Kind = 'number' | 'change' | 'bar' | 'state' | 'prose';

export type Column<Id extends string = string> = {
  id: Id;
  title: ReactNode;
  kind?: Kind;
  /** Read by screen readers before the title, if two columns share a title. */
  prefix?: string;
  /** px */
  width?: number;
  /** Whether rows can't be sorted by it where they can be by others. */
  unsorted?: boolean;
};

export type Sort<Id extends string> = { by: Id; descending: boolean };

export type TableProps<Id extends string> = {
  /** Names the table and the region it scrolls in. */
  label: string;
  columns: readonly Column<Id>[];
  /** null if the rows are in their original order. */
  sort?: Sort<Id> | null;
  /** Makes every column title a button. */
  onSort?: (id: Id) => void;
  /**
   * `sticky` keeps row headers in view; `filling` fills a box of fixed height and keeps column headers in view.
   * `stacked` gives each row several lines on phones: a cell chooses its line with `data-phone="second"`, or is left
   * out with `hidden`; see `ROLES`, too. `cards` makes each row a card there, with two cells side by side: `data-card="full"`
   * gives a cell the whole width, and `data-label` names what the hidden column title named.
   */
  layout?: 'sticky' | 'filling' | 'stacked' | 'cards';
  /** The number of body rows, if only those near the screen are rendered. */
  rowCount?: number;
  body?: Ref<HTMLTableSectionElement>;
  /** Rows. */
  children: ReactNode;
};

/**
 * Browsers drop stacked rows from the accessibility tree, since the style sheet does not display them as table rows.
 * Explicit roles keep them there. Phones hide some cells, so each cell also has an `aria-colindex`.
 */
export const ROLES = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  rowHead: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const;

/** A table that scrolls in a region of its own if the screen is too narrow. */
export function ScrollTable<Id extends string>(props: TableProps<Id>) {
  const { label, columns, sort, onSort, layout, rowCount, body, children } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach a region that scrolls
    <section className={styles.scroll} tabIndex={0} aria-label={label}>
      <table
        {...ROLES.table}
        className={layout === 'cards' ? `${styles.table} ${cards.cards}` : styles.table}
        aria-colcount={columns.length}
        aria-rowcount={rowCount === undefined ? undefined : rowCount + 1}
        data-layout={layout}
        data-windowed={rowCount === undefined ? undefined : ''}
      >
        <caption className="visually-hidden">{label}</caption>
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} width={width} />
          ))}
        </colgroup>
        <thead {...ROLES.group}>
          <tr {...ROLES.row} aria-rowindex={rowCount === undefined ? undefined : 1}>
            {columns.map((column, at) => (
              <Head key={column.id} column={column} index={at + 1} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody {...ROLES.group} ref={body}>
          {children}
        </tbody>
      </table>
      <span hidden data-end />
    </section>
  );
}

type GroupProps = {
  /** Of the table. */
  columns: number;
  title: string;
  /** Beside the title, quieter. */
  note?: string;
};

/** A row that names those below it. */
export function GroupRow({ columns, title, note }: GroupProps) {
  return (
    <tr {...ROLES.row} className={styles.group}>
      <th {...ROLES.rowHead} scope="rowgroup" colSpan={columns}>
        {title}
        {note === undefined ? null : <span className={styles.note}>{note}</span>}
      </th>
    </tr>
  );
}

type HeadProps<Id extends string> = {
  column: Column<Id>;
  index: number;
  sort: Sort<Id> | null | undefined;
  onSort: ((id: Id) => void) | undefined;
};

function Head<Id extends string>({ column, index, sort, onSort }: HeadProps<Id>) {
  const { id, title, kind, prefix, unsorted = false } = column;
  const direction = sort?.by !== id ? undefined : sort.descending ? 'descending' : 'ascending';
  const name = (
    <>
      {prefix === undefined ? null : <span className="visually-hidden">{prefix} </span>}
      {title}
    </>
  );
  return (
    <th {...ROLES.head} scope="col" data-kind={kind} aria-colindex={index} aria-sort={direction}>
      {onSort === undefined || unsorted ? (
        name
      ) : (
        <SortButton name={name} direction={direction} onClick={() => onSort(id)} />
      )}
    </th>
  );
}
