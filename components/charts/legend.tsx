import styles from './legend.module.css';

/** What a mark of a chart stands for. */
export type LegendEntry = { mark: 'now' | 'after' | 'mean' | 'warm' | 'hot'; name: string };

/** The marks of a chart and their names, to stand above it. */
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
