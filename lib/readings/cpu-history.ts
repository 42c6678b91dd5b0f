import { listCpuHistory } from '@/lib/prometheus/cpu-history';
import { labelKey } from '@/lib/prometheus/labels';
import { gridUntil, timesOf } from '@/lib/prometheus/node-history';
import type { NodeTarget } from '@/lib/prometheus/records';
import type { LoadReader } from './load';

/** CPU of each target in percent at the times of a grid; ms. */
export type CpuOverTime = { times: number[]; byTarget: Record<string, { at: number; percent: number }[]> };

/** The key of a target in `byTarget`. */
export const keyOfTarget = ({ labels }: NodeTarget): string => labelKey(labels);

/** @throws SourceError of Prometheus */
export async function readCpuHistory(
  load: LoadReader,
  { now, spanMs, stepMs }: { now: number; spanMs: number; stepMs: number },
): Promise<CpuOverTime> {
  const grid = gridUntil(now, spanMs, stepMs);
  const histories = await listCpuHistory(await load.metrics(), grid);
  return {
    times: timesOf(grid),
    byTarget: Object.fromEntries(
      histories.map(({ labels, points }) => [
        labelKey(labels),
        points.map(({ at, busy }) => ({ at, percent: 100 * busy })),
      ]),
    ),
  };
}
