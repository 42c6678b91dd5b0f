import type { LoadLimits } from '../cluster/levels';
import { balanceOf } from './balance';

/** The spread of CPU over hosts, in points, and how many hosts were hot, at a time (ms). `hosts`: how many were measured. */
export type SpreadPoint = { at: number; spread: number; hot: number; hosts: number };

/** The part of the hosts that must be measured at a time: another part has another spread. */
const LEAST_PART = 0.9;

/**
 * @param histories CPU of each host that counts today, in percent
 * @param times of the points, in order
 */
export function spreadOverTime(
  histories: Map<string, { at: number; percent: number }[]>,
  times: number[],
  { hot }: LoadLimits,
): SpreadPoint[] {
  const byTime = new Map(times.map((at): [number, { host: string; percentage: number }[]] => [at, []]));
  for (const [host, points] of histories) {
    for (const { at, percent } of points) byTime.get(at)?.push({ host, percentage: percent });
  }
  return [...byTime].flatMap(([at, shares]) => {
    const balance = shares.length < LEAST_PART * histories.size ? null : balanceOf(shares);
    if (balance === null) return [];
    return [
      {
        at,
        spread: balance.spread,
        hot: shares.filter(({ percentage }) => percentage >= hot).length,
        hosts: shares.length,
      },
    ];
  });
}
