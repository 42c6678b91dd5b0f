'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** `push` adds an entry to the browser's history, `replace` does not. Neither makes a request. */
export type AddressChange = 'push' | 'replace';

/** The page's query parameters, and a way to change them; null or '' removes one. */
export function useAddress(): {
  params: URLSearchParams;
  change: (changes: Record<string, string | null>, how?: AddressChange) => void;
} {
  const pathname = usePathname();
  const params = useSearchParams();
  const change = useCallback(
    (changes: Record<string, string | null>, how: AddressChange = 'replace') => {
      // The current address, not the rendered one: two changes in a row must not undo each other.
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
      }
      const text = next.toString();
      const address = text === '' ? pathname : `${pathname}?${text}`;
      if (how === 'push') window.history.pushState(null, '', address);
      else window.history.replaceState(null, '', address);
    },
    [pathname],
  );
  return { params, change };
}
