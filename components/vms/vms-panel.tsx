'use client';

import { useTransition } from 'react';
import type { VmFilter } from '@/lib/contract/choices';
import type { Vms } from '@/lib/contract/v1/vms';
import { formatCount } from '@/lib/format';
import { Button, ButtonLink } from '../ui/button';
import { Pages } from '../ui/pages';
import { Panel, PanelEmpty, PanelNote, PanelTools } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { TextField } from '../ui/text-field';
import { usePages } from '../ui/use-pages';
import { useTypedText } from '../ui/use-typed-text';
import { DEFAULTS, PAGE_SIZE, sortedBy, type VmsChoice, vmsAddress, vmsCsvAddress } from './choice';
import { VmsTable } from './vms-table';

type Props = { data: Vms; choice: VmsChoice };

/** All VMs. Search, filter, order and page are in the address, so a link shows the same view. */
export function VmsPanel({ data, choice }: Props) {
  const { counts, total, vm_use: use } = data;
  const pages = usePages();
  const [pending, startTransition] = useTransition();
  const go = (next: VmsChoice, how: 'push' | 'replace') =>
    startTransition(() => pages[how](vmsAddress(next), { scroll: false }));
  const [text, type] = useTypedText({
    value: choice.q,
    onRest: (q) => go({ ...choice, q, page: 1 }, 'replace'),
  });
  const filters: { value: VmFilter; label: string; count: string }[] = [
    { value: 'all', label: 'All', count: formatCount(counts.all) },
    { value: 'on-hot-hosts', label: 'On hot hosts', count: formatCount(counts.on_hot_hosts) },
    { value: 'in-plan', label: 'In a plan', count: formatCount(counts.in_plan) },
    { value: 'move-too-often', label: 'Move too often', count: formatCount(counts.move_too_often) },
    { value: 'must-not-move', label: 'Must not move', count: formatCount(counts.must_not_move) },
  ];
  const { q, show, project } = choice;
  const isNarrowed = q !== '' || show !== 'all' || project !== undefined;
  return (
    <Panel label="VMs" long busy={pending}>
      <PanelTools
        label="Search and filters"
        aside={
          <ButtonLink href={vmsCsvAddress(choice)} icon="export" download>
            Export CSV
          </ButtonLink>
        }
      >
        <TextField
          label="Search VMs"
          placeholder="Name, id, address, project or host"
          value={text}
          onChange={type}
          hint="/"
        />
        <Segmented
          label="Which VMs"
          value={show}
          options={filters}
          onChange={(next) => go({ ...choice, show: next, page: 1 }, 'push')}
        />
        {project === undefined ? null : (
          <Button icon="close" onClick={() => go({ ...choice, project: undefined, page: 1 }, 'push')}>
            Only project {project}
          </Button>
        )}
      </PanelTools>
      {use.reason === null || total === 0 ? null : <PanelNote>CPU and RAM in use are unknown: {use.reason}</PanelNote>}
      {total === 0 ? (
        <PanelEmpty>
          <p>{isNarrowed ? 'No VM matches.' : 'Nova has no VMs.'}</p>
          {isNarrowed ? <Button onClick={() => go(DEFAULTS, 'push')}>Clear search and filter</Button> : null}
        </PanelEmpty>
      ) : (
        <VmsTable data={data} choice={choice} onSort={(column) => go(sortedBy(choice, column), 'replace')} />
      )}
      <Pages
        total={total}
        offset={data.offset}
        count={data.vms.length}
        size={PAGE_SIZE}
        noun="VM"
        onPage={(page) => go({ ...choice, page }, 'push')}
      />
    </Panel>
  );
}
