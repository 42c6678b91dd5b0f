'use client';

import type { Balance, Scores as Both } from '@/lib/contract/v1/verdicts';
import { formatCount, formatPercent, formatPoints, formatThings, MISSING } from '@/lib/format';
import { Button } from '../ui/button';
import { Popover } from '../ui/popover';
import shared from './review.module.css';
import styles from './scores.module.css';
import type { EfficacyIndicator } from './types';

const ROWS = [
  { key: 'cpu', name: 'CPU used' },
  { key: 'ram', name: 'RAM used' },
  { key: 'vcpu', name: 'vCPU allocated' },
  { key: 'vram', name: 'RAM allocated' },
] as const;

type Props = { now: Both; after: Both; told: EfficacyIndicator[] };

/** How even the cluster is, now and after, each resource by itself. */
export function Scores({ now, after, told }: Props) {
  return (
    <section className={shared.panel} aria-labelledby="balance">
      <div className={shared.panelHead}>
        <h2 id="balance" className={shared.panelTitle}>
          Balance
        </h2>
        <p className={shared.big} data-testid="score">
          <span className={styles.before}>{formatCount(now.overall)}</span>
          <Change now={now.overall} after={after.overall} />
          <span className={styles.unit}> of 100</span>
        </p>
        <span className={shared.space} />
        <HowComputed now={now} after={after} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section className={shared.scroll} tabIndex={0} aria-label="Balance by resource">
        <table className={shared.table}>
          <thead>
            <tr>
              <th scope="col">Resource</th>
              <th scope="col" data-kind="number">
                Score
              </th>
              <th scope="col" data-kind="number">
                Spread (σ)
              </th>
              <th scope="col" data-kind="number">
                Highest − lowest
              </th>
              <th scope="col">Highest host</th>
            </tr>
          </thead>
          <tbody>
            {ROWS.map(({ key, name }) => (
              <Row key={key} name={name} now={now[key]} after={after[key]} />
            ))}
          </tbody>
        </table>
      </section>
      {told.length === 0 ? null : <Told told={told} />}
    </section>
  );
}

function Row({ name, now, after }: { name: string; now: Balance | null; after: Balance | null }) {
  const changed = now?.highest.host !== after?.highest.host;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-kind="number">
        {formatCount(now?.score)}
        <Change now={now?.score ?? null} after={after?.score ?? null} />
      </td>
      <td data-kind="number">
        <Points now={now?.spread ?? null} after={after?.spread ?? null} />
      </td>
      <td data-kind="number">
        <Points now={now?.range ?? null} after={after?.range ?? null} />
      </td>
      <td>
        {now ? (
          <>
            <span className={shared.name}>{now.highest.host}</span> {formatPercent(now.highest.percentage, 0)}
          </>
        ) : (
          MISSING
        )}
        {after && now && (changed || Math.round(now.highest.percentage) !== Math.round(after.highest.percentage)) ? (
          <span className={shared.after}>
            {' → '}
            {changed ? <span className={shared.name}>{after.highest.host} </span> : null}
            {formatPercent(after.highest.percentage, 0)}
          </span>
        ) : null}
      </td>
    </tr>
  );
}

/** The arrow and the new value; nothing where it stays. */
function Change({ now, after }: { now: number | null; after: number | null }) {
  if (now === null || after === null || formatCount(now) === formatCount(after)) return null;
  return (
    <span className={shared.after}>
      {' → '}
      {formatCount(after)}
    </span>
  );
}

function Points({ now, after }: { now: number | null; after: number | null }) {
  const stays = now === null || after === null || formatCount(now, 1) === formatCount(after, 1);
  if (stays) return formatPoints(now);
  return (
    <>
      {formatCount(now, 1)}
      <span className={shared.after}> → {formatPoints(after)}</span>
    </>
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
          All hosts alike make 100; half of them full and half empty make 0. Below 0 it is 0.
        </p>
        <p>
          The figure on top is the mean of the scores that are known. A plan that empties hosts is meant to lower it.
        </p>
        <ul>
          {ROWS.map(({ key, name }) => {
            const [a, b] = [now[key], after[key]];
            return (
              <li key={key}>
                {name}:{' '}
                {a
                  ? `σ ${formatCount(a.spread, 2)} over ${formatThings(a.hosts, 'host')}, mean ${formatPercent(a.mean)}, so 100 − 2 × ${formatCount(a.spread, 2)} = ${formatCount(a.score, 1)}`
                  : 'not known'}
                {b && a ? `; after: σ ${formatCount(b.spread, 2)} over ${b.hosts}, ${formatCount(b.score, 1)}` : ''}
                {a && a.left_out > 0 ? `; ${formatThings(a.left_out, 'host')} not known` : ''}
              </li>
            );
          })}
        </ul>
        <p>
          Hosts count that are up, and enabled or with VMs. “Allocated” is of what Placement hands out, its ratios
          applied.
        </p>
      </div>
    </Popover>
  );
}

/** What Watcher itself reported, with its flaw. */
function Told({ told }: { told: EfficacyIndicator[] }) {
  return (
    <div className={styles.told}>
      <p className={shared.quiet}>
        Watcher’s own figures: up to 2025.1 they are rounded to whole numbers, and before and after are not measured
        alike.
      </p>
      <dl className={styles.toldList}>
        {told.map(({ name, value, unit }) => (
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
