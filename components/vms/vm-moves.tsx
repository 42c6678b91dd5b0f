import type { VmDetail, VmMove } from '@/lib/contract/v1/vms';
import { formatAge, formatTime, MISSING } from '@/lib/format';
import { hostAddress, planAddress } from '../figures/addresses';
import { Panel, PanelEmpty, PanelNote } from '../ui/panel';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { NameLink, Quiet, Unknown } from '../ui/values';

const COLUMNS: Column[] = [
  { id: 'when', title: 'When' },
  { id: 'path', title: 'Source → destination' },
  { id: 'by', title: 'By' },
  { id: 'why', title: 'Why' },
  { id: 'took', title: 'Took', kind: 'number' },
  { id: 'result', title: 'Result' },
];

type Props = Pick<VmDetail, 'moves' | 'moves_reason' | 'plans_since'> & { name: string; now: number };

/** Its moves, as Nova recorded them; who and why come from the journal here. */
export function VmMoves({ name, moves, moves_reason: reason, plans_since: since, now }: Props) {
  return (
    <Panel title="Its moves" note="as Nova recorded them; names and reasons from the journal here" long>
      {moves === null ? (
        <PanelNote>Its moves are unknown: {reason}</PanelNote>
      ) : moves.length === 0 ? (
        <PanelEmpty>Nova has recorded no move of {name}.</PanelEmpty>
      ) : (
        <ScrollTable label="Moves of the VM" columns={COLUMNS} layout="cards">
          {moves.map((move) => (
            <Row key={move.id} move={move} isCut={since !== null && move.started_at < since} now={now} />
          ))}
        </ScrollTable>
      )}
    </Panel>
  );
}

/** `isCut`: not all plans of that time are read. */
function Row({ move, isCut, now }: { move: VmMove; isCut: boolean; now: number }) {
  const { started_at: started, ended_at: ended, type, status, plan, person: who, reason: why, user_id: user } = move;
  const isBack = type === 'evacuation' && status === 'completed';
  return (
    <tr {...ROLES.row}>
      <th {...ROLES.rowHead} scope="row" data-card="full">
        {formatTime(started, now)}
      </th>
      <td {...ROLES.cell} data-card="full">
        <Place name={move.source} /> → <Place name={move.destination} />
      </td>
      <td {...ROLES.cell} data-card="full">
        {plan === null ? (
          <span title={user === null ? undefined : `User ${user}`}>
            {isCut ? NOT_READ : 'outside: no plan that is known here'}
          </span>
        ) : (
          <>
            {who === null ? null : `${who}, `}
            <NameLink href={planAddress(plan.audit_id, plan.plan_id)}>{plan.audit_name}</NameLink>
          </>
        )}
      </td>
      <td {...ROLES.cell}>{why === null ? <Unknown reason="The journal here has no reason." /> : `“${why}”`}</td>
      <td {...ROLES.cell} data-kind="number" data-label="took">
        {ended !== null ? formatAge(ended - started) : isBack ? <Unknown reason={EVACUATED} /> : MISSING}
      </td>
      <td {...ROLES.cell}>
        {status}
        <Quiet>
          , {type}
          {isBack ? '; its source host is back' : ''}
        </Quiet>
      </td>
    </tr>
  );
}

const NOT_READ = 'not known: too many plans have run since to read those of that time';
const EVACUATED = 'Nova keeps no time at which the VM was rebuilt, only when its source host came back.';

function Place({ name }: { name: string | null }) {
  return name === null ? <Quiet>unknown</Quiet> : <NameLink href={hostAddress(name)}>{name}</NameLink>;
}
