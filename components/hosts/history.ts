import { formatPercent, formatTime } from '@/lib/format';
import type { LineSeries } from '../charts/line-chart';

/** A load over time in a sentence, for people who can't see the chart. */
export function describeHistory(what: string, [series]: LineSeries[]): string {
  const points = series?.points ?? [];
  const now = points.at(-1)?.at ?? 0;
  const known = points.filter((point): point is { at: number; value: number } => point.value !== null);
  const last = known.at(-1);
  if (!last) return `${what}: not measured.`;
  const top = known.reduce((a, b) => (b.value > a.value ? b : a));
  const low = known.reduce((a, b) => (b.value < a.value ? b : a));
  const gaps = known.length < points.length ? ' There are gaps.' : '';
  return `${what}: between ${formatPercent(low.value, 0)} and ${formatPercent(top.value, 0)}, highest at ${formatTime(top.at, now)}, ${formatPercent(last.value, 0)} at ${formatTime(last.at, now)}.${gaps} The same figures are in the table view.`;
}
