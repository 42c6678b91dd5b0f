import type { ReactNode } from 'react';
import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewResult, Verdict } from '@/lib/contract/v1/verdicts';
import { formatBytes, formatCount, formatThings } from '@/lib/format';
import { Icon } from '../ui/icon';
import shared from './review.module.css';
import styles from './verdict-panel.module.css';
import { CHECKS, headline, VERDICT_LOOK } from './words';

type Props = { result: ReviewResult; scene: Scene; changed: boolean; children: ReactNode };

const ORDER: Verdict[] = ['would-fail', 'warning', 'unchecked', 'ok'];

/** Whether the plan can be run, in a sentence, and what stands behind it. */
export function VerdictPanel({ result, scene, changed, children }: Props) {
  const { verdict, counts, totals } = result;
  const look = verdict === null ? null : VERDICT_LOOK[verdict];
  return (
    <section className={shared.panel} aria-labelledby="verdict" data-verdict={verdict ?? 'none'}>
      <p role="status" className="visually-hidden">
        {changed ? headline(result, changed) : ''}
      </p>
      <div className={shared.panelHead}>
        <h2 id="verdict" className={styles.verdict} data-tone={look?.tone}>
          <Icon name={look?.icon ?? 'info'} /> {headline(result, changed)}
        </h2>
        <span className={shared.space} />
        {children}
      </div>
      <ul className={styles.counts}>
        {ORDER.map((one) => (
          <li key={one} data-tone={counts[one] > 0 ? VERDICT_LOOK[one].tone : 'plain'}>
            <span className={styles.count}>{formatCount(counts[one])}</span> {VERDICT_LOOK[one].word.toLowerCase()}
          </li>
        ))}
      </ul>
      <ul className={styles.facts}>
        {totals.moves === 0 ? (
          <li>The pre-flight looks at moves that have not run yet; this plan has none left.</li>
        ) : (
          <>
            <li>
              {formatBytes(totals.ram_to_copy)} of RAM to copy
              {totals.emptied > 0 ? `, empties ${formatThings(totals.emptied, 'host')}` : ''}.
            </li>
            <li>{staleness(result)}</li>
            {counts['would-fail'] > 0 ? (
              <li>
                The figures after the plan are as if every move went through; untick those that would fail to see the
                rest.
              </li>
            ) : null}
          </>
        )}
        {scene.unchecked.map(({ check, reason }) => (
          <li key={check}>
            Not checked: {CHECKS[check]}. {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}

function staleness({ totals: { elsewhere, gone } }: ReviewResult): string {
  if (elsewhere + gone === 0) return 'Every VM to move is still where the plan says.';
  const parts = [
    ...(gone > 0 ? [`${formatThings(gone, 'VM')} gone`] : []),
    ...(elsewhere > 0 ? [`${formatThings(elsewhere, 'VM')} on another host`] : []),
  ];
  return `Since the plan was made: ${parts.join(', ')}.`;
}
