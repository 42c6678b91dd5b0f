'use client';

import { useEffect, useEffectEvent } from 'react';

/**
 * Shortcuts that work anywhere on a page, except while someone types, while a dialog is open or with a modifier held.
 * They can all be turned off (WCAG 2.1.4). `g h` means g, then h.
 */
type Handler = () => void;

const CHORD_MS = 1500;
const OFF = 'watcher-visio.keys';

const handlers = new Map<string, Handler[]>();
let before: { key: string; at: number } | null = null;

/** Whether shortcuts are on; stored in this browser. */
export function shortcutsOn(): boolean {
  try {
    return window.localStorage.getItem(OFF) !== 'off';
  } catch {
    return true;
  }
}

const watchers = new Set<() => void>();

export function turnShortcuts(on: boolean): void {
  try {
    if (on) window.localStorage.removeItem(OFF);
    else window.localStorage.setItem(OFF, 'off');
  } catch {
    // A browser that stores nothing keeps the shortcuts on.
  }
  for (const changed of watchers) changed();
}

/** Calls `changed` whenever the setting changes. @returns how to stop */
export function watchShortcuts(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

const TYPED = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const field = target.closest(TYPED);
  return field !== null && !(field instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(field.type));
}

/** @returns whether a handler took the key */
function pressKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return false;
  if (isTyping(event.target) || document.querySelector('dialog[open]') !== null || !shortcutsOn()) return false;
  const chord = before !== null && event.timeStamp - before.at < CHORD_MS ? `${before.key} ${event.key}` : null;
  before = { key: event.key, at: event.timeStamp };
  const handler = (chord === null ? undefined : handlers.get(chord)?.at(-1)) ?? handlers.get(event.key)?.at(-1);
  if (handler === undefined) return false;
  before = null;
  handler();
  return true;
}

let listening = 0;

function listen(event: KeyboardEvent) {
  if (pressKey(event)) event.preventDefault();
}

/** Binds a key while the component is shown. If two components bind the same key, the later one gets it. */
export function useShortcut(key: string, handler: Handler): void {
  const run = useEffectEvent(handler);
  useEffect(() => {
    const own = () => run();
    handlers.set(key, [...(handlers.get(key) ?? []), own]);
    if (listening++ === 0) window.addEventListener('keydown', listen);
    return () => {
      handlers.set(
        key,
        (handlers.get(key) ?? []).filter((other) => other !== own),
      );
      if (--listening === 0) window.removeEventListener('keydown', listen);
    };
  }, [key]);
}
