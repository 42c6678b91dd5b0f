'use client';

import type { PlanReview } from '@/lib/contract/v1/review';
import { formatCount, formatThings } from '@/lib/format';
import { Panel } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { Name, Quiet } from '../ui/values';
import styles from './waves.module.css';

const FIRST_WAVES = 6;

type Action = PlanReview['waves'][number][number];

/** The actions in the order in which Watcher's applier runs them. */
export function Waves({ waves }: { waves: PlanReview['waves'] }) {
  const shown = useShown(waves.length, FIRST_WAVES);
  const actions = waves.reduce((sum, wave) => sum + wave.length, 0);
  return (
    <Panel
      title="Execution order"
      note={`${formatThings(actions, 'action')} in ${formatThings(waves.length, 'wave')}; each starts when the one before has ended.`}
      long
    >
      <ol className={styles.waves}>
        {waves.slice(0, shown.count).map((wave, at) => (
          <li key={wave[0]?.id ?? at} className={styles.wave}>
            <Quiet>Wave {formatCount(at + 1)}</Quiet>
            <ul className={styles.actions}>
              {wave.map((action) => (
                <ActionChip key={action.id} action={action} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <ShowMore shown={shown} />
    </Panel>
  );
}

function ActionChip({ action: { state, detail, label, target, meaning, status_message: reason } }: { action: Action }) {
  return (
    <li className={styles.action} data-state={state} title={detail}>
      <strong>{label}</strong>
      {target === null ? null : <Name>{target}</Name>}
      <Quiet>{meaning.replace(/\.$/, '')}</Quiet>
      {reason === null ? null : <span className={styles.reason}>{reason}</span>}
    </li>
  );
}
