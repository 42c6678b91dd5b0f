'use client';

import { useState } from 'react';
import type { Permission } from '@/lib/contract/v1/acts';
import type { Migration } from '@/lib/contract/v1/audits';
import type { HostDetail, HostServer } from '@/lib/contract/v1/hosts';
import { formatBytes, formatCores, formatCount, formatThings } from '@/lib/format';
import { sortBy } from '@/lib/sort';
import { vmAddress } from '../figures/addresses';
import { ProjectName } from '../figures/project-name';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { SCHEDULER_CHOOSES } from '../moves/words';
import { LoadBar } from '../ui/load-bar';
import { Panel, PanelNote } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { type Column, ScrollTable, type Sort } from '../ui/table';
import { After, Name, NameLink, Unknown } from '../ui/values';
import { MayMove, MovesCell } from './move-cells';
import { NO_FLAVOR } from './words';

type Props = Pick<HostDetail, 'servers' | 'vm_use' | 'leaving' | 'move_history'>;

type ColumnId =
  | 'name'
  | 'project'
  | 'cpu'
  | 'cores'
  | 'ram'
  | 'vcpus'
  | 'size'
  | 'flavor'
  | 'status'
  | 'plan'
  | 'moves'
  | 'may';

/** A VM, and its move where the plan has one. */
type Row = { server: HostServer; move: Migration | undefined };

const COLUMNS: (Column<ColumnId> & { value: (row: Row) => string | number | null })[] = [
  { id: 'name', title: 'VM', value: ({ server }) => server.name },
  { id: 'project', title: 'Project', value: ({ server }) => server.project_name },
  { id: 'cpu', title: 'CPU in use', kind: 'bar', value: ({ server }) => server.cpu_percentage },
  { id: 'cores', title: 'Cores', kind: 'number', value: ({ server }) => server.cpu_cores },
  { id: 'ram', title: 'RAM in use', kind: 'bar', value: ({ server }) => server.ram_percentage },
  { id: 'vcpus', title: 'vCPU', kind: 'number', value: ({ server }) => server.vcpus },
  { id: 'size', title: 'RAM', kind: 'number', value: ({ server }) => server.ram },
  { id: 'flavor', title: 'Flavor', value: ({ server }) => server.flavor },
  { id: 'status', title: 'Status', value: ({ server }) => server.status },
  { id: 'plan', title: 'In plan', value: ({ move }) => move?.destination ?? (move ? '' : null) },
  { id: 'moves', title: 'Moves, 7 d', kind: 'number', value: ({ server }) => server.moves?.in_7_days ?? null },
  { id: 'may', title: 'May move', value: ({ server }) => server.must_not_move.length },
];

const columnOf = (id: ColumnId) => COLUMNS.find((column) => column.id === id);

const FIRST_ROWS = 24;

/** The VMs of a host, those with the most CPU in use first. */
export function HostServers({ servers, vm_use: use, leaving, move_history: history }: Props) {
  const { data: permission } = useAnswer<Permission>(ADDRESSES.permission);
  const [sort, setSort] = useState<Sort<ColumnId>>({ by: 'cores', descending: true });
  const shown = useShown(servers.length, FIRST_ROWS);
  const moves = new Map(leaving.map((move) => [move.vm_id, move]));
  const byName = sortBy(servers, ({ name }) => name).map((server) => ({ server, move: moves.get(server.id) }));
  const rows = sortBy(byName, columnOf(sort.by)?.value ?? (() => null), sort.descending).slice(0, shown.count);
  return (
    <Panel title="VMs" note={formatThings(servers.length, 'VM')} long>
      {use.reason === null ? null : <PanelNote>CPU and RAM in use are unknown: {use.reason}</PanelNote>}
      {servers.length === 0 ? (
        <PanelNote>This host has no VMs.</PanelNote>
      ) : (
        <ScrollTable
          label="Table of VMs"
          columns={COLUMNS}
          sort={sort}
          onSort={(by) =>
            setSort({ by, descending: sort.by === by ? !sort.descending : columnOf(by)?.kind !== undefined })
          }
          layout="sticky"
        >
          {rows.map((row) => (
            <ServerRow
              key={row.server.id}
              row={row}
              reason={use.reason ?? 'No exporter reports this VM.'}
              history={history}
              permission={permission}
            />
          ))}
        </ScrollTable>
      )}
      <ShowMore shown={shown} />
    </Panel>
  );
}

type RowProps = {
  row: Row;
  /** Why the use of a VM is unknown. */
  reason: string;
  history: HostDetail['move_history'];
  permission: Permission | undefined;
};

function ServerRow({ row: { server, move }, reason, history, permission }: RowProps) {
  const { id, name, status, flavor, vcpus, ram, cpu_cores: cores } = server;
  // A VM has no limits: it may use everything its flavor offers.
  const load = (value: number | null) =>
    value === null ? <Unknown reason={reason} /> : <LoadBar value={value} level="normal" />;
  return (
    <tr>
      <th scope="row">
        <NameLink href={vmAddress(id)}>{name}</NameLink>
      </th>
      <td>
        <ProjectName project={server} />
      </td>
      <td data-kind="bar">{load(server.cpu_percentage)}</td>
      <td data-kind="number">{cores === null ? <Unknown reason={reason} /> : formatCores(cores)}</td>
      <td data-kind="bar">{load(server.ram_percentage)}</td>
      <td data-kind="number">{vcpus === null ? <Unknown reason={NO_FLAVOR} /> : formatCount(vcpus)}</td>
      <td data-kind="number">{ram === null ? <Unknown reason={NO_FLAVOR} /> : formatBytes(ram)}</td>
      <td>{flavor === null ? <Unknown reason={NO_FLAVOR} /> : <Name>{flavor}</Name>}</td>
      <td>{status}</td>
      <td>{move === undefined ? null : <After>→ {move.destination ?? SCHEDULER_CHOOSES}</After>}</td>
      <td data-kind="number">
        <MovesCell moves={server.moves} history={history} />
      </td>
      <td>
        <MayMove server={server} permission={permission} />
      </td>
    </tr>
  );
}
