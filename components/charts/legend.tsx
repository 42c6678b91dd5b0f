import styles from './legend.module.css';

/** What a mark of a chart means. */
export type LegendEntry = { mark: 'now' | 'after' | 'mean' | 'warm' | 'hot'; name: string };

/** Explains the marks of a chart, above it. */
export function Legend({ entries }: { entries: LegendEntry[] }) {
  return (
    <ul className={styles.legend}>
      {entries.map(({ mark, name }) => (
        <li key={mark}>
          <span className={styles.mark} data-mark={mark} />
          {name}
        </li>
      ))}
    </ul>
  );
}
