'use client';

import styles from './ui.module.css';

export type Column = { title: string; kind?: 'number' | 'name' };

type Props = { caption: string; columns: Column[]; rows: { id: string; cells: string[] }[] };

/**
 * A table that scrolls by itself where it is wider than the screen. It is a client component that takes text, because of
 * a table made on the server every cell would be sent twice and every row in a script of its own: a region of 400 hosts
 * came to 940 kB.
 */
export function DataTable({ caption, columns, rows }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={caption}>
      <table className={styles.table}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, kind }) => (
              <th key={title} scope="col" data-kind={kind}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id}>
              {columns.map(({ title, kind }, position) => (
                <td key={title} data-kind={kind}>
                  {kind === 'name' ? <span className={styles.name}>{cells[position]}</span> : cells[position]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
