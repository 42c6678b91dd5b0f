'use client';

import { useState } from 'react';
import type { Run, RunHost } from '@/lib/contract/v1/run';
import { formatAge, formatCount, formatPercent } from '@/lib/format';
import { hostAddress } from '../figures/addresses';
import { Freshness } from '../figures/freshness';
import { Button } from '../ui/button';
import { Panel, PanelFoot, PanelNote } from '../ui/panel';
import { After, NameLink } from '../ui/values';
import { HostWay, WayLegend } from './host-way';
import styles from './run-hosts.module.css';

/** Sources are the reason for most plans; of the targets, only the hottest may become a problem. */
const SOURCES = 6;
const TARGETS = 3;

/** The loads of hosts on the way to what the plan promised: measured, not computed. */
export function RunHosts({ run, now }: { run: Run; now: number }) {
  const [all, setAll] = useState(false);
  const { hosts, limits, load, start_missing: missing, phase } = run;
  const some = shortened(hosts);
  const shown = all ? hosts : some;
  const age = load.as_of === null ? null : `measured ${formatAge(now - load.as_of)} ago`;
  if (hosts.length === 0) return null;
  return (
    <Panel title={phase === 'queued' || phase === 'not-started' ? 'Hosts' : 'Hosts on the way'} note={age}>
      <Freshness what="CPU" reading={load} now={now} />
      {missing === null ? null : <PanelNote>{missing} The promise is made from the load now.</PanelNote>}
      <WayLegend called="now" />
      <table className={styles.table}>
        <caption className="visually-hidden">CPU of hosts now and as promised</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Host</th>
            <th scope="col">From start to promise</th>
            <th scope="col">Now</th>
            <th scope="col">Promised</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((host) => (
            <tr key={host.host}>
              <th scope="row" className={styles.host}>
                <NameLink href={hostAddress(host.host)}>{host.host}</NameLink>
              </th>
              <td className={styles.way}>
                <HostWay {...host} limits={limits} called="now" />
              </td>
              <td className={styles.now}>{formatPercent(host.now, 0)}</td>
              <td className={styles.promised}>
                <After>{formatPercent(host.promised, 0)}</After>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {some.length === hosts.length ? null : (
        <PanelFoot
          controls={
            <Button aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? 'Show fewer' : `Show all ${formatCount(hosts.length)}`}
            </Button>
          }
        >
          {`${formatCount(shown.length)} of ${formatCount(hosts.length)} hosts`}
        </PanelFoot>
      )}
    </Panel>
  );
}

const shortened = (hosts: RunHost[]): RunHost[] => [
  ...hosts.filter(({ role }) => role === 'source').slice(0, SOURCES),
  ...hosts.filter(({ role }) => role === 'target').slice(0, TARGETS),
];
