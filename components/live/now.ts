'use client';

import { useEffect, useState } from 'react';

/**
 * The time for ages that go on, in ms. `rendered` is the time the server rendered with, so that the first client render
 * says the same. Each second while something may be younger than a minute, else `everyMs`.
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
