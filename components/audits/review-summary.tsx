'use client';

import type { ReactNode } from 'react';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import type { ReviewSummary as Summary } from '@/lib/contract/v1/review';
import { formatCount, formatThings } from '@/lib/format';
import { countChecked, VERDICT_LOOK } from '../figures/verdicts';
import { ADDRESSES } from '../live/answers';
import { STAYS, useAnswer } from '../live/use-answer';
import { Explanation, ExplanationPlace } from '../moves/explanation';
import { Panel } from '../ui/panel';
import { Tag } from '../ui/tag';
import { After } from '../ui/values';
import styles from './review-summary.module.css';

/** The review of an audit's plan in one line, or why the audit did nothing. */
export function ReviewSummary({ audit }: { audit: AuditDetail['audit'] }) {
  const { data, error } = useAnswer<Summary>(ADDRESSES.review(audit.id), undefined, STAYS);
  if (error) return null;
  if (!data) {
    return (
      <>
        {isExplained(audit) ? <ExplanationPlace /> : null}
        {hasMoves(audit) ? <Line>Reviewing the plan…</Line> : null}
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

function Line({ children }: { children: ReactNode }) {
  return (
    <Panel label="Review">
      <div className={styles.line}>{children}</div>
    </Panel>
  );
}

function ReviewLine({ review }: { review: NonNullable<Summary['review']> }) {
  const { verdict, score_now: now, score_after: after } = review;
  if (verdict === null) return <Line>The plan has been started: no move is left to check beforehand.</Line>;
  const { tone, icon, word } = VERDICT_LOOK[verdict];
  const changes = formatCount(now) !== formatCount(after);
  return (
    <Line>
      <Tag tone={tone} icon={icon}>
        {word}
      </Tag>
      <span>{counted(review)}</span>
      <span>
        Balance {formatCount(now)}
        {changes ? ' → ' : ''}
        {changes ? <After>{formatCount(after)}</After> : null} of 100
      </span>
    </Line>
  );
}

const hasMoves = ({ plan }: AuditDetail['audit']): boolean => (plan?.migrations ?? 0) > 0;

/** Plans in these states always have an explanation, so room for it can be reserved. */
const EXPLAINED = new Set(['PENDING', 'FAILED', 'CANCELLED', 'SUPERSEDED']);

const isExplained = ({ plan }: AuditDetail['audit']): boolean =>
  plan === null || plan.actions === 0 || EXPLAINED.has(plan.state);

/** "Of 17 moves: 1 would fail, 16 OK." */
function counted({ counts }: NonNullable<Summary['review']>): string {
  const parts = [
    [counts['would-fail'], 'would fail'],
    [counts.warning, 'with a warning'],
    [counts.unchecked, 'not fully checked'],
    [counts.ok, 'OK'],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
  return `Of ${formatThings(countChecked(counts), 'move')}: ${words.join(', ')}.`;
}
