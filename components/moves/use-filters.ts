'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAddress } from '@/components/live/selection';
import { type Filters, NO_FILTERS, readFilters, writeFilters } from './filters';

/** Typing is shown at once; the address follows when the hand rests, since browsers count such changes. */
const REST_MS = 300;

/** The filters of the address, and how to change them. */
export function useFilters(): { filters: Filters; set: (changes: Partial<Filters>) => void; clear: () => void } {
  const { params, change } = useAddress();
  const query = params.toString();
  const written = useMemo(() => readFilters(new URLSearchParams(query)), [query]);
  const [text, setText] = useState(written.text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The address may change by other ways: back, a link, another audit.
  useEffect(() => {
    clearTimeout(timer.current);
    setText(written.text);
  }, [written.text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const filters = useMemo(() => ({ ...written, text }), [written, text]);
  const latest = useRef(filters);
  latest.current = filters;
  const set = useCallback(
    (changes: Partial<Filters>) => {
      const next = { ...latest.current, ...changes };
      latest.current = next;
      clearTimeout(timer.current);
      if (changes.text === undefined) {
        change(writeFilters(next));
        return;
      }
      setText(changes.text);
      timer.current = setTimeout(() => change(writeFilters(latest.current)), REST_MS);
    },
    [change],
  );
  const clear = useCallback(() => {
    const { sort, descending } = latest.current;
    setText('');
    clearTimeout(timer.current);
    change(writeFilters({ ...NO_FILTERS, sort, descending }));
  }, [change]);
  return { filters, set, clear };
}
