import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewedHost } from '@/lib/contract/v1/verdicts';
import { type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import { formatCount, formatPercent, formatThings } from '@/lib/format';
import styles from './hosts-after.module.css';
import shared from './review.module.css';

const MOST = 40;

type Props = { hosts: ReviewedHost[]; limits: Scene['limits'] };

/** The hosts that the moves touch, before and after. */
export function HostsAfter({ hosts, limits }: Props) {
  const touched = hosts
    .filter(({ arrive, leave }) => arrive + leave > 0)
    .sort((a, b) => (b.cpu_now ?? -1) - (a.cpu_now ?? -1));
  return (
    <section className={shared.panel} aria-labelledby="hosts-after">
      <div className={shared.panelHead}>
        <h2 id="hosts-after" className={shared.panelTitle}>
          Hosts, now and after
        </h2>
        <span className={shared.quiet}>
          {touched.length === 0
            ? 'No host changes.'
            : `${formatCount(touched.length)} of ${formatThings(hosts.length, 'host')} change, hottest first.`}
        </span>
      </div>
      {touched.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
        <section className={shared.scroll} tabIndex={0} aria-label="Hosts now and after the plan">
          <table className={shared.table}>
            <thead>
              <tr>
                <th scope="col">Host</th>
                <th scope="col">CPU</th>
                <th scope="col" data-kind="number">
                  CPU used
                </th>
                <th scope="col" data-kind="number">
                  RAM used
                </th>
                <th scope="col" data-kind="number">
                  vCPU allocated
                </th>
                <th scope="col" data-kind="number">
                  RAM allocated
                </th>
                <th scope="col" data-kind="number">
                  VMs
                </th>
              </tr>
            </thead>
            <tbody>
              {touched.slice(0, MOST).map((host) => (
                <tr key={host.host}>
                  <th scope="row">
                    <span className={shared.name}>{host.host}</span>
                  </th>
                  <td>
                    <Dumbbell now={host.cpu_now} after={host.cpu_after} limits={limits.cpu} />
                  </td>
                  <Pair now={host.cpu_now} after={host.cpu_after} />
                  <Pair now={host.ram_now} after={host.ram_after} />
                  <Pair now={host.vcpu_now} after={host.vcpu_after} />
                  <Pair now={host.vram_now} after={host.vram_after} />
                  <td data-kind="number">
                    {host.leave > 0 ? `−${formatCount(host.leave)}` : ''}{' '}
                    {host.arrive > 0 ? `+${formatCount(host.arrive)}` : ''}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {touched.length > MOST ? (
        <p className={shared.foot}>
          <span className={shared.quiet}>
            {formatThings(touched.length - MOST, 'host')} more; the CSV has them all.
          </span>
        </p>
      ) : null}
    </section>
  );
}

function Pair({ now, after }: { now: number | null; after: number | null }) {
  return (
    <td data-kind="number">
      {formatPercent(now, 0)}
      {now !== null && after !== null && Math.round(now) !== Math.round(after) ? (
        <span className={shared.after}> → {formatPercent(after, 0)}</span>
      ) : null}
    </td>
  );
}

const WIDTH = 180;
const EDGE = 6;

/** Ring: now. Dot: after. The axis runs from 0 to 100%; what is more stands at its end. */
function Dumbbell({ now, after, limits }: { now: number | null; after: number | null; limits: LoadLimits }) {
  if (now === null || after === null) return <span className={shared.quiet}>–</span>;
  const x = (value: number) => EDGE + (Math.min(100, Math.max(0, value)) / 100) * (WIDTH - 2 * EDGE);
  return (
    <svg
      className={styles.dumbbell}
      width={WIDTH}
      height="16"
      viewBox={`0 0 ${WIDTH} 16`}
      role="img"
      aria-label={`CPU ${formatPercent(now, 0)} now, ${formatPercent(after, 0)} after`}
    >
      <line x1={x(0)} x2={x(100)} y1="8" y2="8" className={styles.axis} />
      <line x1={x(limits.warm)} x2={x(limits.warm)} y1="2" y2="14" className={styles.warmLine} />
      <line x1={x(limits.hot)} x2={x(limits.hot)} y1="2" y2="14" className={styles.hotLine} />
      <line x1={x(now)} x2={x(after)} y1="8" y2="8" className={styles.connector} />
      <circle cx={x(now)} cy="8" r="4" className={levelOf(now, limits) === 'hot' ? styles.hotRing : styles.ring} />
      <circle cx={x(after)} cy="8" r="4" className={styles.dot} />
    </svg>
  );
}
