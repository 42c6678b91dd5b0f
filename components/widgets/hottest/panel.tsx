'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { bandOf } from '@/components/figures/bands';
import { usePlanEffect } from '@/components/live/plan-effect';
import { LoadBar } from '@/components/ui/load-bar';
import { Panel } from '@/components/ui/panel';
import { Tag } from '@/components/ui/tag';
import type { HostMap } from '@/lib/contract/v1/host-map';
import { type Limits, levelOf } from '@/lib/domain/cluster/levels';
import { formatCount, formatPercent, formatTime, MISSING } from '@/lib/format';
import styles from './hottest.module.css';
import { rankHosts, rowsFor } from './rank';

/** The hosts with the most CPU in use, and what the chosen plan would make of them. */
export function HottestPanel({ map, limits, now }: { map: HostMap; limits: Limits; now: number }) {
  const { hosts, readings } = map;
  const { after, state } = usePlanEffect(map);
  const total = hosts.names.length;
  const rows = useMemo(() => rankHosts(hosts, rowsFor(hosts.names.length)), [hosts]);
  const old = readings.load.error !== null && readings.load.as_of !== null;
  const time = formatTime(readings.load.as_of, now);
  const withAfter = state !== 'none';
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
        <p className={styles.empty}>
          {total === 0 ? 'The region has no hosts.' : `No host is measured. ${map.reason ?? ''}`}
        </p>
      ) : (
        <table className={styles.table}>
          <caption className="visually-hidden">Hottest hosts</caption>
          <thead>
            <tr>
              <th scope="col">Host</th>
              <th scope="col" className={styles.bar}>
                {old ? `CPU at ${time.replace(' UTC', '')}` : 'CPU now'}
              </th>
              {withAfter ? (
                <th scope="col" data-kind="number" title={after?.reason ?? undefined}>
                  After
                </th>
              ) : null}
              <th scope="col" data-kind="number">
                RAM
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ at, name, cpu, ram }) => {
              const then = after?.cpu[at] ?? null;
              const changes = then !== null && Math.abs(then - cpu) >= 0.5;
              const ramBand = bandOf(ram, limits.ram);
              return (
                <tr key={name}>
                  <th scope="row">
                    <Link
                      href={`/hosts/${encodeURIComponent(name)}`}
                      prefetch={false}
                      className={styles.name}
                      title={name}
                    >
                      {name}
                    </Link>
                  </th>
                  <td>
                    <LoadBar value={cpu} level={levelOf(cpu, limits.cpu)} digits={0} />
                  </td>
                  {withAfter ? (
                    <td data-kind="number" data-changes={changes || undefined}>
                      {then === null ? MISSING : formatPercent(then, 0)}
                    </td>
                  ) : null}
                  <td data-kind="number" data-band={ramBand ?? undefined}>
                    {formatPercent(ram, 0)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
