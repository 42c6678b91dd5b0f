'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { noVariant, readVariant, type Variant, writeVariant } from '@/lib/domain/review/variant';

const PARAMETERS = ['off', 'to', 'empty'];

/**
 * The variant in the address. A change shows immediately and is written to the address without a request, so it can be
 * shared as a link. If the address changes for another reason, such as Back, the variant follows.
 */
export function useVariant(moves: number): { variant: Variant; change: (next: Variant) => void; reset: () => void } {
  const search = useSearchParams();
  const asked = textOf(readVariant(search, moves));
  const [known, setKnown] = useState(asked);
  // Addresses that were written here come back late, one by one.
  const written = useRef(new Set([asked]));
  useEffect(() => {
    if (!written.current.has(asked)) setKnown(asked);
    written.current.add(asked);
  }, [asked]);
  const variant = useMemo(() => readVariant(new URLSearchParams(known), moves), [known, moves]);
  const change = useCallback((next: Variant) => {
    const query = new URLSearchParams(window.location.search);
    for (const name of PARAMETERS) query.delete(name);
    for (const [name, value] of writeVariant(next)) query.set(name, value);
    const text = query.toString();
    setKnown(textOf(next));
    written.current.add(textOf(next));
    window.history.replaceState(null, '', text === '' ? window.location.pathname : `?${text}`);
  }, []);
  return { variant, change, reset: useCallback(() => change(noVariant()), [change]) };
}

const textOf = (variant: Variant): string => new URLSearchParams(writeVariant(variant)).toString();
