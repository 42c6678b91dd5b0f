import { Notice } from '@/components/ui/notice';
import type { ReadingState } from '@/lib/contract/v1/readings';
import { formatAge, formatTime } from '@/lib/format';

type Props = {
  reading: ReadingState;
  now: number;
  /** What was read, where there is more than one reading. */
  what?: string;
};

/** Old, because reading it again failed. */
export const isOld = ({ as_of: asOf, error }: ReadingState): boolean => asOf !== null && error !== null;

/** Says that data is old or missing, and why; nothing about data that is fresh. */
export function Freshness({ reading, now, what }: Props) {
  const { state, as_of: asOf, error } = reading;
  if (state === 'fresh' && error === null) return null;
  const failure = error ? describeFailure(error, now) : '';
  if (asOf === null) return failure === '' ? null : <Notice tone="error">{failure}</Notice>;
  return (
    <Notice tone="warn">
      {what ? `${what} as of` : 'As of'} {formatTime(asOf, now)}, {formatAge(now - asOf)} old. {failure}
    </Notice>
  );
}

/** "Prometheus refused the connection. Since 02:41 UTC." */
export const describeFailure = ({ message, since }: { message: string; since: number | null }, now: number): string =>
  since === null ? message : `${message} Since ${formatTime(since, now)}.`;
