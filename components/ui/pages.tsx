'use client';

import { formatCount, formatThings } from '@/lib/format';
import { Button } from './button';
import { PanelFoot } from './panel';

type Props = {
  total: number;
  /** How many entries come before this page, how many it has, and how many it may have. */
  offset: number;
  count: number;
  size: number;
  /** What an entry is called. */
  noun: string;
  onPage: (page: number) => void;
};

/** "101–200 of 2,345 VMs", and the way to the next page; pages are numbered from 1. */
export function Pages({ total, offset, count, size, noun, onPage }: Props) {
  const page = Math.floor(offset / size) + 1;
  const last = offset + count;
  return (
    <PanelFoot
      controls={
        total <= size ? null : (
          <>
            <Button disabled={page === 1} onClick={() => onPage(page - 1)}>
              Previous
            </Button>
            <Button disabled={last >= total} onClick={() => onPage(page + 1)}>
              Next
            </Button>
          </>
        )
      }
    >
      <span role="status">
        {total === 0
          ? `No ${noun}s`
          : `${formatCount(offset + 1)}–${formatCount(last)} of ${formatThings(total, noun)}`}
      </span>
    </PanelFoot>
  );
}
