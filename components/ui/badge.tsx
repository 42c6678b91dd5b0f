import styles from './ui.module.css';

export type Tone = 'ok' | 'warn' | 'error' | 'mock' | 'plain';

/** Each tone has a shape besides its colour. */
const MARKS: Record<Tone, string> = { ok: '✓', warn: '▲', error: '✕', mock: '◇', plain: '•' };

export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      <span className={styles.mark} aria-hidden="true">
        {MARKS[tone]}
      </span>
      {children}
    </span>
  );
}
