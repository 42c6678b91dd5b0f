import { type countBands, describeBands } from '@/components/figures/bands';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import { formatCount } from '@/lib/format';
import styles from './legend.module.css';

type Props = {
  counts: ReturnType<typeof countBands>;
  limits: LoadLimits;
  /** Cells without text have marks in them, and so has the legend. */
  marked: boolean;
};

/** The bands, hot first, with the number of hosts in each. */
export function Legend({ counts: { counts, none }, limits, marked }: Props) {
  const rows = describeBands(limits).map((words, band) => ({ words, band, count: counts[band] ?? 0 }));
  return (
    <ul className={`${styles.legend} ${marked ? styles.marked : styles.plain}`}>
      {rows.reverse().map(({ words, band, count }) => (
        <li key={band}>
          <span className={styles.swatch} data-band={band} />
          {words} <b>{formatCount(count)}</b>
        </li>
      ))}
      {none > 0 ? (
        <li>
          <span className={styles.swatch} data-band="none" />
          not measured <b>{formatCount(none)}</b>
        </li>
      ) : null}
    </ul>
  );
}
