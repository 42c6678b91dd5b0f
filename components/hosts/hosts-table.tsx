import type { HostColumn } from '@/lib/contract/choices';
import type { Host } from '@/lib/contract/v1/hosts';
import type { Limits } from '@/lib/domain/cluster/levels';
import { ScrollTable } from '../ui/table';
import type { HostsChoice } from './choice';
import { COLUMNS } from './columns';

type Props = {
  hosts: Host[];
  choice: HostsChoice;
  limits: Limits;
  onSort: (column: HostColumn) => void;
};

/** The rows of one page. */
export function HostsTable({ hosts, choice: { sort, order, audit }, limits, onSort }: Props) {
  return (
    <ScrollTable
      label="Table of hosts"
      columns={COLUMNS}
      sort={{ by: sort, descending: order === 'desc' }}
      onSort={onSort}
      layout="sticky"
    >
      {hosts.map((host) => (
        <tr key={host.name}>
          {COLUMNS.map(({ id, kind, render }) =>
            id === 'name' ? (
              <th key={id} scope="row">
                {render({ host, limits, audit })}
              </th>
            ) : (
              <td key={id} data-kind={kind}>
                {render({ host, limits, audit })}
              </td>
            ),
          )}
        </tr>
      ))}
    </ScrollTable>
  );
}
