'use client';

import { type ReactNode, useRef } from 'react';
import { VM_COLUMNS, type VmColumn } from '@/lib/contract/choices';
import type { Vms } from '@/lib/contract/v1/vms';
import { formatBytes, formatCores } from '@/lib/format';
import { vmAddress } from '../figures/addresses';
import { ProjectName } from '../figures/project-name';
import { useShortcut } from '../live/shortcuts';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { Name, NameLink, Unknown } from '../ui/values';
import type { VmsChoice } from './choice';
import { HostOfVm, MarkOfVm, MovesOfVm, PlansOfVm } from './vm-cells';

type Shown = VmColumn | 'cpu' | 'ram-used' | 'plan' | 'mark';

/** What is measured is known for the page only, so that nothing can be sorted by it. */
const COLUMNS: Column<Shown>[] = [
  { id: 'name', title: 'VM' },
  { id: 'host', title: 'Host' },
  { id: 'project', title: 'Project' },
  { id: 'flavor', title: 'Flavor' },
  { id: 'cpu', title: 'CPU, cores', kind: 'number', unsorted: true },
  { id: 'ram-used', title: 'RAM used', kind: 'number', unsorted: true },
  { id: 'moves', title: 'Moves, 7 d', kind: 'number' },
  { id: 'status', title: 'Status' },
  { id: 'plan', title: 'Plan', unsorted: true },
  { id: 'mark', title: 'Must not move', unsorted: true },
];

const isSorted = (id: Shown): id is VmColumn => VM_COLUMNS.some((column) => column === id);

type Props = { data: Vms; choice: VmsChoice; onSort: (column: VmColumn) => void };

/** The rows of one page; j and k step through their links. */
export function VmsTable({
  data: { vms, vm_use: use, move_history: history },
  choice: { sort, order },
  onSort,
}: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const step = (by: 1 | -1) => {
    const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>('th a') ?? [])];
    const at = links.findIndex((link) => link.matches(':focus'));
    links[at === -1 ? (by === 1 ? 0 : links.length - 1) : at + by]?.focus();
  };
  useShortcut('j', () => step(1));
  useShortcut('k', () => step(-1));
  const reason = use.reason ?? 'No exporter reports this VM.';
  const known = (value: number | null, format: (value: number) => string): ReactNode =>
    value === null ? <Unknown reason={reason} /> : format(value);
  return (
    <ScrollTable<Shown>
      label="Table of VMs"
      columns={COLUMNS}
      sort={{ by: sort, descending: order === 'desc' }}
      onSort={(id) => {
        if (isSorted(id)) onSort(id);
      }}
      layout="cards"
      body={body}
    >
      {vms.map((vm) => (
        <tr key={vm.id} {...ROLES.row}>
          <th {...ROLES.rowHead} scope="row" data-card="full">
            <NameLink href={vmAddress(vm.id)}>{vm.name}</NameLink>
          </th>
          <td {...ROLES.cell}>
            <HostOfVm vm={vm} />
          </td>
          <td {...ROLES.cell} data-label="project">
            <ProjectName project={vm} />
          </td>
          <td {...ROLES.cell}>
            {vm.flavor === null ? <Unknown reason="Nova reports no flavor." /> : <Name>{vm.flavor}</Name>}
          </td>
          <td {...ROLES.cell} data-kind="number" data-label="cores">
            {known(vm.cpu_cores, formatCores)}
          </td>
          <td {...ROLES.cell} data-kind="number" data-label="RAM used">
            {known(vm.ram_used, formatBytes)}
          </td>
          <td {...ROLES.cell} data-kind="number" data-label="moves in 7 d">
            <MovesOfVm vm={vm} history={history} />
          </td>
          <td {...ROLES.cell}>{vm.status}</td>
          <td {...ROLES.cell} data-label="plan">
            <PlansOfVm vm={vm} />
          </td>
          <td {...ROLES.cell} data-label="must not move">
            <MarkOfVm vm={vm} />
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}
