'use client';

import { useCallback, useMemo } from 'react';
import { useAddress } from '@/components/live/selection';
import { useTypedText } from '@/components/ui/use-typed-text';
import { type Filters, readFilters, writeFilters } from './filters';

/** How long typing must pause before the address changes, since browsers limit such changes. */
const REST_MS = 300;

/**
 * The filters in the address, and ways to change them. Typed text applies immediately, but reaches the address later.
 */
export function useFilters(): { filters: Filters; set: (changes: Partial<Filters>) => void; clear: () => void } {
  const { params, change } = useAddress();
  const query = params.toString();
  const written = useMemo(() => readFilters(new URLSearchParams(query)), [query]);
  const [text, type] = useTypedText({
    value: written.text,
    onRest: (typed) => change(writeFilters({ text: typed })),
    restMs: REST_MS,
  });
  const filters = useMemo(() => ({ ...written, text }), [written, text]);
  const set = useCallback(
    ({ text: typed, ...others }: Partial<Filters>) => {
      if (typed !== undefined) type(typed);
      if (Object.keys(others).length > 0) change(writeFilters(others));
    },
    [change, type],
  );
  const clear = useCallback(() => {
    type('');
    change(writeFilters({ text: '', source: '', destination: '', impact: '' }));
  }, [change, type]);
  return { filters, set, clear };
}
