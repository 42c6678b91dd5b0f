'use client';

import { useEffect } from 'react';
import { useTick } from './live-refresh';

/**
 * Refreshes a page that was streamed in parts once all of them are there, so that it has the same tree as later
 * refreshes. Nothing visible changes.
 */
export function Settle() {
  const { refresh } = useTick();
  useEffect(() => {
    refresh();
  }, [refresh]);
  return null;
}
