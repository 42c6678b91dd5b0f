'use client';

import { useMemo } from 'react';
import { useAfterPlan } from '@/components/figures/after-plan';
import { isOld } from '@/components/figures/freshness';
import { Link } from '@/components/ui/link';
import { LoadBar } from '@/components/ui/load-bar';
import { Panel, PanelEmpty } from '@/components/ui/panel';
import { type Column, ScrollTable } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { After, NameLink, Quiet } from '@/components/ui/values';
import type { HostMap } from '@/lib/contract/v1/host-map';
import { type Limits, levelOf } from '@/lib/domain/cluster/levels';
import { formatCount, formatPercent, formatTime, MISSING } from '@/lib/format';
import styles from './hottest.module.css';
import { rankHosts, rowsFor } from './rank';

/** A smaller change rounds to none. */
const LEAST_CHANGE = 0.5;

const afterTitle = (moves: number): string => `After ${formatCount(moves)}`;

/** Fits two digits in the last column, whose padding is larger; px for each more. */
const WIDTH = 72;
const DIGIT = 8;

/** In the places of each other, so that nothing moves when what is enough becomes known. @param moves of the whole plan */
const widthFor = (moves: number): number => WIDTH + DIGIT * Math.max(0, formatCount(moves).length - 2);

/** The hosts with the most CPU in use, now and after the chosen plan. */
export function HottestPanel({ map, limits, now }: { map: HostMap; limits: Limits; now: number }) {
  const { hosts, readings } = map;
  const { after, enough, state } = useAfterPlan(map);
  const total = hosts.names.length;
  const rows = useMemo(() => rankHosts(hosts, rowsFor(hosts.names.length)), [hosts]);
  const old = isOld(readings.load);
  const time = formatTime(readings.load.as_of, now);
  const withAfter = state !== 'none';
  const moves = after?.moves ?? 0;
  const number = (id: string, title: string): Column => ({ id, title, kind: 'number', width: widthFor(moves) });
  const columns: Column[] = [
    { id: 'host', title: 'Host' },
    { id: 'cpu', title: old ? `CPU at ${time.replace(' UTC', '')}` : 'CPU now', kind: 'bar' },
    ...(enough === null ? [] : [number('enough', afterTitle(enough.moves))]),
    ...(withAfter ? [number('after', enough === null ? 'After' : afterTitle(moves))] : []),
    // In its place, what is enough is shown.
    ...(enough === null ? [number('ram', 'RAM')] : []),
  ];
  return (
    <Panel
      id="hottest"
      title="Hottest hosts"
      tag={
        old ? (
          <Tag tone="warn" icon="clock">
            as of {time}
          </Tag>
        ) : null
      }
      controls={
        total === 0 ? null : (
          <Link href="/hosts?sort=cpu" prefetch={false} className={styles.all}>
            All {formatCount(total)}
            <span className="visually-hidden"> hosts by CPU</span>
          </Link>
        )
      }
    >
      {rows.length === 0 ? (
        <PanelEmpty>{total === 0 ? 'The region has no hosts.' : `No host is measured. ${map.reason ?? ''}`}</PanelEmpty>
      ) : (
        <div className={styles.table}>
          <ScrollTable label="Load of the hottest hosts" columns={columns}>
            {rows.map(({ at, name, cpu, ram }) => (
              <tr key={name}>
                <th scope="row">
                  <NameLink href={`/hosts/${encodeURIComponent(name)}`}>{name}</NameLink>
                </th>
                <td data-kind="bar">
                  <LoadBar value={cpu} level={levelOf(cpu, limits.cpu)} digits={0} />
                </td>
                {enough === null ? null : (
                  <td data-kind="number">
                    <CpuAfter now={cpu} after={enough.cpu[at] ?? null} reason={undefined} />
                  </td>
                )}
                {withAfter ? (
                  <td data-kind="number">
                    <CpuAfter now={cpu} after={after?.cpu[at] ?? null} reason={after?.reason ?? undefined} />
                  </td>
                ) : null}
                {enough === null ? (
                  <td
                    data-kind="number"
                    className={styles.ram}
                    data-level={ram === null ? undefined : levelOf(ram, limits.ram)}
                  >
                    {formatPercent(ram, 0)}
                  </td>
                ) : null}
              </tr>
            ))}
          </ScrollTable>
        </div>
      )}
    </Panel>
  );
}

type CpuAfterProps = { now: number; after: number | null; reason: string | undefined };

function CpuAfter({ now, after, reason }: CpuAfterProps) {
  if (after === null) return <Quiet title={reason}>{MISSING}</Quiet>;
  const text = formatPercent(after, 0);
  return Math.abs(after - now) < LEAST_CHANGE ? <Quiet>{text}</Quiet> : <After>{text}</After>;
}
