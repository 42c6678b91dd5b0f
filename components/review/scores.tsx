'use client';

import type { PlanReview } from '@/lib/contract/v1/review';
import type { Balance, Scores as Both } from '@/lib/contract/v1/verdicts';
import { formatCount, formatPercent, formatPoints, formatThings, MISSING } from '@/lib/format';
import { Button } from '../ui/button';
import { Panel } from '../ui/panel';
import { Popover } from '../ui/popover';
import { type Column, ScrollTable } from '../ui/table';
import { Changed, Name, Quiet } from '../ui/values';
import styles from './scores.module.css';

const ROWS = [
  { key: 'cpu', name: 'CPU used' },
  { key: 'ram', name: 'RAM used' },
  { key: 'vcpu', name: 'vCPU allocated' },
  { key: 'vram', name: 'RAM allocated' },
] as const;

const COLUMNS: Column[] = [
  { id: 'resource', title: 'Resource' },
  { id: 'score', title: 'Score', kind: 'number' },
  { id: 'spread', title: 'Spread (σ)', kind: 'number' },
  { id: 'range', title: 'Highest − lowest', kind: 'number' },
  { id: 'highest', title: 'Highest host' },
];

type Indicator = PlanReview['plan']['efficacy'][number];

type Props = {
  now: Both;
  after: Both;
  /** Watcher's own figures about the plan. */
  reported: Indicator[];
};

/** How balanced the cluster is, now and after, resource by resource. */
export function Scores({ now, after, reported }: Props) {
  return (
    <Panel
      title="Balance"
      note={
        <span className={styles.score} data-testid="score">
          <Score now={now.overall} after={after.overall} /> <span className={styles.unit}>of 100</span>
        </span>
      }
      controls={<HowComputed now={now} after={after} />}
    >
      <ScrollTable label="Balance by resource" columns={COLUMNS}>
        {ROWS.map(({ key, name }) => (
          <Row key={key} name={name} now={now[key]} after={after[key]} />
        ))}
      </ScrollTable>
      {reported.length === 0 ? null : <Reported indicators={reported} />}
    </Panel>
  );
}

type Pair<T> = { now: T | null; after: T | null };

function Score({ now, after }: Pair<number>) {
  const isKnown = now !== null && after !== null;
  return (
    <Changed
      before={formatCount(now)}
      after={isKnown ? formatCount(after) : null}
      isWorse={isKnown && Math.round(after) < Math.round(now)}
    />
  );
}

function Points({ now, after }: Pair<number>) {
  const stays = now === null || after === null || formatCount(now, 1) === formatCount(after, 1);
  return stays ? (
    formatPoints(now)
  ) : (
    <Changed before={formatCount(now, 1)} after={formatPoints(after)} isWorse={after > now} />
  );
}

function Highest({ now, after }: Pair<Balance['highest']>) {
  if (now === null) return MISSING;
  const load = formatPercent(now.percentage, 0);
  const afterLoad = after === null ? null : formatPercent(after.percentage, 0);
  const isOther = after !== null && after.host !== now.host;
  const then = isOther ? (
    <>
      <Name>{after.host}</Name> {afterLoad}
    </>
  ) : afterLoad === load ? null : (
    afterLoad
  );
  return (
    <>
      <Name>{now.host}</Name> <Changed before={load} after={then} />
    </>
  );
}

function Row({ name, now, after }: Pair<Balance> & { name: string }) {
  const pick = <Key extends keyof Balance>(key: Key) => ({ now: now?.[key] ?? null, after: after?.[key] ?? null });
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-kind="number">
        <Score {...pick('score')} />
      </td>
      <td data-kind="number">
        <Points {...pick('spread')} />
      </td>
      <td data-kind="number">
        <Points {...pick('range')} />
      </td>
      <td>
        <Highest {...pick('highest')} />
      </td>
    </tr>
  );
}

function HowComputed({ now, after }: { now: Both; after: Both }) {
  return (
    <Popover
      label="How the score is computed"
      align="end"
      trigger={(props) => (
        <Button look="ghost" icon="info" {...props}>
          How computed
        </Button>
      )}
    >
      <div className={styles.how}>
        <p>
          <strong>Score = 100 − 2 × σ</strong>, where σ is the population standard deviation of the hosts’ percentages.
          100 means that all hosts are alike, 0 that half of them are full and half are empty. It never falls below 0.
        </p>
        <p>The figure at the top is the mean of the known scores. A plan that empties hosts is expected to lower it.</p>
        <ul>
          {ROWS.map(({ key, name }) => (
            <li key={key}>
              {name}: {explain(now[key], after[key])}
            </li>
          ))}
        </ul>
        <p>
          Only hosts that are up and either enabled or running VMs count. “Allocated” is the share of what Placement
          offers, with its allocation ratios.
        </p>
      </div>
    </Popover>
  );
}

/** "σ 23.02 over 23 hosts, mean 48.9%, so 100 − 2 × 23.02 = 54.0; after: σ 7.41 over 23, 85.2" */
function explain(now: Balance | null, after: Balance | null): string {
  if (now === null) return 'unknown';
  const spread = formatCount(now.spread, 2);
  const parts = [
    `σ ${spread} over ${formatThings(now.hosts, 'host')}, mean ${formatPercent(now.mean)}, so 100 − 2 × ${spread} = ${formatCount(now.score, 1)}`,
    after === null
      ? null
      : `after: σ ${formatCount(after.spread, 2)} over ${formatCount(after.hosts)}, ${formatCount(after.score, 1)}`,
    now.left_out === 0 ? null : `${formatThings(now.left_out, 'host')} unknown`,
  ];
  return parts.filter(Boolean).join('; ');
}

function Reported({ indicators }: { indicators: Indicator[] }) {
  return (
    <div className={styles.reported}>
      <Quiet>
        Watcher’s own figures. Up to 2025.1 they are rounded to whole numbers, and before and after are measured
        differently.
      </Quiet>
      <dl className={styles.indicators}>
        {indicators.map(({ name, value, unit }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {formatCount(value, value !== null && !Number.isInteger(value) ? 2 : 0)}
              {unit ? ` ${unit}` : ''}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
