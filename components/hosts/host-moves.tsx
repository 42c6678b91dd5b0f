import type { Migration } from '@/lib/contract/v1/audits';
import type { HostPlan } from '@/lib/contract/v1/hosts';
import { formatBytes, formatCount, formatPoints, formatThings } from '@/lib/format';
import { moveState, problemOf, remarkOf, SCHEDULER_CHOOSES, whyEstimated } from '../moves/words';
import { Panel, PanelNote } from '../ui/panel';
import { type Column, ScrollTable } from '../ui/table';
import { Name, NameLink, Unknown } from '../ui/values';
import { hostPageAddress } from './choice';
import { NO_PLAN } from './words';

type Way = 'leaving' | 'arriving';

type Props = { way: Way; moves: Migration[]; plan: HostPlan | null; audit: string | undefined };

const WORDS: Record<Way, { title: string; place: string; none: string }> = {
  leaving: { title: 'Leaving', place: 'Destination', none: 'No VM would leave.' },
  arriving: { title: 'Arriving', place: 'Source', none: 'No VM would arrive.' },
};

const columnsOf = (place: string): Column[] => [
  { id: 'instance', title: 'VM' },
  { id: 'place', title: place },
  { id: 'flavor', title: 'Flavor' },
  { id: 'vcpus', title: 'vCPU', kind: 'number' },
  { id: 'ram', title: 'RAM', kind: 'number' },
  { id: 'cpu', title: 'CPU change', kind: 'number' },
  { id: 'state', title: 'State' },
];

/** Migrations of the plan that start or end on this host. */
export function HostMoves({ way, moves, plan, audit }: Props) {
  const { title, place, none } = WORDS[way];
  if (moves.length === 0) {
    return (
      <Panel title={title}>
        <PanelNote>{plan === null ? NO_PLAN : none}</PanelNote>
      </Panel>
    );
  }
  return (
    <Panel title={title} note={formatThings(moves.length, 'migration')} long>
      <ScrollTable label={`Migrations ${way}`} columns={columnsOf(place)} layout="sticky">
        {moves.map((move) => (
          <Row key={move.action_id} move={move} way={way} audit={audit} />
        ))}
      </ScrollTable>
    </Panel>
  );
}

const NO_FLAVOR = 'The VM’s flavor is unknown.';

function Row({ move, way, audit }: { move: Migration; way: Way; audit: string | undefined }) {
  const { flavor, vcpus, ram } = move;
  const isLeaving = way === 'leaving';
  const other = isLeaving ? move.destination : move.source;
  const points = isLeaving ? move.source_points : move.destination_points;
  const detail = remarkOf(move) ?? problemOf(move);
  const why = whyEstimated(move.cpu_estimate);
  return (
    <tr>
      <th scope="row">
        <Name>{move.vm_name}</Name>
      </th>
      <td>
        {other === null || other === '' ? (
          SCHEDULER_CHOOSES
        ) : (
          <NameLink href={hostPageAddress(other, { audit })}>{other}</NameLink>
        )}
      </td>
      <td>{flavor === null ? <Unknown reason={NO_FLAVOR} /> : <Name>{flavor}</Name>}</td>
      <td data-kind="number">{vcpus === null ? <Unknown reason={NO_FLAVOR} /> : formatCount(vcpus)}</td>
      <td data-kind="number">{ram === null ? <Unknown reason={NO_FLAVOR} /> : formatBytes(ram)}</td>
      <td data-kind="number" title={why ?? undefined}>
        {points === null ? (
          <Unknown reason="The VM’s load is unknown." />
        ) : (
          `${why === null ? '' : '≈'}${isLeaving ? '−' : '+'}${formatPoints(points)}`
        )}
      </td>
      <td title={detail ?? undefined}>{detail === null ? moveState(move) : `${moveState(move)}: ${detail}`}</td>
    </tr>
  );
}
