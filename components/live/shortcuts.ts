'use client';

import { useEffect, useRef } from 'react';

/**
 * Keys that work from anywhere. Off while something is typed, while a dialog is open, with a modifier held, and all of
 * them where the reader has turned them off (WCAG 2.1.4). A key of two letters is pressed one after the other: `g h`.
 */
type Handler = () => void;

const CHORD_MS = 1500;
const OFF = 'watcher-visio.keys';

const handlers = new Map<string, Handler[]>();
let before: { key: string; at: number } | null = null;

/** Whether the keys are on; the setting is kept in this browser. */
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
    // A browser that keeps nothing has the keys on.
  }
  for (const changed of watchers) changed();
}

/** Calls when the setting changes; the answer ends it. */
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

/** Answers whether a handler took the key. Exported for the listener and its test. */
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

/** Binds a key for as long as the component is shown; of two with the same key the later one gets it. */
export function useShortcut(key: string, handler: Handler): void {
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(() => {
    const own = () => latest.current();
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
