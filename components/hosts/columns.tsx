import Link from 'next/link';
import type { ReactNode } from 'react';
import type { HostColumn } from '@/lib/contract/choices';
import type { Host } from '@/lib/contract/v1/hosts';
import { type Limits, type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import { formatBytes, formatCount, formatPercent, formatRatio } from '@/lib/format';
import { hostAddress } from './choice';
import styles from './hosts.module.css';
import { LoadBar } from './load-bar';
import { StateMark, StateTag } from './state-tag';
import { Changed, Unknown } from './values';

export type Cell = { host: Host; limits: Limits; audit: string | undefined };

export type Column = {
  id: HostColumn;
  title: string;
  /** What stands before the title for those who hear the table: two columns are called alike. */
  of?: string;
  kind: 'text' | 'load' | 'number';
  render: (cell: Cell) => ReactNode;
};

const load = (host: Host, value: number | null, limits: LoadLimits) =>
  value === null ? <Unknown reason={host.reason ?? 'Not measured.'} /> : <LoadBar value={value} limits={limits} />;

const after = (now: number | null, then: number | null | undefined, limits: LoadLimits) =>
  then === null || then === undefined ? (
    <Unknown reason={then === undefined ? 'No plan is applied.' : 'Not measured.'} />
  ) : (
    <span
      className={styles.after}
      data-changed={formatPercent(now) !== formatPercent(then) || undefined}
      data-level={levelOf(then, limits)}
    >
      {formatPercent(then)}
    </span>
  );

const NO_PLACEMENT = 'Placement’s numbers of this host are not known.';

const known = (value: number | null | undefined, format: (value: number) => string, reason: string) =>
  value === null || value === undefined ? <Unknown reason={reason} /> : format(value);

/** vCPUs allocated for each that is not reserved. */
export function overcommit({ vcpu }: Host): number | null {
  const base = vcpu === null ? 0 : vcpu.total - vcpu.reserved;
  return vcpu === null || base <= 0 ? null : vcpu.allocated / base;
}

export const COLUMNS: readonly Column[] = [
  {
    id: 'name',
    title: 'Host',
    kind: 'text',
    render: ({ host, audit }) => (
      <span className={styles.state}>
        <Link href={hostAddress(host.name, { audit })} prefetch={false} className={styles.name} title={host.name}>
          {host.name}
        </Link>
        <StateMark host={host} />
      </span>
    ),
  },
  {
    id: 'cpu',
    title: 'CPU',
    kind: 'load',
    render: ({ host, limits }) => load(host, host.cpu.used_percentage, limits.cpu),
  },
  {
    id: 'cpu-after',
    title: 'After plan',
    of: 'CPU',
    kind: 'number',
    render: ({ host, limits }) => after(host.cpu.used_percentage, host.after?.cpu_percentage, limits.cpu),
  },
  {
    id: 'ram',
    title: 'RAM',
    kind: 'load',
    render: ({ host, limits }) => load(host, host.ram.used_percentage, limits.ram),
  },
  {
    id: 'ram-after',
    title: 'After plan',
    of: 'RAM',
    kind: 'number',
    render: ({ host, limits }) => after(host.ram.used_percentage, host.after?.ram_percentage, limits.ram),
  },
  {
    id: 'vms',
    title: 'VMs',
    kind: 'number',
    render: ({ host: { vms, after: then } }) => (
      <Changed
        before={formatCount(vms)}
        after={then === null ? null : formatCount(vms - then.leaving + then.arriving)}
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
    render: ({ host }) => known(overcommit(host), formatRatio, NO_PLACEMENT),
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
    render: ({ host: { cpu, vcpu } }) =>
      known(cpu.total ?? vcpu?.total, formatCount, 'Neither measured nor in Placement.'),
  },
  {
    id: 'ram-size',
    title: 'RAM size',
    kind: 'number',
    render: ({ host: { ram, vram } }) =>
      known(ram.total ?? vram?.total, formatBytes, 'Neither measured nor in Placement.'),
  },
  { id: 'state', title: 'State', kind: 'text', render: ({ host }) => <StateTag host={host} /> },
];
