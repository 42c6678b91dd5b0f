import { formatThings } from '@/lib/format';
import styles from './host-lane.module.css';
import type { HostRow, HostRows } from './host-times';

type Props = { rows: HostRows; label: string; cursor: number | null };

/** Heights in px, of a row and of the name above its bars. */
const ROW = 24;
const NAME = 14;
/** A bar that is narrower than this part of the time could not be seen. */
const LEAST = 0.4;

/** Hosts below each other, each with bars for the times in which it was hot, or out of service. */
export function HostLane({ rows: { rows, more }, label, cursor }: Props) {
  return (
    <div className={styles.lane}>
      <svg width="100%" height={ROW * Math.max(1, rows.length)} className={styles.drawn} role="img" aria-label={label}>
        {rows.map((row, i) => (
          <HostBars key={row.host} row={row} y={ROW * i} />
        ))}
        {cursor === null ? null : (
          <line className={styles.cursor} x1={`${cursor}%`} x2={`${cursor}%`} y1="0" y2="100%" />
        )}
      </svg>
      {more === 0 ? null : <p className={styles.more}>{formatThings(more, 'more host')}</p>}
    </div>
  );
}

function HostBars({ row: { words, bars }, y }: { row: HostRow; y: number }) {
  return (
    <g>
      <foreignObject x="0" y={y} width="100%" height={NAME}>
        <p className={styles.name}>{words}</p>
      </foreignObject>
      {bars.map(({ key, start, end, tone, isVague, title }) => (
        <rect
          key={key}
          className={styles.bar}
          data-tone={tone}
          data-vague={isVague || undefined}
          x={`${start}%`}
          width={`${Math.max(LEAST, end - start)}%`}
          y={y + NAME}
          height="7"
          rx="2"
        >
          <title>{title}</title>
        </rect>
      ))}
    </g>
  );
}
