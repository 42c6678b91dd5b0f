'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { VARIANT_PARAMETERS } from '@/lib/contract/choices';
import {
  noVariant,
  readVariant,
  type Variant,
  type VariantProblem,
  type VariantScope,
  writeVariant,
} from '@/lib/domain/review/variant';

type UsedVariant = {
  variant: Variant;
  /** What the address asks for in vain. */
  problems: VariantProblem[];
  change: (next: Variant) => void;
  reset: () => void;
};

/**
 * The variant in the address. A change shows immediately and is written to the address without a request, so it can be
 * shared as a link. If the address changes for another reason, such as Back, the variant follows.
 *
 * @param scope what a variant may name; the same object as long as nothing in it changes
 */
export function useVariant(scope: VariantScope): UsedVariant {
  const search = useSearchParams();
  const { variant: inAddress, problems } = useMemo(() => readVariant(search, scope), [search, scope]);
  const asked = textOf(inAddress);
  const [known, setKnown] = useState(asked);
  // Addresses that were written here come back late, one by one.
  const written = useRef(new Set([asked]));
  useEffect(() => {
    if (!written.current.has(asked)) setKnown(asked);
    written.current.add(asked);
  }, [asked]);
  const variant = useMemo(() => readVariant(new URLSearchParams(known), scope).variant, [known, scope]);
  const change = useCallback((next: Variant) => {
    const query = new URLSearchParams(window.location.search);
    for (const name of VARIANT_PARAMETERS) query.delete(name);
    for (const [name, value] of writeVariant(next)) query.set(name, value);
    const text = query.toString();
    setKnown(textOf(next));
    written.current.add(textOf(next));
    window.history.replaceState(null, '', text === '' ? window.location.pathname : `?${text}`);
  }, []);
  return { variant, problems, change, reset: useCallback(() => change(noVariant()), [change]) };
}

const textOf = (variant: Variant): string => new URLSearchParams(writeVariant(variant)).toString();
