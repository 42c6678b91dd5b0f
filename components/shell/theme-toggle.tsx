'use client';

import { useEffect, useState } from 'react';
import { useShortcut } from '../live/shortcuts';
import { Button } from '../ui/button';
import type { IconName } from '../ui/icon';
import { nextTheme, readThemeCookie, type Theme, themeAttribute, themeCookie } from './theme';

const ICONS: Record<Theme, IconName> = { system: 'system', light: 'sun', dark: 'moon' };

function show(theme: Theme) {
  const attribute = themeAttribute(theme);
  if (attribute === undefined) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = attribute;
}

/** System, light, dark, and again. */
export function ThemeToggle({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const next = nextTheme(theme);
  const turn = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = themeCookie(next);
    show(next);
    setTheme(next);
  };
  useShortcut('t', turn);
  useEffect(() => {
    // Another tab may have changed it.
    const follow = () => {
      if (document.hidden) return;
      const kept = readThemeCookie(document.cookie);
      show(kept);
      setTheme(kept);
    };
    document.addEventListener('visibilitychange', follow);
    return () => document.removeEventListener('visibilitychange', follow);
  }, []);
  return (
    <Button look="ghost" icon={ICONS[theme]} iconOnly title={`Theme: ${theme} (t)`} onClick={turn}>
      {`Theme: ${theme}. Switch to ${next}`}
    </Button>
  );
}
