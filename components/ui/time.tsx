import { formatAge, formatTime } from '@/lib/format';

/** "26 min ago", with the exact time in the tooltip. */
export function Ago({ at, now }: { at: number; now: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatTime(at, now)}>
      {formatAge(now - at)} ago
    </time>
  );
}

/** "02:41 UTC", with the date unless it is today. */
export function Time({ at, now }: { at: number; now: number }) {
  return <time dateTime={new Date(at).toISOString()}>{formatTime(at, now)}</time>;
}
