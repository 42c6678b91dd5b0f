/** The system's theme, or one that was chosen. A cookie keeps it, so that the server can render it. */
const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const THEME_COOKIE = 'watcher-visio-theme';
const YEAR_SECONDS = 365 * 24 * 3600;

const isTheme = (value: string | undefined): value is Theme => THEMES.some((theme) => theme === value);

/** The attribute of `<html>`; without it the page follows the system. */
export const themeAttribute = (theme: Theme): 'light' | 'dark' | undefined => (theme === 'system' ? undefined : theme);

export const nextTheme = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';

/** The cookie that keeps it. */
export const themeCookie = (theme: Theme): string =>
  `${THEME_COOKIE}=${theme}; path=/; max-age=${theme === 'system' ? 0 : YEAR_SECONDS}; samesite=lax`;

export function readThemeCookie(cookies: string): Theme {
  const value = new RegExp(`(?:^|;\\s*)${THEME_COOKIE}=([^;]*)`).exec(cookies)?.[1];
  return isTheme(value) ? value : 'system';
}
