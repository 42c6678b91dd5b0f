import { formatCount, formatPercent, formatThings } from '@/lib/format';
import { Caption } from '../ui/figure';
import styles from './charts.module.css';
import { LazyHostBars } from './lazy-host-bars';

/** Percent of a host's CPU, before the plan and after it. */
export type HostBar = { host: string; now: number; after: number };

/** More bars than this nobody reads; then so many are drawn. */
const MOST = 60;
const DRAWN = 24;

/** The hosts that are drawn: all, or those that change most and then the hottest. */
export function pickBars(bars: HostBar[]): HostBar[] {
  if (bars.length <= MOST) return bars;
  const change = ({ now, after }: HostBar) => Math.abs(after - now);
  const first = new Set([...bars].sort((a, b) => change(b) - change(a) || b.now - a.now).slice(0, DRAWN));
  return bars.filter((bar) => first.has(bar));
}

/** One sentence for those who don't see the chart. */
export function describeBars(bars: HostBar[], before: string): string {
  const hottest = (of: (bar: HostBar) => number) => bars.reduce((a, b) => (of(b) > of(a) ? b : a));
  if (bars.length === 0) return 'CPU per host: no host is measured.';
  const now = hottest((bar) => bar.now);
  const after = hottest((bar) => bar.after);
  return `CPU of ${formatThings(bars.length, 'host')}: the hottest is ${now.host} with ${formatPercent(now.now)} ${before.toLowerCase()}, and ${after.host} with ${formatPercent(after.after)} after the plan.`;
}

/** The height is kept from the start, so that nothing jumps when the chart comes. */
const sizeOf = (hosts: number) => (hosts <= 8 ? 's' : hosts <= DRAWN ? 'm' : 'l');

type Props = {
  bars: HostBar[];
  /** What the first of the two bars is: "Now", or the moment of a plan that is over. */
  before: string;
};

/** What is drawn is chosen here, so that the browser gets no more than that. */
export function HostChart({ bars, before }: Props) {
  const shown = pickBars(bars);
  return (
    <figure>
      <figcaption className={styles.legend} aria-hidden="true">
        <span>{before}</span>
        <span>After the plan</span>
      </figcaption>
      {shown.length < bars.length ? (
        <Caption>
          {shown.length} of {formatThings(bars.length, 'host')}: those that change most, then the hottest. The other{' '}
          {formatCount(bars.length - shown.length)} are in the table.
        </Caption>
      ) : null}
      <div className={styles.canvas} data-size={sizeOf(shown.length)}>
        <LazyHostBars bars={shown} before={before} label={describeBars(bars, before)} />
      </div>
      <noscript>
        <Caption>The chart needs JavaScript; the table has the same numbers.</Caption>
      </noscript>
    </figure>
  );
}
