'use client';

import { useMemo, useState, useTransition } from 'react';
import { HISTORY_RANGES, type HistoryRange } from '@/lib/contract/choices';
import type { HostHistory as History } from '@/lib/contract/v1/hosts';
import type { Limits } from '@/lib/domain/cluster/levels';
import { formatInterval, formatPercent, formatTime } from '@/lib/format';
import { Legend } from '../charts/legend';
import { LineChart } from '../charts/line-chart';
import { Button } from '../ui/button';
import { Panel, PanelNote } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { type Column, ScrollTable } from '../ui/table';
import { usePages } from '../ui/use-pages';
import { Unknown } from '../ui/values';
import { type HostChoice, hostPageAddress } from './choice';
import { describeHistory } from './history';
import styles from './host-history.module.css';

const RANGE_WORDS: Record<HistoryRange, string> = { '1h': '1 h', '6h': '6 h', '24h': '24 h' };

type Props = {
  name: string;
  choice: HostChoice;
  /** null while it loads, or if it is missing: `problem` says why. */
  history: History | null;
  problem: string | null;
  limits: Limits;
  now: number;
};

/** CPU and RAM of the host over the last hours, as charts or as a table. */
export function HostHistory({ name, choice, history, problem, limits, now }: Props) {
  const pages = usePages();
  const [pending, startTransition] = useTransition();
  const [asTable, setAsTable] = useState(false);
  const nothing = problem ?? history?.reason ?? null;
  const points = nothing === null ? history?.points : undefined;
  return (
    <Panel
      title="CPU and RAM over time"
      busy={pending}
      controls={
        <>
          <Segmented
            label="How far back"
            value={choice.range}
            options={HISTORY_RANGES.map((value) => ({ value, label: RANGE_WORDS[value] }))}
            onChange={(range) =>
              startTransition(() => pages.replace(hostPageAddress(name, { ...choice, range }), { scroll: false }))
            }
          />
          <Button
            aria-pressed={asTable}
            disabled={points === undefined}
            icon="list"
            onClick={() => setAsTable(!asTable)}
          >
            View as table
          </Button>
        </>
      }
    >
      <PanelNote>{history === null ? (problem ?? 'Loading') : (nothing ?? describeRange(history, now))}</PanelNote>
      {points === undefined ? (
        <div className={styles.place} />
      ) : asTable ? (
        <PointsTable points={points} now={now} />
      ) : (
        <Charts name={name} points={points} limits={limits} />
      )}
    </Panel>
  );
}

const describeRange = ({ reading, until, step_seconds: step }: History, now: number): string =>
  `${reading.state === 'stale' ? 'As of' : 'Until'} ${formatTime(until, now)}, a point every ${formatInterval(step)}`;

type ChartsProps = { name: string; points: History['points']; limits: Limits };

function Charts({ name, points, limits }: ChartsProps) {
  const series = useMemo(
    () => ({
      cpu: [{ name: 'CPU', points: points.map(({ at, cpu_percentage: value }) => ({ at, value })) }],
      ram: [{ name: 'RAM', points: points.map(({ at, ram_percentage: value }) => ({ at, value })) }],
    }),
    [points],
  );
  const charts = [
    ['CPU', series.cpu, limits.cpu],
    ['RAM', series.ram, limits.ram],
  ] as const;
  return (
    <div className={styles.charts}>
      {charts.map(([what, values, of]) => (
        <figure key={what}>
          <figcaption className={styles.caption}>
            <b>{what}</b>
            <Legend
              entries={[
                { mark: 'warm', name: `warm from ${formatPercent(of.warm, 0)}` },
                { mark: 'hot', name: `hot from ${formatPercent(of.hot, 0)}` },
              ]}
            />
          </figcaption>
          <LineChart label={describeHistory(`${what} of ${name}`, values)} series={values} unit="percent" limits={of} />
        </figure>
      ))}
    </div>
  );
}

const COLUMNS: Column[] = [
  { id: 'time', title: 'Time' },
  { id: 'cpu', title: 'CPU', kind: 'number' },
  { id: 'ram', title: 'RAM', kind: 'number' },
];

function PointsTable({ points, now }: { points: History['points']; now: number }) {
  const figure = (value: number | null) =>
    value === null ? <Unknown reason="Not measured at that time." /> : formatPercent(value);
  return (
    <div className={styles.place}>
      <ScrollTable label="Table of CPU and RAM over time" columns={COLUMNS} layout="filling">
        {points.toReversed().map(({ at, cpu_percentage: cpu, ram_percentage: ram }) => (
          <tr key={at}>
            <th scope="row">{formatTime(at, now)}</th>
            <td data-kind="number">{figure(cpu)}</td>
            <td data-kind="number">{figure(ram)}</td>
          </tr>
        ))}
      </ScrollTable>
    </div>
  );
}
