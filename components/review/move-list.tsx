'use client';

import type { ComparedMove } from '@/lib/contract/v1/compare';
import type { Verdict } from '@/lib/contract/v1/verdicts';
import { formatThings, MISSING } from '@/lib/format';
import { VERDICT_LOOK } from '../figures/verdicts';
import { SCHEDULER_CHOOSES } from '../moves/words';
import { Panel, PanelNote } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { type Column, ScrollTable } from '../ui/table';
import { Tag } from '../ui/tag';
import { Name, Quiet } from '../ui/values';

const FIRST_ROWS = 60;

const COLUMNS: Column[] = [
  { id: 'vm', title: 'VM' },
  { id: 'source', title: 'From' },
  { id: 'left', title: 'Left to' },
  { id: 'right', title: 'Right to' },
];

/** Where two plans would move the same VMs. */
export function MoveList({ title, moves }: { title: string; moves: ComparedMove[] }) {
  const shown = useShown(moves.length, FIRST_ROWS);
  if (moves.length === 0) {
    return (
      <Panel title={title}>
        <PanelNote>None</PanelNote>
      </Panel>
    );
  }
  return (
    <Panel title={title} note={formatThings(moves.length, 'VM')} long>
      <ScrollTable label={`${title}: moves`} columns={COLUMNS}>
        {moves.slice(0, shown.count).map((move) => (
          <tr key={move.vm_id}>
            <th scope="row">
              <Name>{move.vm_name}</Name>
            </th>
            <td>{move.source === null ? MISSING : <Name>{move.source}</Name>}</td>
            <td>
              <End host={move.left} verdict={move.left_verdict} />
            </td>
            <td>
              <End host={move.right} verdict={move.right_verdict} />
            </td>
          </tr>
        ))}
      </ScrollTable>
      <ShowMore shown={shown} />
    </Panel>
  );
}

function End({ host, verdict }: { host: string | null; verdict: Verdict | null }) {
  if (verdict === null) return <Quiet>stays</Quiet>;
  const { tone, word } = VERDICT_LOOK[verdict];
  return (
    <>
      {host === null ? SCHEDULER_CHOOSES : <Name>{host}</Name>}{' '}
      {verdict === 'ok' || verdict === 'unchecked' ? null : <Tag tone={tone}>{word}</Tag>}
    </>
  );
}
