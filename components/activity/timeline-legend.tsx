import styles from './timeline-legend.module.css';

const MARKS = [
  ['proposed', 'audit that proposed moves'],
  ['nothing', 'nothing to do'],
  ['failed', 'failed'],
  ['waits', 'plan waits'],
  ['runs', 'plan runs'],
  ['hot', 'host hot'],
  ['out', 'out of service'],
  ['down', 'nova-compute silent'],
  ['vague', 'since when is unknown'],
] as const;

/** What the marks of the timeline mean. */
export function TimelineLegend() {
  return (
    <ul className={styles.legend}>
      {MARKS.map(([mark, name]) => (
        <li key={mark}>
          <span className={styles.mark} data-mark={mark} />
          {name}
        </li>
      ))}
    </ul>
  );
}
