'use client';

import { type RefObject, useEffect, useState } from 'react';

/** How far from the screen rows are rendered in advance; px. */
const MARGIN = 600;
/** On phones the cells of a row are stacked, so its height is unknown. */
const STACKED = '(width < 768px)';

export type RowWindow = { from: number; to: number };

type Options = {
  count: number;
  /** Of every row; px. */
  rowHeight: number;
  isOn: boolean;
};

/** Which rows of a long table are near the screen; all of them unless `isOn`. */
export function useWindow(body: RefObject<HTMLElement | null>, { count, rowHeight, isOn }: Options): RowWindow {
  const [near, setNear] = useState<RowWindow>({ from: 0, to: count });
  useEffect(() => {
    if (!isOn) return;
    let frame = 0;
    const set = (next: RowWindow) => setNear((last) => (last.from === next.from && last.to === next.to ? last : next));
    const look = () => {
      frame = 0;
      if (window.matchMedia(STACKED).matches) return set({ from: 0, to: count });
      const top = body.current?.getBoundingClientRect().top ?? 0;
      const from = Math.max(0, Math.min(count, Math.floor((-top - MARGIN) / rowHeight)));
      const to = Math.min(count, Math.max(from, Math.ceil((window.innerHeight - top + MARGIN) / rowHeight)));
      set({ from, to });
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
  return isOn ? near : { from: 0, to: count };
}
