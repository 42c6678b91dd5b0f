'use client';

import { formatCountdown, formatTime } from '@/lib/format';
import { useTick } from '../live/live-refresh';
import { useNow } from '../live/now';
import { Button } from '../ui/button';
import { Banner } from './banner';
import styles from './banner.module.css';

export function RetryButton() {
  const { busy, refresh } = useTick();
  return (
    <Button icon="refresh" aria-disabled={busy || undefined} onClick={() => refresh()}>
      Retry now
    </Button>
  );
}

/** When it is tried again by itself. Nothing before the browser's clock runs, so that both renderings agree. */
export function NextTry() {
  const { busy, dueAt } = useTick();
  const now = useNow(0);
  // The line keeps its place.
  if (now === 0 || !Number.isFinite(dueAt)) return <p>{'\u00a0'}</p>;
  return <p className={styles.quiet}>{busy ? 'Trying now.' : `Next try in ${formatCountdown(dueAt - now)}.`}</p>;
}

/** Watcher Visio itself is not reached: what is shown stays, and says of when it is. */
export function LostBanner() {
  const { lost } = useTick();
  const now = useNow(0);
  if (!lost) return null;
  return (
    <Banner tone="error" role="alert" action={<RetryButton />}>
      <p>
        <strong>Watcher Visio has not answered since {formatTime(lost.since, Math.max(now, lost.since))}.</strong> All
        that is shown is from then or earlier.
      </p>
      <NextTry />
    </Banner>
  );
}
