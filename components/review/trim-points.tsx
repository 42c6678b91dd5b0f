import type { Trim } from '@/lib/contract/v1/trim';
import { formatBytes, formatCount, formatPercent, formatPoints, MISSING } from '@/lib/format';
import { type Column, ScrollTable } from '../ui/table';
import { Name } from '../ui/values';

const COLUMNS: Column[] = [
  { id: 'moves', title: 'Moves', kind: 'number' },
  { id: 'vm', title: 'Last to move' },
  { id: 'spread', title: 'Spread', kind: 'number' },
  { id: 'hot', title: 'Hot hosts', kind: 'number' },
  { id: 'hottest', title: 'Hottest host', kind: 'number' },
  { id: 'emptied', title: 'Hosts emptied', kind: 'number' },
  { id: 'copy', title: 'To copy', kind: 'number' },
];

/** The curve as a table. */
export function TrimPoints({ trim: { points, moves } }: { trim: Trim }) {
  return (
    <ScrollTable label="Figures by number of moves" columns={COLUMNS} layout="filling">
      {points.map(({ spread, hot, hottest, emptied, ram_to_copy: ram }, at) => {
        const last = moves[at - 1];
        return (
          <tr key={last === undefined ? '' : `${last.vm_id} ${last.numbers[0]}`}>
            <th scope="row" data-kind="number">
              {formatCount(at)}
            </th>
            <td>{last === undefined ? MISSING : <Name>{last.vm_name}</Name>}</td>
            <td data-kind="number">{formatPoints(spread)}</td>
            <td data-kind="number">{formatCount(hot)}</td>
            <td data-kind="number">{formatPercent(hottest?.percentage, 0)}</td>
            <td data-kind="number">{formatCount(emptied)}</td>
            <td data-kind="number">{formatBytes(ram)}</td>
          </tr>
        );
      })}
    </ScrollTable>
  );
}
