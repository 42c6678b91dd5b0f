'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { preload } from 'swr';
import { FILTER_PARAMETERS } from '@/components/moves/filters';
import type { AuditDetail, AuditList, AuditSummary } from '@/lib/contract/v1/audits';
import { formatAge, formatCount } from '@/lib/format';
import { ADDRESSES, readAnswer } from '../live/answers';
import { useNow } from '../live/now';
import { useAddress } from '../live/selection';
import { useShortcut } from '../live/shortcuts';
import { useAnswer, useAudit } from '../live/use-answer';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { Notice } from '../ui/notice';
import { AuditRail, ageOf } from './audit-rail';
import { AuditView } from './audit-view';
import styles from './audits-section.module.css';
import { DetailSkeleton } from './skeleton';
import { describeProposal } from './words';

/** The API gives no more at once. */
const MOST = 1000;
/** Minutes are what ages are told in here. */
const CLOCK_MS = 15_000;
/** A skeleton that is gone in a blink is worse than none. */
const PATIENCE_MS = 150;

type Props = {
  /** What the server read for this page: not empty. */
  list: AuditList;
  /** The audit that the address named then, or the newest. */
  detail: AuditDetail | null;
  /** What the address named when there was no such audit. */
  missing: string | null;
  region: string | null;
  /** When that was; ms. */
  now: number;
};

/** Audits: the list, and the chosen one beside it. The choice is in the address and costs no page. */
export function AuditsSection({ list: listed, detail: given, missing, region, now: rendered }: Props) {
  const now = useNow(rendered, CLOCK_MS);
  const [limit, setLimit] = useState(listed.limit);
  const list =
    useAnswer<AuditList>(ADDRESSES.audits(limit), limit === listed.limit ? listed : undefined, {
      keepPreviousData: true,
    }).data ?? listed;
  const { params, change } = useAddress();
  const wanted = params.get('audit');
  const named = wanted === null ? undefined : list.audits.find(({ id, name }) => id === wanted || name === wanted);
  const newest = list.audits[0];
  // One that is not listed may be older than the list; the API knows.
  const asked = useAudit(
    wanted === null || wanted === missing || named !== undefined ? null : wanted,
    matching(given, wanted),
  );
  const isGone = named === undefined && ((wanted !== null && wanted === missing) || asked.error?.status === 404);
  const selected = named?.id ?? (wanted !== null && !isGone ? (asked.data?.audit.id ?? wanted) : newest?.id);
  const answer = useAudit(selected ?? null, given?.audit.id === selected ? (given ?? undefined) : undefined);
  const { shown, late } = usePatience(answer.data, selected);

  const select = (id: string, how: 'push' | 'replace') => {
    // Filters are of one plan's hosts; with another audit they would hide what it moves.
    const cleared = Object.fromEntries(FILTER_PARAMETERS.map((name) => [name, null]));
    if (id !== selected) change({ ...cleared, audit: id }, how);
  };
  const step = (by: number) => {
    const at = list.audits.findIndex(({ id }) => id === selected);
    const next = list.audits[at + by];
    if (next) select(next.id, 'replace');
  };
  useShortcut('j', () => step(1));
  useShortcut('k', () => step(-1));
  const approach = (id: string) => {
    if (id === selected) return;
    // Whoever chooses it gets the same answer or the same error; a mere passing by says nothing.
    const approached: Promise<AuditDetail> = preload(ADDRESSES.audit(id), readAnswer<AuditDetail>);
    approached.catch(() => {});
  };

  return (
    <section className={styles.section} aria-labelledby="audits">
      <div className={styles.head}>
        <h2 id="audits" className={styles.title}>
          Audits
        </h2>
        <span className={styles.note}>
          {formatCount(list.total)} in this region.{' '}
          <span className={styles.keys}>
            Press <Kbd>j</Kbd> <Kbd>k</Kbd> to step through them.
          </span>
        </span>
      </div>
      {isGone ? (
        <Notice tone="warn" role="status">
          That audit no longer exists. This is the newest one.
        </Notice>
      ) : null}
      <div className={styles.audits}>
        <div className={styles.rail}>
          <AuditRail
            audits={list.audits}
            total={list.total}
            selected={selected}
            now={now}
            addressOf={(id) => `/?audit=${encodeURIComponent(id)}`}
            onSelect={select}
            onApproach={approach}
            onShowOlder={() => setLimit(Math.min(MOST, limit + listed.limit))}
          />
        </div>
        <Picker audits={list.audits} selected={selected} shown={shown} now={now} onSelect={(id) => select(id, 'push')}>
          {list.audits.length < list.total ? (
            <Button onClick={() => setLimit(Math.min(MOST, limit + listed.limit))}>Show older</Button>
          ) : null}
        </Picker>
        <div className={styles.detail} aria-busy={answer.isLoading || undefined}>
          {shown && answer.error && shown.audit.id === selected ? (
            <div className={styles.stale}>
              <Notice tone="warn" role="status">
                {answer.error.message} This is what was last known.
              </Notice>
            </div>
          ) : null}
          {shown && !(late && shown.audit.id !== selected) ? (
            <AuditView detail={shown} now={now} region={region} level={4} />
          ) : answer.error ? (
            <Notice tone="error" role="alert">
              {answer.error.message}
            </Notice>
          ) : (
            <DetailSkeleton />
          )}
        </div>
      </div>
    </section>
  );
}

function matching(given: AuditDetail | null, wanted: string | null): AuditDetail | undefined {
  return given && (given.audit.id === wanted || given.audit.name === wanted) ? given : undefined;
}

/** The audit before stays for a moment while the next one is read, so that nothing flickers. */
function usePatience(detail: AuditDetail | undefined, selected: string | undefined) {
  const last = useRef<AuditDetail | undefined>(undefined);
  const [lateFor, setLateFor] = useState<string | undefined>(undefined);
  if (detail) last.current = detail;
  const waiting = detail === undefined ? selected : undefined;
  useEffect(() => {
    if (waiting === undefined) return;
    const timer = setTimeout(() => setLateFor(waiting), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return { shown: detail ?? last.current, late: waiting !== undefined && lateFor === waiting };
}

type PickerProps = {
  audits: AuditSummary[];
  selected: string | undefined;
  shown: AuditDetail | undefined;
  now: number;
  onSelect: (id: string) => void;
  children: ReactNode;
};

/** On narrow screens the list is the browser's own select. */
function Picker({ audits, selected, shown, now, onSelect, children }: PickerProps) {
  const listed = audits.some(({ id }) => id === selected);
  return (
    <div className={styles.picker}>
      <select
        className={styles.select}
        aria-label="Audit"
        value={selected}
        onChange={(event) => onSelect(event.target.value)}
      >
        {audits.map((audit) => (
          <option key={audit.id} value={audit.id}>
            {`${audit.name}, ${formatAge(now - ageOf(audit))} ago, ${describeProposal(audit)}`}
          </option>
        ))}
        {listed || selected === undefined ? null : <option value={selected}>{shown?.audit.name ?? selected}</option>}
      </select>
      {children}
    </div>
  );
}
