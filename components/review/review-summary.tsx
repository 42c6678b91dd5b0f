'use client';

import type { ReviewSummary as Summary } from '@/lib/contract/v1/review';
import { formatCount } from '@/lib/format';
import { STAYS, useAnswer } from '../live/use-answer';
import { Tag } from '../ui/tag';
import { Explanation } from './explanation';
import styles from './review.module.css';
import { VERDICT_LOOK } from './words';

/** The review of an audit's plan in a line: verdict and balance now and after; or why the audit gave nothing. */
export function ReviewSummary({ auditId }: { auditId: string }) {
  const { data, error } = useAnswer<Summary>(`/api/v1/audits/${encodeURIComponent(auditId)}/review/`, undefined, STAYS);
  if (error) return null;
  if (!data) return <p className={styles.summary}>Reviewing the plan…</p>;
  const { explanation, review } = data;
  return (
    <>
      {explanation ? <Explanation explanation={explanation} /> : null}
      {review === null || review.verdict === null ? null : (
        <p className={styles.summary} data-testid="review-summary">
          <Tag tone={VERDICT_LOOK[review.verdict].tone} icon={VERDICT_LOOK[review.verdict].icon}>
            {VERDICT_LOOK[review.verdict].word}
          </Tag>
          <span>{counted(review)}</span>
          <span>
            Balance {formatCount(review.score_now)}
            {formatCount(review.score_now) === formatCount(review.score_after) ? '' : ' → '}
            {formatCount(review.score_now) === formatCount(review.score_after) ? null : (
              <span className={styles.after}>{formatCount(review.score_after)}</span>
            )}{' '}
            of 100
          </span>
        </p>
      )}
    </>
  );
}

function counted({ counts, totals }: NonNullable<Summary['review']>): string {
  const parts = [
    [counts['would-fail'], 'would fail'],
    [counts.warning, 'with a warning'],
    [counts.unchecked, 'not fully checked'],
    [counts.ok, 'ok'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${formatCount(number)} ${what}`);
  return `Of ${formatCount(totals.moves)} ${totals.moves === 1 ? 'move' : 'moves'}: ${told.join(', ')}.`;
}
