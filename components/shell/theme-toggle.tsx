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

/** Switches from system to light to dark and back. */
export function ThemeToggle({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const next = nextTheme(theme);
  const toggle = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = themeCookie(next);
    show(next);
    setTheme(next);
  };
  useShortcut('t', toggle);
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
  return (
    <Button look="ghost" icon={ICONS[theme]} iconOnly title={`Theme: ${theme} (t)`} onClick={toggle}>
      {`Theme: ${theme}. Switch to ${next}`}
    </Button>
  );
}
