'use client';

import { useEffect, useState } from 'react';
import { FILTER_PARAMETERS } from '@/components/moves/filters';
import type { AuditDetail, AuditSummary } from '@/lib/contract/v1/audits';
import type { AnswerError } from '../live/answers';
import { type AddressChange, useAddress } from '../live/selection';
import { useAudit } from '../live/use-answer';

/** How long the previous audit stays, since a flashing skeleton is worse; ms. */
const PATIENCE_MS = 150;

type Given = {
  audits: AuditSummary[];
  /** The audit that came with the page. */
  detail: AuditDetail | null;
  /** What the address named when the server found no such audit. */
  missing: string | null;
};

export type SelectedAudit = {
  /** Id of the selected audit; its name in the address until the id is known. */
  id: string | undefined;
  /** The address names an audit that does not exist, so the newest is selected. */
  isGone: boolean;
  /** The selected audit, or for a moment the previous one; undefined while a skeleton should take its place. */
  detail: AuditDetail | undefined;
  isLoading: boolean;
  error: AnswerError | undefined;
  select: (id: string, how: AddressChange) => void;
};

/** The audit in the address, by id or name; else the newest. */
export function useSelectedAudit({ audits, detail: given, missing }: Given): SelectedAudit {
  const { params, change } = useAddress();
  const named = params.get('audit');
  const listed = named === null ? audits[0] : audits.find((audit) => isCalled(audit, named));
  // An audit older than the list can be looked up.
  const lookup = useAudit(
    listed === undefined && named !== missing ? named : null,
    given !== null && named !== null && isCalled(given.audit, named) ? given : undefined,
  );
  const isGone = listed === undefined && (named === missing || lookup.error?.status === 404);
  const id = isGone ? audits[0]?.id : (listed?.id ?? lookup.data?.audit.id ?? named ?? undefined);
  const { data, error, isLoading } = useAudit(id ?? null, given !== null && given.audit.id === id ? given : undefined);
  const previous = useLast(data);
  const isLate = useIsLate(data === undefined ? id : undefined);
  const select = (wanted: string, how: AddressChange) => {
    if (wanted === id) return;
    // Filters name hosts of one plan and would hide the moves of another; so does the plan of a link.
    const noFilters = Object.fromEntries(FILTER_PARAMETERS.map((name) => [name, null]));
    change({ ...noFilters, audit: wanted, plan: null }, how);
  };
  return { id, isGone, detail: data ?? (isLate ? undefined : previous), error, isLoading, select };
}

const isCalled = ({ id, name }: { id: string; name: string }, wanted: string): boolean =>
  id === wanted || name === wanted;

/** The last value that was defined. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}

/** Whether `awaited` has been the same for longer than PATIENCE_MS; undefined is never late. */
function useIsLate(awaited: string | undefined): boolean {
  const [lateFor, setLateFor] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (awaited === undefined) return;
    const timer = setTimeout(() => setLateFor(awaited), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [awaited]);
  return awaited !== undefined && lateFor === awaited;
}
