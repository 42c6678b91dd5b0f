import type { ReadingState } from '@/lib/contract/v1/readings';
import { formatAge, formatTime } from '@/lib/format';
import { Notice } from './notice';

/** Says so when data is old, and why it was not read anew; says nothing of data that is as it should be, or not there. */
export function Freshness({ reading, now }: { reading: ReadingState; now: number }) {
  const { state, as_of: asOf, error } = reading;
  if (asOf === null || (state === 'fresh' && error === null)) return null;
  return (
    <Notice tone="warn">
      As of {formatTime(asOf, now)}, {formatAge(now - asOf)} old.
      {error ? ` ${error.message} Since ${formatTime(error.since, now)}.` : ''}
    </Notice>
  );
}

/** Says why there is no data at all. */
export function Missing({ reading }: { reading: ReadingState }) {
  const { as_of: asOf, error } = reading;
  return asOf === null && error !== null ? <Notice tone="error">{error.message}</Notice> : null;
}
