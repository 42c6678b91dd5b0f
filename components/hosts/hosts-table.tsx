import type { Host } from '@/lib/contract/v1/hosts';
import type { Limits } from '@/lib/domain/cluster/levels';
import { Icon } from '../ui/icon';
import type { HostsChoice } from './choice';
import { COLUMNS, type Column } from './columns';
import styles from './hosts.module.css';

type Props = {
  hosts: Host[];
  choice: HostsChoice;
  limits: Limits;
  onSort: (column: Column['id']) => void;
};

/** The rows of one page. Scrolls by itself where the screen is narrower; the names stay in sight. */
export function HostsTable({ hosts, choice, limits, onSort }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label="Table of hosts">
      <table className={styles.table}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <Head key={column.id} column={column} choice={choice} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {hosts.map((host) => (
            <tr key={host.name}>
              {COLUMNS.map(({ id, kind, render }) =>
                id === 'name' ? (
                  <th key={id} scope="row" data-kind={kind}>
                    {render({ host, limits, audit: choice.audit })}
                  </th>
                ) : (
                  <td key={id} data-kind={kind}>
                    {render({ host, limits, audit: choice.audit })}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type HeadProps = { column: Column; choice: HostsChoice; onSort: Props['onSort'] };

function Head({ column: { id, title, of, kind }, choice: { sort, order }, onSort }: HeadProps) {
  const sorted = sort === id;
  return (
    <th
      scope="col"
      data-kind={kind}
      data-column={id}
      aria-sort={sorted ? (order === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      <button type="button" className={styles.sort} data-sorted={sorted || undefined} onClick={() => onSort(id)}>
        {of === undefined ? null : <span className="visually-hidden">{of} </span>}
        {title}
        <Icon name={sorted ? (order === 'asc' ? 'up' : 'down') : 'sort'} size={12} />
      </button>
    </th>
  );
}
