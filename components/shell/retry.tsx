'use client';

import { formatCountdown, formatTime } from '@/lib/format';
import { useTick } from '../live/live-refresh';
import { useNow } from '../live/now';
import { Button } from '../ui/button';
import { Banner, BannerDetail } from './banner';

export function RetryButton() {
  const { busy, retry } = useTick();
  return (
    <Button icon="refresh" aria-disabled={busy || undefined} onClick={() => retry()}>
      Retry now
    </Button>
  );
}

/** When the next automatic attempt is due. Empty until the browser's clock runs, so that both renderings agree. */
export function NextTry() {
  const { busy, dueAt } = useTick();
  const now = useNow(0);
  // Keeps the height of the line.
  if (now === 0 || !Number.isFinite(dueAt)) return <p>{'\u00a0'}</p>;
  return (
    <p>
      <BannerDetail>{busy ? 'Trying now.' : `Next try in ${formatCountdown(dueAt - now)}.`}</BannerDetail>
    </p>
  );
}

/** Watcher Visio itself does not respond: the page stays, and says how old it is. */
export function LostBanner() {
  const { lost } = useTick();
  const now = useNow(0);
  if (!lost) return null;
  return (
    <Banner tone="error" role="alert" action={<RetryButton />}>
      <p>
        <strong>Watcher Visio has not answered since {formatTime(lost.since, Math.max(now, lost.since))}.</strong>
        Everything shown is from then or earlier.
      </p>
      <NextTry />
    </Banner>
  );
}
