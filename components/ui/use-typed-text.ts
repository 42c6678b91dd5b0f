'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';

type Options = {
  /** The text as its owner knows it. */
  value: string;
  onRest: (text: string) => void;
  /** How long typing must pause before the text is handed on; as for a page that is asked for if absent. */
  restMs?: number;
};

/** A pause in typing; long enough for the next letter, short enough to feel immediate. */
const REST_MS = 150;

/**
 * Text that is shown immediately and handed on once typing pauses. A value that changes for another reason, such as the
 * Back button, replaces it.
 */
export function useTypedText({
  value,
  onRest,
  restMs = REST_MS,
}: Options): [text: string, type: (text: string) => void] {
  const [text, setText] = useState(value);
  const last = useRef(value);
  // The owner confirms texts late, one by one, while more is being typed.
  const awaited = useRef<string[]>([]);
  const handOn = useEffectEvent((typed: string) => {
    last.current = typed;
    awaited.current.push(typed);
    onRest(typed);
  });
  useEffect(() => {
    if (text === last.current) return;
    const timer = setTimeout(() => handOn(text), restMs);
    return () => clearTimeout(timer);
  }, [text, restMs]);
  useEffect(() => {
    const at = awaited.current.lastIndexOf(value);
    awaited.current.splice(0, at + 1);
    if (at >= 0 || value === last.current) return;
    last.current = value;
    setText(value);
  }, [value]);
  return [text, setText];
}
