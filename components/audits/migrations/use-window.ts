'use client';

import { type RefObject, useEffect, useState } from 'react';

/** Rows beyond the edges of the screen that are there already when one scrolls; px. */
const MARGIN = 600;

export type RowWindow = { from: number; to: number };

/**
 * Which rows of a long table are near the screen. All of them while `isOn` is false.
 *
 * @param rowHeight of every row; px
 */
export function useWindow(
  body: RefObject<HTMLElement | null>,
  { count, rowHeight, isOn }: { count: number; rowHeight: number; isOn: boolean },
): RowWindow {
  const [window_, setWindow] = useState<RowWindow>({ from: 0, to: count });
  useEffect(() => {
    if (!isOn) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      // On phones rows are as high as their text.
      if (window.matchMedia('(max-width: 767px)').matches) {
        setWindow((last) => (last.from === 0 && last.to === count ? last : { from: 0, to: count }));
        return;
      }
      const top = body.current?.getBoundingClientRect().top ?? 0;
      const from = Math.max(0, Math.min(count, Math.floor((-top - MARGIN) / rowHeight)));
      const to = Math.min(count, Math.max(from, Math.ceil((window.innerHeight - top + MARGIN) / rowHeight)));
      setWindow((last) => (last.from === from && last.to === to ? last : { from, to }));
    };
    const later = () => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    look();
    window.addEventListener('scroll', later, { passive: true });
    window.addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', later);
      window.removeEventListener('resize', later);
    };
  }, [body, count, rowHeight, isOn]);
  return isOn ? window_ : { from: 0, to: count };
}
