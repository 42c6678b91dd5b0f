'use client';

import dynamic from 'next/dynamic';
import { formatPercent, formatThings } from '@/lib/format';
import { Caption } from '../ui/figure';
import styles from './charts.module.css';

/** Percent of a host's CPU, now and after the plan. */
export type HostBar = { host: string; now: number; after: number };

/** The code of the chart comes after the page is painted. */
const HostBars = dynamic(() => import('./host-bars').then((module) => module.HostBars), { ssr: false });

/** More bars than this nobody reads; then the largest changes are shown. */
const MOST = 60;
const LARGEST = 24;

/** The hosts that are drawn: all, or those that change most. */
export function pickBars(bars: HostBar[]): HostBar[] {
  if (bars.length <= MOST) return bars;
  const change = ({ now, after }: HostBar) => Math.abs(after - now);
  const largest = new Set([...bars].sort((a, b) => change(b) - change(a)).slice(0, LARGEST));
  return bars.filter((bar) => largest.has(bar));
}

/** One sentence for those who don't see the chart. */
export function describeBars(bars: HostBar[]): string {
  const hottest = (of: (bar: HostBar) => number) => bars.reduce((a, b) => (of(b) > of(a) ? b : a));
  if (bars.length === 0) return 'CPU per host: no host is measured.';
  const now = hottest((bar) => bar.now);
  const after = hottest((bar) => bar.after);
  return `CPU of ${formatThings(bars.length, 'host')}: the hottest is ${now.host} with ${formatPercent(now.now)} now, and ${after.host} with ${formatPercent(after.after)} after the plan.`;
}

/** The height is kept from the start, so that nothing jumps when the chart comes. */
const sizeOf = (hosts: number) => (hosts <= 8 ? 's' : hosts <= LARGEST ? 'm' : 'l');

export function HostChart({ bars }: { bars: HostBar[] }) {
  const shown = pickBars(bars);
  return (
    <figure>
      <figcaption className={styles.legend} aria-hidden="true">
        <span>Now</span>
        <span>After the plan</span>
      </figcaption>
      {shown.length < bars.length ? (
        <Caption>
          The {shown.length} largest changes; {formatThings(bars.length - shown.length, 'host')} not shown. The table
          has all.
        </Caption>
      ) : null}
      <div className={styles.canvas} data-size={sizeOf(shown.length)}>
        <HostBars bars={shown} label={describeBars(bars)} />
      </div>
      <noscript>
        <Caption>The chart needs JavaScript; the table has the same numbers.</Caption>
      </noscript>
    </figure>
  );
}
