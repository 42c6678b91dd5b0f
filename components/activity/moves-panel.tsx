import type { Activity, ActivityMove } from '@/lib/contract/v1/activity';
import { formatCount, formatTime } from '@/lib/format';
import { hostAddress, runAddress } from '../figures/addresses';
import { ButtonLink } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Panel, PanelNote } from '../ui/panel';
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
/** `csv`: the address of the same moves as a file. */
type Props = Pick<Activity, 'moves' | 'plans_since'> & { csv: string; now: number };

export function MovesPanel({ moves, plans_since: since, csv, now }: Props) {
  const shown = moves.slice(0, SHOWN);
  return (
    <Panel
      title="Moves"
      controls={
        <ButtonLink href={csv} icon="export" download>
          Export CSV
        </ButtonLink>
      }
      note={moves.length > SHOWN ? `the newest ${formatCount(SHOWN)} of ${formatCount(moves.length)}` : null}
    >
      {since === null ? null : (
        <PanelNote>
          So many plans have run that only the newest are read. Whose plan moved a VM before {formatTime(since, now)} is
          known for some moves only.
        </PanelNote>
      )}
      {shown.length === 0 ? (
        <EmptyState icon="plan" heading="h3" title="No VM moved">
          Nova’s record has no move in this time.
        </EmptyState>
      ) : (
        <ScrollTable label="Table of moves" columns={COLUMNS} layout="cards">
          {shown.map((move) => (
            <Row key={`${move.vm_id} ${move.at}`} move={move} isCut={since !== null && move.at < since} now={now} />
          ))}
        </ScrollTable>
      )}
    </Panel>
  );
}

/** `isCut`: not all plans of that time are read. */
function Row({ move, isCut, now }: { move: ActivityMove; isCut: boolean; now: number }) {
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
          isCut ? (
            <Unknown reason={NOT_READ} />
          ) : (
            <Quiet>Outside Watcher’s plans</Quiet>
          )
        ) : (
          <NameLink href={runAddress(move.audit_id, move.plan_id)}>{move.audit_name ?? move.audit_id}</NameLink>
        )}
      </td>
    </tr>
  );
}

const NOT_READ = 'Too many plans have run since: those of that time are not read.';

function Host({ name }: { name: string | null }) {
  return name === null ? <Unknown reason="Nova names none." /> : <NameLink href={hostAddress(name)}>{name}</NameLink>;
}
