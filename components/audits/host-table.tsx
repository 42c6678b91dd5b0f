'use client';

import { useMemo, useState } from 'react';
import { describeFailure } from '@/components/figures/freshness';
import type { ProjectedHost } from '@/lib/contract/v1/audits';
import type { Readings } from '@/lib/contract/v1/readings';
import { formatBytes, formatCount, formatPercent } from '@/lib/format';
import { Button } from '../ui/button';
import styles from './host-table.module.css';
import type { Metric } from './loads';

/** A table of a thousand hosts is asked for, not given. */
const FIRST_ROWS = 50;

type Props = { hosts: ProjectedHost[]; metric: Metric; before: string; readings: Readings; now: number };

/** Every host: the same figures as the chart, and more; hottest first, those without a measurement last. */
export function HostTable({ hosts, metric, before, readings, now }: Props) {
  const [all, setAll] = useState(false);
  const sorted = useMemo(() => {
    const load = (host: ProjectedHost) => (metric === 'cpu' ? host.cpu_current : host.ram_current) ?? -1;
    return hosts.toSorted((a, b) => load(b) - load(a));
  }, [hosts, metric]);
  const shown = all ? sorted : sorted.slice(0, FIRST_ROWS);
  const caption = `Every compute host: ${before} → after the plan`;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={caption}>
        <table className={styles.table}>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">Host</th>
              {['CPUs', 'CPU', 'RAM', 'vCPU allocated', 'RAM allocated'].map((title) => (
                <th key={title} scope="col" data-kind="number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((host) => (
              <tr key={host.host}>
                <th scope="row" title={host.host}>
                  {host.host}
                </th>
                <td data-kind="number">{formatCount(host.logical_cpus)}</td>
                <Change before={formatPercent(host.cpu_current)} after={formatPercent(host.cpu_projected)} />
                <Change before={formatPercent(host.ram_current)} after={formatPercent(host.ram_projected)} />
                <Change before={formatCount(host.vcpu_allocated)} after={formatCount(host.vcpu_projected)} />
                <Change before={formatBytes(host.vram_allocated)} after={formatBytes(host.vram_projected)} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className={styles.notes}>
        {sorted.length > shown.length ? (
          <Button onClick={() => setAll(true)}>Show all {formatCount(sorted.length)} hosts</Button>
        ) : null}
        {explainDashes(hosts, readings, now).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </>
  );
}

/** "89.0% → 61.2%"; one figure where nothing changes. */
function Change({ before, after }: { before: string; after: string }) {
  if (before === after) return <td data-kind="number">{before}</td>;
  return (
    <td data-kind="number">
      <span className={styles.before}>{before} →</span> <span className={styles.after}>{after}</span>
    </td>
  );
}

function explainDashes(hosts: ProjectedHost[], { load, allocations }: Readings, now: number): string[] {
  const measured = hosts.every(({ cpu_current: cpu, ram_current: ram }) => cpu !== null && ram !== null);
  const allocated = hosts.every(({ vcpu_allocated: vcpu, vram_allocated: vram }) => vcpu !== null && vram !== null);
  return [
    ...(measured ? [] : [failureOf(load, now) ?? '– under CPU and RAM: no exporter reports it for that host.']),
    ...(allocated
      ? []
      : [
          failureOf(allocations, now) ??
            '– under allocated: not known of the time of a plan that is over, nor of hosts that Placement does not know.',
        ]),
  ];
}

const failureOf = ({ state, error }: Readings[keyof Readings], now: number): string | null =>
  state === 'missing' && error ? describeFailure(error, now) : null;
