'use client';

import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { withBase } from '@/lib/base-path';
import type { AuditSummary } from '@/lib/contract/v1/audits';
import { formatAge, formatCount, formatTime } from '@/lib/format';
import { Button } from '../ui/button';
import { useKeep } from '../ui/kept-query';
import { TextField } from '../ui/text-field';
import styles from './audit-rail.module.css';
import { capitalized, describeProposal, stateWord, typeWord } from './words';

/** A shorter list needs no search. */
const SEARCH_FROM = 9;

type Props = {
  audits: AuditSummary[];
  total: number;
  selected: string | undefined;
  now: number;
  /** Address of an audit, for other tabs and browsers without JavaScript. */
  addressOf: (id: string) => string;
  onSelect: (id: string, how: 'push' | 'replace') => void;
  /** The pointer or focus is on an audit, so it is likely to be selected next. */
  onApproach: (id: string) => void;
  onShowOlder: () => void;
};

/** Audits, newest first: one tab stop; arrows, Home and End select. */
export function AuditRail({ audits, total, selected, now, addressOf, onSelect, onApproach, onShowOlder }: Props) {
  const keep = useKeep();
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(() => searchAudits(audits, text), [audits, text]);
  const stop = found.some(({ id }) => id === selected) ? selected : found[0]?.id;

  // j and k select from anywhere: the list scrolls with the selection, the page does not.
  useEffect(() => {
    const option = list.current?.querySelector<HTMLElement>(`[data-audit="${CSS.escape(selected ?? '')}"]`);
    if (!option || !list.current) return;
    const { offsetTop: top, offsetHeight: height } = option;
    const { scrollTop, clientHeight } = list.current;
    if (top < scrollTop) list.current.scrollTop = top;
    else if (top + height > scrollTop + clientHeight) list.current.scrollTop = top + height - clientHeight;
  }, [selected]);

  function onKeyDown(event: KeyboardEvent, at: number) {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: found.length - 1 }[event.key];
    if (event.key === ' ') {
      event.preventDefault();
      const here = found[at];
      if (here) onSelect(here.id, 'push');
    }
    const next = to === undefined ? undefined : found[to];
    if (to !== undefined) event.preventDefault();
    if (!next) return;
    onSelect(next.id, 'replace');
    list.current?.querySelector<HTMLElement>(`[data-audit="${CSS.escape(next.id)}"]`)?.focus({ preventScroll: true });
  }

  function onClick(event: MouseEvent, id: string) {
    // With a modifier, the link opens in another tab or window.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    onSelect(id, 'push');
  }

  return (
    <div className={styles.rail}>
      {audits.length >= SEARCH_FROM ? (
        <div className={styles.search}>
          <TextField
            label="Search audits"
            value={text}
            onChange={setText}
            placeholder="Name, goal or strategy"
            isSearch={false}
          />
        </div>
      ) : null}
      <div ref={list} className={styles.list} role="listbox" aria-label="Audits">
        {found.map((audit, at) => (
          <a
            key={audit.id}
            href={withBase(keep(addressOf(audit.id)))}
            role="option"
            aria-selected={audit.id === selected}
            tabIndex={audit.id === stop ? 0 : -1}
            className={styles.option}
            data-audit={audit.id}
            title={titleOf(audit, now)}
            onClick={(event) => onClick(event, audit.id)}
            onKeyDown={(event) => onKeyDown(event, at)}
            onPointerEnter={() => onApproach(audit.id)}
            onFocus={() => onApproach(audit.id)}
          >
            <span className={styles.name}>{audit.name}</span>
            <span className={styles.aside}>{formatAge(now - ageOf(audit))} ago</span>
            <span className={styles.proposal}>{describeProposal(audit)}</span>
            <StateOrType audit={audit} />
          </a>
        ))}
      </div>
      {found.length === 0 ? <p className={styles.none}>No audit matches “{text}”.</p> : null}
      {audits.length < total ? (
        <div className={styles.older}>
          <Button look="ghost" onClick={onShowOlder}>
            Show older ({formatCount(total - audits.length)})
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** The state if it is worth mentioning, else the type. */
function StateOrType({ audit }: { audit: AuditSummary }) {
  const word = stateWord(audit);
  return (
    <span className={styles.aside} data-bad={word === 'failed' || word === 'plan failed' || undefined}>
      {word ?? typeWord(audit.type)}
    </span>
  );
}

/** When the audit was created or made its last plan, whichever is later; ms. */
export const ageOf = ({ created_at: created, plan }: AuditSummary): number => Math.max(created, plan?.created_at ?? 0);

function titleOf(audit: AuditSummary, now: number): string {
  const { name, type, goal, state, created_at: created, plan } = audit;
  const planned = plan === null ? '' : `; plan ${plan.state}, made at ${formatTime(plan.created_at, now)}`;
  return `${name}: ${describeProposal(audit)}. ${capitalized(typeWord(type))}, ${goal}; audit ${state}, created at ${formatTime(created, now)}${planned}`;
}

export function searchAudits(audits: AuditSummary[], text: string): AuditSummary[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return audits;
  return audits.filter(({ name, goal, strategy, id, state, type }) => {
    const all = `${name} ${goal} ${strategy ?? ''} ${id} ${state} ${typeWord(type)}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
