'use client';

import { useEffect } from 'react';
import { useTick } from './live-refresh';

/**
 * In a page whose parts came later, each to a place of its own: once they all are there, asks for the page in one piece,
 * as all its updates will be. Done before anybody has chosen anything, it changes nothing that is seen.
 */
export function Settle() {
  const { refresh } = useTick();
  useEffect(() => {
    refresh();
  }, [refresh]);
  return null;
}
