'use client';

import { useCallback, useEffect } from 'react';
import type { Run } from '@/lib/contract/v1/run';
import { SECOND_MS } from '@/lib/units';
import { ADDRESSES } from '../live/answers';
import { type Live, useAnswer } from '../live/use-answer';
import { tabTitle } from './words';

/** How often a run is asked about while its page is in view, and while it is hidden. */
const SHOWN_MS = 5 * SECOND_MS;
const HIDDEN_MS = 30 * SECOND_MS;

/** Whether anything may still change: only moves and the measurement after them do. */
const isOpen = ({ is_final: isFinal, phase, delivered }: Run): boolean =>
  phase !== 'not-started' && (!isFinal || delivered?.state === 'too-early');

/** A run, followed every few seconds. Other pages keep to the tick of the page. */
export function useRun(initial: Run): Live<Run> {
  // The same function each time, or the wait would begin anew with every second that the clock of the page shows.
  const refreshInterval = useCallback(
    (run: Run | undefined) => (isOpen(run ?? initial) ? (document.hidden ? HIDDEN_MS : SHOWN_MS) : 0),
    [initial],
  );
  const live = useAnswer(ADDRESSES.run(initial.audit.id, initial.plan.id), initial, {
    refreshInterval,
    refreshWhenHidden: true,
  });
  const { mutate } = live;
  useEffect(() => {
    const onReturn = () => {
      if (!document.hidden) void mutate();
    };
    document.addEventListener('visibilitychange', onReturn);
    return () => document.removeEventListener('visibilitychange', onReturn);
  }, [mutate]);
  return live;
}

/** Keeps the title of the tab up to date, which the server has set. */
export function useTabTitle(run: Run): void {
  const title = `${tabTitle(run)} · Watcher Visio`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
