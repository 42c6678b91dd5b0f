'use client';

import { formatCountdown } from '@/lib/format';
import { useTick } from '../live/live-refresh';
import { useNow } from '../live/now';
import { useShortcut } from '../live/shortcuts';
import { Button } from '../ui/button';
import styles from './refresh-button.module.css';

type Props = { seconds: number; rendered: number };

/** Refreshes now, and counts down to the next automatic refresh. */
export function RefreshButton({ seconds, rendered }: Props) {
  const { dueAt, busy, retry } = useTick();
  const now = useNow(rendered);
  useShortcut('r', () => retry());
  const left = Number.isFinite(dueAt) ? Math.max(0, dueAt - now) : seconds * 1000;
  return (
    <span className={styles.refresh} data-busy={busy || undefined}>
      <Button look="ghost" icon="refresh" title="Refresh now (r)" onClick={() => retry()}>
        <span className="visually-hidden">Refresh now, next in </span>
        <span className={styles.countdown} data-hide="tablet">
          {formatCountdown(left)}
        </span>
      </Button>
    </span>
  );
}
