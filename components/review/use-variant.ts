'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { noVariant, readVariant, type Variant, writeVariant } from '@/lib/domain/review/variant';

const PARAMETERS = ['off', 'to', 'empty'];

/** The variant that the address holds. A change goes into the address at once and asks nobody: it can be sent as a link. */
export function useVariant(moves: number): { variant: Variant; change: (next: Variant) => void; reset: () => void } {
  const search = useSearchParams();
  const variant = useMemo(() => readVariant(search, moves), [search, moves]);
  const change = useCallback((next: Variant) => {
    const query = new URLSearchParams(window.location.search);
    for (const name of PARAMETERS) query.delete(name);
    for (const [name, value] of writeVariant(next)) query.set(name, value);
    const text = query.toString();
    window.history.replaceState(null, '', text === '' ? window.location.pathname : `?${text}`);
  }, []);
  return { variant, change, reset: useCallback(() => change(noVariant()), [change]) };
}
