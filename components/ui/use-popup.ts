'use client';

import { type RefObject, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';

export type Trigger = {
  ref: RefObject<HTMLButtonElement | null>;
  'aria-expanded': boolean;
  'aria-controls': string | undefined;
  onClick: () => void;
};

/** The least distance between a popup and the edge of the window; px. */
const MARGIN = 12;

/**
 * The state of a popup below a button. Esc, a press elsewhere and focus elsewhere close it; Esc and a choice return the
 * focus to the button. The popup moves sideways to stay inside the window.
 */
export function usePopup() {
  const [open, setOpen] = useState(false);
  const id = useId();
  const place = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);

  const close = useCallback((returnFocus = true) => {
    setOpen(false);
    if (returnFocus) button.current?.focus();
  }, []);

  useEffect(() => {
    if (!open) return;
    const isOutside = (target: EventTarget | null) => target instanceof Node && !place.current?.contains(target);
    const onPress = (event: PointerEvent) => {
      if (isOutside(event.target)) close(false);
    };
    const onFocus = (event: FocusEvent) => {
      if (isOutside(event.target)) close(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      close();
    };
    document.addEventListener('pointerdown', onPress);
    document.addEventListener('focusin', onFocus);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('keydown', onKey);
    };
  }, [open, close]);

  useLayoutEffect(() => {
    const element = popup.current;
    if (!open || element === null) return;
    element.style.translate = '0';
    const { left, right } = element.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const shift = left < MARGIN ? MARGIN - left : Math.min(0, width - MARGIN - right);
    element.style.translate = `${shift}px`;
  }, [open]);

  const trigger: Trigger = {
    ref: button,
    'aria-expanded': open,
    'aria-controls': open ? id : undefined,
    onClick: () => setOpen(!open),
  };
  return { open, close, id, place, popup, trigger };
}
