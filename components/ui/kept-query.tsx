'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { type Kept, keepIn } from './kept';

const KeptContext = createContext<Kept | null>(null);

/** What the addresses below it keep. */
export function KeptQuery({ kept, children }: { kept: Kept | null; children: ReactNode }) {
  return <KeptContext value={kept}>{children}</KeptContext>;
}

export const useKept = (): Kept | null => useContext(KeptContext);

/** How links get the parameter. */
export function useKeep(): (address: string) => string {
  const kept = useKept();
  return (address) => keepIn(address, kept);
}

/** For forms whose fields become the query. */
export function KeptField() {
  const kept = useKept();
  return kept === null ? null : <input type="hidden" name={kept.name} value={kept.value} />;
}
