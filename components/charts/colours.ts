'use client';

import { useEffect, useState } from 'react';
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

/** Resolves the tokens where the page is: a canvas can't read CSS. Paper is always light. */
export function readLook(scheme?: 'light'): Look {
  const probe = document.createElement('span');
  if (scheme !== undefined) probe.style.colorScheme = scheme;
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
  const look = { colours, text: family('--text'), mono: family('--mono') };
  probe.remove();
  return look;
}

/** The look of the page, read again when the theme changes, when fonts arrive and for print. */
export function useLook(): Look {
  const [look, setLook] = useState(() => readLook());
  useEffect(() => {
    const read = () => setLook(readLook());
    // The canvas has to be drawn anew before the page is laid out for paper.
    const print = () => flushSync(() => setLook(readLook('light')));
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const attribute = new MutationObserver(read);
    attribute.observe(document.documentElement, { attributeFilter: ['data-theme', 'class'] });
    dark.addEventListener('change', read);
    window.addEventListener('beforeprint', print);
    window.addEventListener('afterprint', read);
    document.fonts?.ready.then(read);
    return () => {
      attribute.disconnect();
      dark.removeEventListener('change', read);
      window.removeEventListener('beforeprint', print);
      window.removeEventListener('afterprint', read);
    };
  }, []);
  return look;
}

/** A colour with less than its whole strength; 0 to 1. */
export const fade = (colour: string, alpha: number): string =>
  colour.replace(/^rgba?\(([^,]+),([^,]+),([^,)]+)(?:,[^)]*)?\)$/, `rgba($1,$2,$3, ${alpha})`);
