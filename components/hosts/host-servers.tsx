'use client';

import { useState } from 'react';
import type { Migration } from '@/lib/contract/v1/audits';
import type { HostDetail, HostServer } from '@/lib/contract/v1/hosts';
import { formatBytes, formatCores, formatCount, formatThings } from '@/lib/format';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import styles from './hosts.module.css';
import { LoadBar } from './load-bar';
import { Unknown } from './values';

type Props = Pick<HostDetail, 'servers' | 'server_use' | 'leaving'>;

type Column = {
  id: string;
  title: string;
  kind: 'text' | 'load' | 'number';
  /** By what it is sorted; null comes last. */
  value: (server: HostServer, move: Migration | undefined) => string | number | null;
};

/** A VM has no limit of its own: it may use all that its flavor gives. */
const NO_LIMITS = { warm: Number.POSITIVE_INFINITY, hot: Number.POSITIVE_INFINITY };

const COLUMNS: readonly Column[] = [
  { id: 'name', title: 'Instance', kind: 'text', value: ({ name }) => name.toLowerCase() },
  { id: 'cpu', title: 'CPU in use', kind: 'load', value: ({ cpu_percentage: cpu }) => cpu },
  { id: 'cores', title: 'Cores', kind: 'number', value: ({ cpu_cores: cores }) => cores },
  { id: 'ram', title: 'RAM in use', kind: 'load', value: ({ ram_percentage: ram }) => ram },
  { id: 'vcpus', title: 'vCPU', kind: 'number', value: ({ vcpus }) => vcpus },
  { id: 'size', title: 'RAM', kind: 'number', value: ({ ram }) => ram },
  { id: 'flavor', title: 'Flavor', kind: 'text', value: ({ flavor }) => flavor },
  { id: 'status', title: 'Status', kind: 'text', value: ({ status }) => status },
  { id: 'plan', title: 'In plan', kind: 'text', value: (_, move) => move?.destination ?? (move ? '' : null) },
];

const FEW = 24;
const MORE = 50;

/** The VMs of a host, those that use most on top. */
export function HostServers({ servers, server_use: use, leaving }: Props) {
  const [sort, setSort] = useState<{ id: string; down: boolean }>({ id: 'cores', down: true });
  const [shown, setShown] = useState(FEW);
  const moves = new Map(leaving.map((move) => [move.server_id, move]));
  const rows = sortServers(servers, moves, sort).slice(0, shown);
  return (
    <section className={styles.panel} aria-labelledby="vms">
      <div className={styles.toolbar}>
        <h2 id="vms" className={styles.panelTitle}>
          VMs
        </h2>
        <p className={styles.quiet}>{formatThings(servers.length, 'VM')}</p>
      </div>
      {use.reason === null ? null : <p className={styles.note}>CPU and RAM in use are not known: {use.reason}</p>}
      {servers.length === 0 ? (
        <p className={styles.note}>No VM is on this host.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label="Table of VMs">
          <table className={styles.table}>
            <thead>
              <tr>
                {COLUMNS.map(({ id, title, kind }) => (
                  <th
                    key={id}
                    scope="col"
                    data-kind={kind}
                    aria-sort={sort.id === id ? (sort.down ? 'descending' : 'ascending') : undefined}
                  >
                    <button
                      type="button"
                      className={styles.sort}
                      data-sorted={sort.id === id || undefined}
                      onClick={() => setSort({ id, down: sort.id === id ? !sort.down : kind !== 'text' })}
                    >
                      {title}
                      <Icon name={sort.id === id ? (sort.down ? 'down' : 'up') : 'sort'} size={12} />
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((server) => (
                <ServerRow
                  key={server.id}
                  server={server}
                  move={moves.get(server.id)}
                  reason={use.reason ?? 'No exporter tells of this VM.'}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {servers.length > rows.length ? (
        <div className={styles.foot}>
          <Button onClick={() => setShown(shown + MORE)}>
            Show {formatCount(Math.min(MORE, servers.length - rows.length))} more
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function ServerRow({ server, move, reason }: { server: HostServer; move: Migration | undefined; reason: string }) {
  const { id, name, status, flavor, vcpus, ram } = server;
  const load = (value: number | null) =>
    value === null ? <Unknown reason={reason} /> : <LoadBar value={value} limits={NO_LIMITS} />;
  return (
    <tr>
      <th scope="row" data-kind="text">
        <span className={styles.name} title={`${name} ${id}`}>
          {name}
        </span>
      </th>
      <td data-kind="load">{load(server.cpu_percentage)}</td>
      <td data-kind="number">
        {server.cpu_cores === null ? <Unknown reason={reason} /> : formatCores(server.cpu_cores)}
      </td>
      <td data-kind="load">{load(server.ram_percentage)}</td>
      <td data-kind="number">{vcpus === null ? <Unknown reason="Nova names no flavor." /> : formatCount(vcpus)}</td>
      <td data-kind="number">{ram === null ? <Unknown reason="Nova names no flavor." /> : formatBytes(ram)}</td>
      <td data-kind="text">
        {flavor === null ? (
          <Unknown reason="Nova names no flavor." />
        ) : (
          <span className={styles.name} title={flavor}>
            {flavor}
          </span>
        )}
      </td>
      <td data-kind="text">{status}</td>
      <td data-kind="text">
        {move === undefined ? null : (
          <span className={styles.after} data-changed>
            → {move.destination ?? 'the scheduler’s choice'}
          </span>
        )}
      </td>
    </tr>
  );
}

function sortServers(
  servers: HostServer[],
  moves: Map<string, Migration>,
  { id, down }: { id: string; down: boolean },
): HostServer[] {
  const column = COLUMNS.find((candidate) => candidate.id === id);
  if (!column) return servers;
  const keyed = servers.map((server) => ({ server, value: column.value(server, moves.get(server.id)) }));
  const sign = down ? -1 : 1;
  return keyed
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      if (a.value === b.value) return a.server.name < b.server.name ? -1 : 1;
      return a.value < b.value ? -sign : sign;
    })
    .map(({ server }) => server);
}
