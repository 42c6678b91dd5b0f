'use client';

import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Run } from '@/lib/contract/v1/run';
import { SECOND_MS } from '@/lib/units';
import { ADDRESSES } from '../live/answers';
import { type Live, useAnswer } from '../live/use-answer';
import { titleHere } from '../ui/tab-title';

/** How often a run is asked about while its page is in view, and while it is hidden. */
const SHOWN_MS = 5 * SECOND_MS;
const HIDDEN_MS = 30 * SECOND_MS;

/** When to ask again; 0 if nothing can change any more. */
function waitFor({ is_final: isFinal, phase, plan, delivered }: Run, isHidden: boolean): number {
  if (phase === 'not-started' && plan.state !== 'RECOMMENDED') return 0;
  // Only the measurement after the moves is still to come.
  if (isFinal) return delivered?.state === 'too-early' ? HIDDEN_MS : 0;
  return isHidden ? HIDDEN_MS : SHOWN_MS;
}

function subscribeToTab(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}

const useHidden = (): boolean =>
  useSyncExternalStore(
    subscribeToTab,
    () => document.hidden,
    () => false,
  );

/** A run, followed every few seconds. Other pages keep to the tick of the page. */
export function useRun(initial: Run): Live<Run> {
  const isHidden = useHidden();
  // The same function each time, or each tick of the page's clock would restart the wait.
  const refreshInterval = useCallback((run: Run | undefined) => waitFor(run ?? initial, isHidden), [initial, isHidden]);
  const live = useAnswer(ADDRESSES.run(initial.audit.id, initial.plan.id), initial, {
    refreshInterval,
    refreshWhenHidden: true,
  });
  const { mutate } = live;
  const wasHidden = useRef(isHidden);
  useEffect(() => {
    if (wasHidden.current && !isHidden) void mutate();
    wasHidden.current = isHidden;
  }, [isHidden, mutate]);
  return live;
}

/** Keeps the title of the tab up to date, which the server has set. */
export function useTabTitle(name: string): void {
  useEffect(() => {
    document.title = titleHere(name);
  }, [name]);
}
