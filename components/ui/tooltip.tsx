'use client';

import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { Bubble } from './bubble';
import styles from './tooltip.module.css';

type Props = {
  text: ReactNode;
  /** The word or figure that is explained. */
  children: ReactNode;
};

/**
 * Explains a word on hover, focus and touch. Esc hides the text, which stays while the pointer is over it (WCAG
 * 1.4.13).
 */
export function Tooltip({ text, children }: Props) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const bubble = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = bubble.current;
    if (!shown || element === null) return;
    element.style.translate = '0';
    const { left, right } = element.getBoundingClientRect();
    const shift = left < 8 ? 8 - left : Math.min(0, document.documentElement.clientWidth - 8 - right);
    element.style.translate = `${shift}px ${element.parentElement?.offsetHeight ?? 0}px`;
  }, [shown]);
  return (
    <span className={styles.place} onPointerEnter={() => setShown(true)} onPointerLeave={() => setShown(false)}>
      <button
        type="button"
        className={styles.term}
        aria-describedby={shown ? id : undefined}
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
        onClick={() => setShown(true)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setShown(false);
        }}
      >
        {children}
      </button>
      {shown ? (
        <Bubble ref={bubble} id={id}>
          {text}
        </Bubble>
      ) : null}
    </span>
  );
}
