'use client';

import type { AuditDetail } from '@/lib/contract/v1/audits';
import type { ReviewSummary as Summary } from '@/lib/contract/v1/review';
import { formatCount } from '@/lib/format';
import { STAYS, useAnswer } from '../live/use-answer';
import { Tag } from '../ui/tag';
import { Explanation, ExplanationPlace } from './explanation';
import shared from './review.module.css';
import styles from './review-summary.module.css';
import { VERDICT_LOOK } from './words';

/** The review of an audit's plan in a line: verdict and balance now and after; or why the audit gave nothing. */
export function ReviewSummary({ audit }: { audit: AuditDetail['audit'] }) {
  const { data, error } = useAnswer<Summary>(
    `/api/v1/audits/${encodeURIComponent(audit.id)}/review/`,
    undefined,
    STAYS,
  );
  if (error) return null;
  if (!data) {
    return (
      <>
        {isExplained(audit) ? <ExplanationPlace /> : null}
        {hasMoves(audit) ? <p className={styles.summary}>Reviewing the plan…</p> : null}
      </>
    );
  }
  const { explanation, review } = data;
  return (
    <>
      {explanation ? (
        <ExplanationPlace>
          <Explanation explanation={explanation} />
        </ExplanationPlace>
      ) : null}
      {review === null || !hasMoves(audit) ? null : <ReviewLine review={review} />}
    </>
  );
}

function ReviewLine({ review }: { review: NonNullable<Summary['review']> }) {
  const { verdict, score_now: now, score_after: after } = review;
  if (verdict === null) {
    return <p className={styles.summary}>The plan has been started: no move is left to check beforehand.</p>;
  }
  const changes = formatCount(now) !== formatCount(after);
  return (
    <p className={styles.summary} data-testid="review-summary">
      <Tag tone={VERDICT_LOOK[verdict].tone} icon={VERDICT_LOOK[verdict].icon}>
        {VERDICT_LOOK[verdict].word}
      </Tag>
      <span>{counted(review)}</span>
      <span>
        Balance {formatCount(now)}
        {changes ? ' → ' : ''}
        {changes ? <span className={shared.after}>{formatCount(after)}</span> : null} of 100
      </span>
    </p>
  );
}

const hasMoves = ({ plan }: AuditDetail['audit']): boolean => (plan?.migrations ?? 0) > 0;

/** States of a plan that always are explained. Only the place of the answer depends on it. */
const EXPLAINED = new Set(['PENDING', 'FAILED', 'CANCELLED', 'SUPERSEDED']);

/** Whether the answer will say why there is no plan, or none that does anything. */
const isExplained = ({ plan }: AuditDetail['audit']): boolean =>
  plan === null || plan.actions === 0 || EXPLAINED.has(plan.state);

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
