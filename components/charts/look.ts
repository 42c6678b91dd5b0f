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

/** What a canvas needs from the style sheet: colours as rgb(), font families as the font shorthand takes them. */
export type Look = { colours: Colours; text: string; mono: string };

// Object.keys loses the type of its keys.
const KEYS = Object.keys(TOKENS) as (keyof Colours)[];

/** Resolves the tokens at the root of the page: a canvas can't read CSS. */
export function readLook(): Look {
  const probe = document.createElement('span');
  document.body.append(probe);
  const resolve = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  // Every key is there: the entries are made of KEYS.
  const colours = Object.fromEntries(KEYS.map((key) => [key, resolve(TOKENS[key])])) as Colours;
  const family = (token: string) => {
    probe.style.fontFamily = `var(${token})`;
    return getComputedStyle(probe).fontFamily || 'sans-serif';
  };
  const look = { colours, text: family('--sans'), mono: family('--mono') };
  probe.remove();
  return look;
}

/** The look of paper, which is always light: the root has to be light while the tokens are resolved. */
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

/** An unchanged look stays the same object, because a new one redraws every chart. */
function update(look: Look, { force = false } = {}): void {
  if (!force && JSON.stringify(look) === JSON.stringify(current)) return;
  current = look;
  for (const listener of listeners) listener();
}

/** Watches everything that can change the look: once for all charts, for as long as the page lives. */
function watch(): void {
  if (isWatched) return;
  isWatched = true;
  const refresh = () => update(readLook());
  const themes = new MutationObserver(refresh);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme', 'class'] });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', refresh);
  // The canvases have to be redrawn before the browser lays out the page for paper.
  window.addEventListener('beforeprint', () => {
    const look = readPaper();
    // Reading it changed the theme for a moment.
    themes.takeRecords();
    flushSync(() => update(look));
  });
  window.addEventListener('afterprint', refresh);
  // Text drawn before its font arrived was drawn in another font.
  if (document.fonts?.status === 'loading') document.fonts.ready.then(() => update(readLook(), { force: true }));
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

/** The current look of the page: it changes with the theme, and for paper. */
export const useLook = (): Look => useSyncExternalStore(subscribe, read, read);

/** The colour at a strength from 0 to 1. */
export const fade = (colour: string, strength: number): string =>
  colour.replace(/^rgba?\(([^,]+),([^,]+),([^,)]+)(?:,[^)]*)?\)$/, `rgba($1,$2,$3, ${strength})`);
