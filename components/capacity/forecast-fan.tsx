import type { ForecastView } from '@/lib/contract/v1/forecast';
import { formatDate, formatPercent, formatThings } from '@/lib/format';
import { DAY_MS } from '@/lib/units';
import styles from './forecast-fan.module.css';

/** Units of the drawn part: x counts days, y is a percentage of the limit, downwards. */
const TOP = 112;
/** Nothing further ahead is drawn. */
const MOST_DAYS = 400;
/** How much of the future is drawn where the end is open, in times of the likely days. */
const OPEN_END = 1.6;
/** A part of the width within which two texts would touch. */
const NEAR = 0.12;

/** A resource over the days, and the range in which it reaches its limit. Places are percentages, so nothing is measured. */
export function ForecastFan({ forecast, label }: { forecast: ForecastView; label: string }) {
  const { history, days_soonest: soonest, days_likely: likely, days_latest: latest } = forecast;
  const first = history[0]?.at ?? 0;
  const today = history.at(-1)?.at ?? 0;
  const past = Math.max(1, (today - first) / DAY_MS);
  const ahead = likely === null ? 0 : Math.min(MOST_DAYS, Math.max(latest ?? OPEN_END * likely, 14) * 1.1);
  const all = past + ahead;
  const x = (days: number) => `${(100 * days) / all}%`;
  const yOf = (share: number) => TOP - Math.min(TOP, share);
  const y = (share: number) => `${(100 * yOf(share)) / TOP}%`;
  const points = history.map(({ at, used, capacity }) => ({
    day: (at - first) / DAY_MS,
    share: shareOf(used, (capacity * forecast.limit) / forecast.capacity),
  }));
  const now = points.at(-1)?.share ?? 0;
  return (
    <svg className={styles.fan} role="img" aria-label={label}>
      {[0, 50, 100].map((tick) => (
        <g key={tick}>
          <line className={tick === 100 ? styles.limit : styles.grid} x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
          <text x="-8" y={y(tick)} dy="4" textAnchor="end">
            {tick}%
          </text>
        </g>
      ))}
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: a part of the image around it */}
      <svg width="100%" height="100%" viewBox={`0 0 ${all} ${TOP}`} preserveAspectRatio="none">
        {soonest === null || likely === null ? null : (
          <>
            <path
              className={styles.range}
              d={`M${past} ${yOf(now)}L${past + soonest} ${yOf(100)}${
                latest === null ? `L${all} ${yOf(100)}L${all} ${yOf(now)}` : `L${past + latest} ${yOf(100)}`
              }Z`}
            />
            <path className={styles.likely} d={`M${past} ${yOf(now)}L${past + likely} ${yOf(100)}`} />
          </>
        )}
        <path
          className={styles.past}
          d={points
            .map(({ day, share }, i) => `${i === 0 ? 'M' : 'L'}${day.toFixed(1)} ${yOf(share).toFixed(2)}`)
            .join('')}
        />
      </svg>
      {likely === null ? null : <line className={styles.today} x1={x(past)} x2={x(past)} y1="0" y2="100%" />}
      {[soonest, latest].map((days, i) =>
        days === null || days > ahead || (i === 1 && (days - (soonest ?? 0)) / all < NEAR) ? null : (
          <g key={i === 0 ? 'soonest' : 'latest'}>
            <line className={styles.mark} x1={x(past + days)} x2={x(past + days)} y1={y(97)} y2={y(103)} />
            <text className={styles.days} x={x(past + days)} y={y(106)} textAnchor="middle">
              {formatThings(days, 'day')}
            </text>
          </g>
        ),
      )}
      <text x="0" y="100%" dy="16">
        {formatDate(first, today)}
      </text>
      <text x={x(past)} y="100%" dy="16" textAnchor={ahead === 0 ? 'end' : 'middle'}>
        today, {formatPercent(now, 0)}
      </text>
    </svg>
  );
}

const shareOf = (used: number, limit: number): number => (limit <= 0 ? 0 : (100 * used) / limit);
