import { type countBands, describeBands } from '@/components/figures/bands';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import { formatCount } from '@/lib/format';
import styles from './host-map.module.css';

type Props = {
  counts: ReturnType<typeof countBands>;
  limits: LoadLimits;
  /** Cells without text carry marks inside, and so do the legend's. */
  marked: boolean;
};

/** The bands, hot first, with how many hosts each has: it is the distribution, too. */
export function Legend({ counts: { counts, none }, limits, marked }: Props) {
  const rows = describeBands(limits).map((words, band) => ({ words, band, count: counts[band] ?? 0 }));
  return (
    <ul className={styles.legend}>
      {rows.reverse().map(({ words, band, count }) => (
        <li key={band}>
          <span className={styles.swatch} data-band={band} data-marked={marked || undefined} />
          {words} <b>{formatCount(count)}</b>
        </li>
      ))}
      {none > 0 ? (
        <li>
          <span className={styles.swatch} data-band="none" />
          no data <b>{formatCount(none)}</b>
        </li>
      ) : null}
    </ul>
  );
}
