'use client';

import { useState } from 'react';
import { formatCount } from '@/lib/format';
import { Button } from './button';
import { PanelFoot } from './panel';
import { usePrinting } from './use-printing';

const STEP = 50;

export type Shown = {
  total: number;
  /** How many are shown at first. */
  first: number;
  /** How many are shown now, and how many before them are not. */
  count: number;
  from: number;
  show: (count: number) => void;
};

type Options = {
  /** If it changes, the list starts over. */
  subject?: string;
  /** The entry that the first ones are around; the list starts with them. */
  around?: number;
};

/** Which entries of a long list are shown; all of them on paper. */
export function useShown(total: number, first: number, { subject = '', around = 0 }: Options = {}): Shown {
  const [asked, setAsked] = useState({ subject, count: first });
  const isPrinting = usePrinting();
  const count = isPrinting ? total : Math.min(total, asked.subject === subject ? asked.count : first);
  const from = Math.max(0, Math.min(total - count, around - Math.floor(count / 2)));
  return { total, first, count, from, show: (wanted) => setAsked({ subject, count: wanted }) };
}

/** "1–20 of 168", and buttons for the rest; nothing if all entries are shown from the start. */
export function ShowMore({ shown: { total, first, count, from, show } }: { shown: Shown }) {
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
      {`${formatCount(from + 1)}–${formatCount(from + count)} of ${formatCount(total)}`}
    </PanelFoot>
  );
}
