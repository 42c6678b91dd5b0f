'use client';

import { useEffect, useState } from 'react';
import { nextTheme, readThemeCookie, type Theme, themeAttribute, themeCookie } from './theme';

function show(theme: Theme) {
  const attribute = themeAttribute(theme);
  if (attribute === undefined) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = attribute;
}

/** The theme, and a way to switch from system to light to dark and back. */
export function useTheme(initial: Theme): [theme: Theme, turn: () => void] {
  const [theme, setTheme] = useState(initial);
  const turn = () => {
    const next = nextTheme(theme);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = themeCookie(next);
    show(next);
    setTheme(next);
  };
  useEffect(() => {
    // Another tab may have changed the theme.
    const follow = () => {
      if (document.hidden) return;
      const kept = readThemeCookie(document.cookie);
      show(kept);
      setTheme(kept);
    };
    document.addEventListener('visibilitychange', follow);
    return () => document.removeEventListener('visibilitychange', follow);
  }, []);
  return [theme, turn];
}
