import type { ReadingState } from '@/lib/contract/v1/readings';
import { formatAge, formatTime } from '@/lib/format';
import { Notice } from './notice';

/** Says so when data is old, and why it was not read anew; says nothing of data that is as it should be. */
export function Freshness({ reading, now }: { reading: ReadingState; now: number }) {
  const { state, as_of: asOf, error } = reading;
  if (state === 'fresh' && error === null) return null;
  if (asOf === null) return error ? <Notice tone="error">{error.message}</Notice> : null;
  return (
    <Notice tone="warn">
      As of {formatTime(asOf, now)}, {formatAge(now - asOf)} old.
      {error ? ` ${error.message} Since ${formatTime(error.since, now)}.` : ''}
    </Notice>
  );
}
