'use client';

import type { Delivered as Compared, Deliveries } from '@/lib/contract/v1/delivered';
import { formatCount, formatPercent, formatPoints, formatThings } from '@/lib/format';
import { useAnswer } from '../live/use-answer';
import { Tag } from '../ui/tag';
import { Time } from '../ui/time';
import styles from './review.module.css';

type Props = { delivered: Compared; strategy: string | null; now: number };

/** Of an executed plan: CPU of the touched hosts as it was promised, and as it came. */
export function Delivered({ delivered, strategy, now }: Props) {
  const {
    state,
    reason,
    hosts,
    moves_done: done,
    moves_total: all,
    mean_error: mean,
    mean_change_error: change,
  } = delivered;
  return (
    <section className={styles.panel} aria-labelledby="delivered">
      <div className={styles.panelHead}>
        <h2 id="delivered" className={styles.panelTitle}>
          Promised and delivered
        </h2>
        {mean === null ? null : <p className={styles.big}>{formatPoints(mean)}</p>}
        <span className={styles.quiet}>
          {mean === null
            ? reason
            : `is the mean miss of the promise${change === null ? '' : `, ${formatPoints(change)} without what the load did meanwhile`}.`}{' '}
          {done === all ? '' : `${formatCount(done)} of ${formatThings(all, 'move')} carried out.`}
        </span>
      </div>
      {hosts.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label="CPU promised and delivered by host">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Host</th>
                <th scope="col" data-kind="number">
                  When made
                </th>
                <th scope="col" data-kind="number">
                  Promised
                </th>
                <th scope="col" data-kind="number">
                  Before the run
                </th>
                <th scope="col" data-kind="number">
                  After the run
                </th>
                <th scope="col" data-kind="number">
                  Missed by
                </th>
                <th scope="col" data-kind="number">
                  Of the change
                </th>
                <th scope="col">Note</th>
              </tr>
            </thead>
            <tbody>
              {hosts.map((host) => (
                <tr key={host.host}>
                  <th scope="row">
                    <span className={styles.name}>{host.host}</span>
                  </th>
                  <td data-kind="number">{formatPercent(host.made)}</td>
                  <td data-kind="number">
                    <span className={styles.after}>{formatPercent(host.promised)}</span>
                  </td>
                  <td data-kind="number">{formatPercent(host.before)}</td>
                  <td data-kind="number">{formatPercent(host.after)}</td>
                  <td data-kind="number">{formatPoints(host.error)}</td>
                  <td data-kind="number">{formatPoints(host.change_error)}</td>
                  <td>
                    {host.disturbed ? (
                      <Tag title="Moves of other plans came to it or left it meanwhile">disturbed</Tag>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {state === 'too-early' && delivered.after_at !== null ? (
        <p className={styles.foot}>
          <span>
            Measured from <Time at={delivered.after_at} now={now} /> on.
          </span>
        </p>
      ) : null}
      <StrategyMean strategy={strategy} />
    </section>
  );
}

/** How well the plans of this strategy kept their promises so far. */
function StrategyMean({ strategy }: { strategy: string | null }) {
  const { data } = useAnswer<Deliveries>('/api/v1/delivered/');
  const own = data?.strategies.find((one) => one.strategy === strategy);
  if (!own) return null;
  return (
    <p className={styles.foot}>
      <span className={styles.quiet}>
        Plans of {strategy ?? 'this strategy'} so far: {formatPoints(own.mean_error)} on average over{' '}
        {formatThings(own.plans, 'measured plan')}.
      </span>
    </p>
  );
}
