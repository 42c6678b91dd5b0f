'use client';

import { useEffect, useState } from 'react';

export type Colours = { now: string; after: string; ink: string; line: string };

const TOKENS: Record<keyof Colours, string> = { now: '--ink-3', after: '--accent', ink: '--ink-2', line: '--line' };

/** A canvas can't read CSS, so the tokens are resolved where the page is, and again when the theme changes. */
export function useColours(): Colours | null {
  const [colours, setColours] = useState<Colours | null>(null);
  useEffect(() => {
    const read = () => {
      const probe = document.createElement('span');
      document.body.append(probe);
      const resolve = (token: string) => {
        probe.style.color = `var(${token})`;
        return getComputedStyle(probe).color;
      };
      setColours({
        now: resolve(TOKENS.now),
        after: resolve(TOKENS.after),
        ink: resolve(TOKENS.ink),
        line: resolve(TOKENS.line),
      });
      probe.remove();
    };
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    read();
    dark.addEventListener('change', read);
    return () => dark.removeEventListener('change', read);
  }, []);
  return colours;
}
