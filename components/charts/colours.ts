'use client';

import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

const TOKENS = {
  now: '--now',
  after: '--after',
  ink: '--ink',
  ink2: '--ink-2',
  ink3: '--ink-3',
  line: '--line',
  surface: '--surface',
  warm: '--warn-mark',
  hot: '--crit-fill',
  hotText: '--crit',
} as const;

export type Colours = Record<keyof typeof TOKENS, string>;

/** What a canvas needs of the style sheet: colours as rgb(), families as font shorthand takes them. */
export type Look = { colours: Colours; text: string; mono: string };

const KEYS = Object.keys(TOKENS) as (keyof Colours)[];

/** Resolves the tokens where the page is: a canvas can't read CSS. */
export function readLook(): Look {
  const probe = document.createElement('span');
  document.body.append(probe);
  const resolve = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(KEYS.map((key) => [key, resolve(TOKENS[key])])) as Colours;
  const family = (token: string) => {
    probe.style.fontFamily = `var(${token})`;
    return getComputedStyle(probe).fontFamily || 'sans-serif';
  };
  const look = { colours, text: family('--sans'), mono: family('--mono') };
  probe.remove();
  return look;
}

/** The look of paper, which is always light: tokens are resolved at the root, so that it has to be light for a moment. */
function readPaper(): Look {
  const root = document.documentElement;
  const theme = root.getAttribute('data-theme');
  root.setAttribute('data-theme', 'light');
  try {
    return readLook();
  } finally {
    if (theme === null) root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', theme);
  }
}

let current: Look | null = null;
let isWatched = false;
const listeners = new Set<() => void>();

/** The same look stays the same object, since a new one means new charts. */
function set(look: Look, anyway = false): void {
  if (!anyway && JSON.stringify(look) === JSON.stringify(current)) return;
  current = look;
  for (const listener of listeners) listener();
}

/** Watches what may change the look, once for all charts and for as long as the page lives. */
function watch(): void {
  if (isWatched) return;
  isWatched = true;
  const again = () => set(readLook());
  const themes = new MutationObserver(again);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme', 'class'] });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  // The canvases have to be drawn anew before the page is laid out for paper.
  window.addEventListener('beforeprint', () => {
    const look = readPaper();
    // That moment was no change of theme.
    themes.takeRecords();
    flushSync(() => set(look));
  });
  window.addEventListener('afterprint', again);
  // What was measured before a font came was measured in another one.
  if (document.fonts?.status === 'loading') document.fonts.ready.then(() => set(readLook(), true));
}

function subscribe(listener: () => void): () => void {
  watch();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Look {
  current ??= readLook();
  return current;
}

/** The look of the page, kept up to date: themes change, and paper is light. */
export const useLook = (): Look => useSyncExternalStore(subscribe, read, read);

/** A colour with less than its whole strength; 0 to 1. */
export const fade = (colour: string, alpha: number): string =>
  colour.replace(/^rgba?\(([^,]+),([^,]+),([^,)]+)(?:,[^)]*)?\)$/, `rgba($1,$2,$3, ${alpha})`);
