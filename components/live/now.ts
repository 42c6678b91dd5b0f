'use client';

import { useEffect, useState } from 'react';

/**
 * A clock for ages and countdowns, in ms. Starts at `rendered`, the time the server rendered with, so that hydration
 * sees the same text.
 */
export function useNow(rendered: number, everyMs = 1000): number {
  const [now, setNow] = useState(rendered);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
