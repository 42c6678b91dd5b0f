import type { ReactNode } from 'react';
import { type HostColumn, overcommitOf } from '@/lib/contract/choices';
import type { Host } from '@/lib/contract/v1/hosts';
import { type Limits, type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import { formatBytes, formatCount, formatPercent, formatRatio } from '@/lib/format';
import { LoadBar } from '../ui/load-bar';
import type { Column } from '../ui/table';
import { After, Changed, NameLink, Quiet, Unknown } from '../ui/values';
import { hostPageAddress } from './choice';
import { StateMark, StateTag } from './state-tag';
import { NO_PLACEMENT, NO_PLAN, NOT_MEASURED } from './words';

type Cell = { host: Host; limits: Limits; audit: string | undefined };

type TableColumn = Column<HostColumn> & { render: (cell: Cell) => ReactNode };

const load = (host: Host, value: number | null, limits: LoadLimits) =>
  value === null ? (
    <Unknown reason={host.reason ?? NOT_MEASURED} />
  ) : (
    <LoadBar value={value} level={levelOf(value, limits)} />
  );

/** @param then undefined if no plan is applied */
function after(now: number | null, then: number | null | undefined) {
  if (then === undefined) return <Unknown reason={NO_PLAN} />;
  if (then === null) return <Unknown reason={NOT_MEASURED} />;
  const text = formatPercent(then);
  return text === formatPercent(now) ? <Quiet>{text}</Quiet> : <After>{text}</After>;
}

const known = (value: number | null | undefined, format: (value: number) => string, reason: string) =>
  value === null || value === undefined ? <Unknown reason={reason} /> : format(value);

const NO_SIZE = 'Neither measured nor in Placement.';

export const COLUMNS: readonly TableColumn[] = [
  {
    id: 'name',
    title: 'Host',
    render: ({ host, audit }) => (
      <>
        <NameLink href={hostPageAddress(host.name, { audit })}>{host.name}</NameLink>
        <StateMark host={host} />
      </>
    ),
  },
  {
    id: 'cpu',
    title: 'CPU',
    kind: 'bar',
    render: ({ host, limits }) => load(host, host.cpu.used_percentage, limits.cpu),
  },
  {
    id: 'cpu-after',
    title: 'After plan',
    prefix: 'CPU',
    kind: 'number',
    render: ({ host }) => after(host.cpu.used_percentage, host.after?.cpu_after),
  },
  {
    id: 'ram',
    title: 'RAM',
    kind: 'bar',
    render: ({ host, limits }) => load(host, host.ram.used_percentage, limits.ram),
  },
  {
    id: 'ram-after',
    title: 'After plan',
    prefix: 'RAM',
    kind: 'number',
    render: ({ host }) => after(host.ram.used_percentage, host.after?.ram_after),
  },
  {
    id: 'vms',
    title: 'VMs',
    kind: 'change',
    render: ({ host: { vms, after: then } }) => (
      <Changed
        before={formatCount(vms)}
        after={then === null || vms === null ? null : formatCount(vms - then.leaving + then.arriving)}
      />
    ),
  },
  {
    id: 'vcpu',
    title: 'vCPU allocated',
    kind: 'number',
    render: ({ host: { vcpu } }) => known(vcpu?.allocated, formatCount, NO_PLACEMENT),
  },
  {
    id: 'overcommit',
    title: 'Overcommit',
    kind: 'number',
    render: ({ host }) => known(overcommitOf(host), formatRatio, NO_PLACEMENT),
  },
  {
    id: 'vram',
    title: 'RAM allocated',
    kind: 'number',
    render: ({ host: { vram } }) => known(vram?.allocated, formatBytes, NO_PLACEMENT),
  },
  {
    id: 'cores',
    title: 'Cores',
    kind: 'number',
    render: ({ host: { cpu, vcpu } }) => known(cpu.total ?? vcpu?.total, formatCount, NO_SIZE),
  },
  {
    id: 'ram-size',
    title: 'RAM size',
    kind: 'number',
    render: ({ host: { ram, vram } }) => known(ram.total ?? vram?.total, formatBytes, NO_SIZE),
  },
  { id: 'state', title: 'State', kind: 'state', render: ({ host }) => <StateTag host={host} /> },
];
