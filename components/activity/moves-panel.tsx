import type { Activity, ActivityMove } from '@/lib/contract/v1/activity';
import { formatCount } from '@/lib/format';
import { hostAddress, runAddress } from '../figures/addresses';
import { EmptyState } from '../ui/empty-state';
import { Panel } from '../ui/panel';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { Tag, type TagTone } from '../ui/tag';
import { Time } from '../ui/time';
import { Name, NameLink, Quiet, Unknown } from '../ui/values';

/** More are in the API. */
const SHOWN = 50;

const COLUMNS: Column[] = [
  { id: 'at', title: 'When' },
  { id: 'vm', title: 'VM' },
  { id: 'from', title: 'From' },
  { id: 'to', title: 'To' },
  { id: 'result', title: 'What came of it' },
  { id: 'plan', title: 'Moved by' },
];

const RESULTS: Record<ActivityMove['result'], { tone: TagTone; word: string }> = {
  moved: { tone: 'ok', word: 'Moved' },
  failed: { tone: 'error', word: 'Failed' },
  cancelled: { tone: 'plain', word: 'Cancelled' },
  running: { tone: 'plain', word: 'Moving' },
  unknown: { tone: 'warn', word: 'Not known' },
};

/** The moves of the timeline, the newest first. */
export function MovesPanel({ moves, now }: { moves: Activity['moves']; now: number }) {
  const shown = moves.slice(0, SHOWN);
  return (
    <Panel
      title="Moves"
      note={moves.length > SHOWN ? `the newest ${formatCount(SHOWN)} of ${formatCount(moves.length)}` : null}
    >
      {shown.length === 0 ? (
        <EmptyState icon="plan" heading="h3" title="No VM moved">
          Nova’s record has no move in this time.
        </EmptyState>
      ) : (
        <ScrollTable label="Table of moves" columns={COLUMNS} layout="cards">
          {shown.map((move) => (
            <Row key={`${move.vm_id} ${move.at}`} move={move} now={now} />
          ))}
        </ScrollTable>
      )}
    </Panel>
  );
}

function Row({ move, now }: { move: ActivityMove; now: number }) {
  const { tone, word } = RESULTS[move.result];
  return (
    <tr {...ROLES.row}>
      <td {...ROLES.cell}>
        <Time at={move.at} now={now} />
      </td>
      <th {...ROLES.rowHead} scope="row" data-card="full">
        <Name>{move.vm_name ?? move.vm_id}</Name>
      </th>
      <td {...ROLES.cell} data-label="From">
        <Host name={move.source} />
      </td>
      <td {...ROLES.cell} data-label="To">
        <Host name={move.destination} />
      </td>
      <td {...ROLES.cell}>
        <Tag tone={tone}>{word}</Tag>
      </td>
      <td {...ROLES.cell}>
        {move.audit_id === null || move.plan_id === null ? (
          <Quiet>Outside Watcher’s plans</Quiet>
        ) : (
          <NameLink href={runAddress(move.audit_id, move.plan_id)}>{move.audit_name ?? move.audit_id}</NameLink>
        )}
      </td>
    </tr>
  );
}

function Host({ name }: { name: string | null }) {
  return name === null ? <Unknown reason="Nova names none." /> : <NameLink href={hostAddress(name)}>{name}</NameLink>;
}
