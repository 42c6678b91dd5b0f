'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** What the address says, changed without asking the server: Next follows the history of the browser. */
export type AddressChange = 'push' | 'replace';

/** Writes parameters of the address; null or '' takes one away. */
export function useAddress(): {
  params: URLSearchParams;
  change: (changes: Record<string, string | null>, how?: AddressChange) => void;
} {
  const pathname = usePathname();
  const params = useSearchParams();
  const change = useCallback(
    (changes: Record<string, string | null>, how: AddressChange = 'replace') => {
      // The latest address, not that of the last render: two changes in a row must not undo each other.
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

/** The audit that the address names (`?audit=`), or null for the newest; and how to choose another. */
export function useChosenAudit(): { chosen: string | null; choose: (id: string | null, how?: AddressChange) => void } {
  const { params, change } = useAddress();
  const choose = useCallback((id: string | null, how: AddressChange = 'push') => change({ audit: id }, how), [change]);
  return { chosen: params.get('audit'), choose };
}
