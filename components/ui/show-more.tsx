'use client';

import { useState } from 'react';
import { formatCount } from '@/lib/format';
import { Button } from './button';
import { PanelFoot } from './panel';

const STEP = 50;

export type Shown = {
  total: number;
  /** How many are shown at first. */
  first: number;
  /** How many are shown now. */
  count: number;
  show: (count: number) => void;
};

/** How many entries of a long list are shown. If `subject` changes, the list starts over. */
export function useShown(total: number, first: number, subject = ''): Shown {
  const [asked, setAsked] = useState({ subject, count: first });
  const count = Math.min(total, asked.subject === subject ? asked.count : first);
  return { total, first, count, show: (wanted) => setAsked({ subject, count: wanted }) };
}

/** "1–20 of 168", and buttons for the rest; nothing if all entries are shown from the start. */
export function ShowMore({ shown: { total, first, count, show } }: { shown: Shown }) {
  if (total <= first) return null;
  const left = total - count;
  return (
    <PanelFoot
      controls={
        left === 0 ? (
          <Button onClick={() => show(first)}>Show fewer</Button>
        ) : (
          <>
            {left > STEP ? <Button onClick={() => show(count + STEP)}>Show {STEP} more</Button> : null}
            <Button onClick={() => show(total)}>Show all {formatCount(total)}</Button>
          </>
        )
      }
    >
      {`1–${formatCount(count)} of ${formatCount(total)}`}
    </PanelFoot>
  );
}
