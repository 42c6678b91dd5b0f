'use client';

import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { keepIn } from './kept';
import { useKept } from './kept-query';

type Options = { scroll?: boolean };

/** Goes to other pages, which keep what all addresses keep, and updates this one. */
export function usePages(): {
  push(address: string, options?: Options): void;
  replace(address: string, options?: Options): void;
  refresh(): void;
} {
  const router = useRouter();
  const kept = useKept();
  return useMemo(
    () => ({
      push: (address, ...options) => router.push(keepIn(address, kept), ...options),
      replace: (address, ...options) => router.replace(keepIn(address, kept), ...options),
      refresh: () => router.refresh(),
    }),
    [router, kept],
  );
}
