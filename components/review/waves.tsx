'use client';

import { useState } from 'react';
import type { PlanReview } from '@/lib/contract/v1/review';
import { formatCount, formatThings } from '@/lib/format';
import { Button } from '../ui/button';
import shared from './review.module.css';
import styles from './waves.module.css';

const FIRST = 6;

type Action = PlanReview['waves'][number][number];

/** The actions in the order in which the applier runs them: a wave begins when all of the one before have ended. */
export function Waves({ waves }: { waves: PlanReview['waves'] }) {
  const [all, setAll] = useState(false);
  const actions = waves.reduce((sum, wave) => sum + wave.length, 0);
  const shown = all ? waves : waves.slice(0, FIRST);
  return (
    <section className={shared.panel} aria-labelledby="waves">
      <div className={shared.panelHead}>
        <h2 id="waves" className={shared.panelTitle}>
          Order of execution
        </h2>
        <span className={shared.quiet}>
          {formatThings(actions, 'action')} in {formatThings(waves.length, 'wave')}, drawn from their parents.
        </span>
      </div>
      <ol className={styles.waves}>
        {shown.map((wave, i) => (
          <li key={wave[0]?.id ?? i} className={styles.wave}>
            <span className={styles.waveName}>Wave {formatCount(i + 1)}</span>
            <ul className={styles.actions}>
              {wave.map((action) => (
                <ActionChip key={action.id} action={action} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {waves.length > FIRST ? (
        <p className={shared.foot}>
          <Button onClick={() => setAll(!all)}>
            {all ? 'Show less' : `Show all ${formatCount(waves.length)} waves`}
          </Button>
        </p>
      ) : null}
    </section>
  );
}

function ActionChip({ action }: { action: Action }) {
  return (
    <li className={styles.action} data-state={action.state} title={action.detail}>
      <span className={styles.actionType}>{action.label}</span>
      {action.target === null ? null : <span className={styles.target}>{action.target}</span>}
      <span className={styles.actionState}>{action.meaning.replace(/\.$/, '')}</span>
    </li>
  );
}
