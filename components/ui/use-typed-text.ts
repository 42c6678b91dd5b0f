'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';

type Options = {
  /** What the owner of the text has now. */
  value: string;
  onRest: (text: string) => void;
  /** Pause in typing after which the text is handed on. */
  restMs: number;
};

/**
 * Text that shows every key at once and is handed on when the typing rests. A value that changes for another reason, such as
 * the Back button, replaces it.
 */
export function useTypedText({ value, onRest, restMs }: Options): [text: string, type: (text: string) => void] {
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
