import { formatBytes, formatCount, formatPercent } from '@/lib/format';

/** What the values of a chart are. */
export type Unit = 'percent' | 'bytes' | 'count';

/** A value in a tooltip: 61.4%, 12 GiB, 1,204. */
export function formatValue(value: number | null, unit: Unit): string {
  switch (unit) {
    case 'percent':
      return formatPercent(value);
    case 'bytes':
      return formatBytes(value);
    case 'count':
      return formatCount(value);
  }
}

/** A value beside an axis, where whole percentages are enough. */
export const formatTick = (value: number, unit: Unit): string =>
  unit === 'percent' ? formatPercent(value, 0) : formatValue(value, unit);
