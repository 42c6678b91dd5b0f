import { formatAge, formatTime } from '@/lib/format';

/** How long ago something was; the exact time is in the tooltip. */
export function Ago({ at, now }: { at: number; now: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatTime(at, now)}>
      {formatAge(now - at)} ago
    </time>
  );
}

/** A time of day, with the date where it is not today's. */
export function Moment({ at, now }: { at: number; now: number }) {
  return <time dateTime={new Date(at).toISOString()}>{formatTime(at, now)}</time>;
}
