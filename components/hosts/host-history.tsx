'use client';

import { useRouter } from 'next/navigation';
import { useMemo, useState, useTransition } from 'react';
import type { HistoryRange } from '@/lib/contract/choices';
import type { HostHistory as History } from '@/lib/contract/v1/hosts';
import type { Limits } from '@/lib/domain/cluster/levels';
import { formatInterval, formatPercent, formatTime } from '@/lib/format';
import { Legend } from '../charts/legend';
import { LineChart } from '../charts/line-chart';
import { Button } from '../ui/button';
import { Segmented } from '../ui/segmented';
import { type HostChoice, hostAddress, RANGES } from './choice';
import { describeHistory } from './history';
import own from './host-history.module.css';
import styles from './hosts.module.css';
import { Unknown } from './values';

const RANGE_WORDS: Record<HistoryRange, string> = { '1h': '1 h', '6h': '6 h', '24h': '24 h' };

type Props = {
  name: string;
  choice: HostChoice;
  /** null while it is read, and where the source has nothing: `problem` says why. */
  history: History | null;
  problem: string | null;
  limits: Limits;
  now: number;
};

/** CPU and RAM of the host over the last hours, drawn or as a table. */
export function HostHistory({ name, choice, history, problem, limits, now }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [asTable, setAsTable] = useState(false);
  const points = history?.points;
  const series = useMemo(
    () => ({
      cpu: [{ name: 'CPU', points: (points ?? []).map(({ at, cpu_percentage: value }) => ({ at, value })) }],
      ram: [{ name: 'RAM', points: (points ?? []).map(({ at, ram_percentage: value }) => ({ at, value })) }],
    }),
    [points],
  );
  const nothing = problem ?? history?.reason ?? null;
  const drawn = nothing === null && points !== undefined;
  const stale = history?.reading.state === 'stale';
  return (
    <section className={styles.panel} aria-labelledby="history" aria-busy={pending}>
      <div className={styles.toolbar}>
        <h2 id="history" className={styles.panelTitle}>
          CPU and RAM over time
        </h2>
        {history === null ? (
          problem === null && <p className={`${styles.quiet} ${own.when}`}>Being read</p>
        ) : (
          <p className={`${styles.quiet} ${own.when}`}>
            {stale ? 'As of ' : 'Until '}
            {formatTime(history.until, now)}, a point every {formatInterval(history.step_seconds)}
          </p>
        )}
        <span className={styles.space} />
        <Segmented
          label="How far back"
          value={choice.range}
          options={RANGES.map((value) => ({ value, label: RANGE_WORDS[value] }))}
          onChange={(range) =>
            startTransition(() => router.replace(hostAddress(name, { ...choice, range }), { scroll: false }))
          }
        />
        <Button aria-pressed={asTable} disabled={!drawn} icon="list" onClick={() => setAsTable(!asTable)}>
          View as table
        </Button>
      </div>
      {!drawn ? (
        <p className={own.nothing}>{nothing}</p>
      ) : asTable ? (
        <PointsTable points={points} now={now} />
      ) : (
        <div className={own.charts}>
          {(
            [
              ['CPU', series.cpu, limits.cpu],
              ['RAM', series.ram, limits.ram],
            ] as const
          ).map(([what, values, of]) => (
            <figure key={what} className={own.chart}>
              <figcaption className={own.legend}>
                <b>{what}</b>
                <Legend
                  entries={[
                    { mark: 'warm', name: `warm from ${formatPercent(of.warm, 0)}` },
                    { mark: 'hot', name: `hot from ${formatPercent(of.hot, 0)}` },
                  ]}
                />
              </figcaption>
              <LineChart
                label={describeHistory(`${what} of ${name}`, values)}
                series={values}
                unit="percent"
                limits={of}
              />
            </figure>
          ))}
        </div>
      )}
    </section>
  );
}

function PointsTable({ points, now }: { points: History['points']; now: number }) {
  const figure = (value: number | null) =>
    value === null ? <Unknown reason="Nothing was measured then." /> : formatPercent(value);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section className={own.points} tabIndex={0} aria-label="Table of CPU and RAM over time">
      <table className={styles.table}>
        <thead>
          <tr>
            {['Time', 'CPU', 'RAM'].map((title, position) => (
              <th key={title} scope="col" data-kind={position === 0 ? 'text' : 'number'}>
                <span className={styles.head}>{title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map(({ at, cpu_percentage: cpu, ram_percentage: ram }) => (
            <tr key={at}>
              <th scope="row">{formatTime(at, now)}</th>
              <td data-kind="number">{figure(cpu)}</td>
              <td data-kind="number">{figure(ram)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
