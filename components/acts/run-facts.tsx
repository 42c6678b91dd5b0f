import type { RunFact } from '@/lib/contract/v1/run';
import { Icon } from '../ui/icon';
import { Panel } from '../ui/panel';
import styles from './run-facts.module.css';

/** Sentences about a run, each with a mark; nothing without any. */
export function RunFacts({ title, facts }: { title: string; facts: RunFact[] }) {
  if (facts.length === 0) return null;
  return (
    <Panel title={title}>
      <ul className={styles.facts}>
        {facts.map(({ tone, lead, text }) => (
          <li key={`${lead} ${text}`}>
            <span className={styles.mark}>
              {tone === 'plain' ? <span className={styles.dot} /> : <Icon name={tone} size={14} tone={tone} />}
            </span>
            <span>
              {lead === null ? null : <b>{lead} </b>}
              {text}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
