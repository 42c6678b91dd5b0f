import type { ReactNode } from 'react';
import type { Readings } from '@/lib/contract/v1/readings';
import { formatTime, MISSING } from '@/lib/format';
import { Link } from '../ui/link';
import styles from './footer.module.css';
import { Keys } from './keys';
import { PrintLine } from './print-line';

/** When the data is from, and the way to it for programs. */
export function Footer({ children }: { children: ReactNode }) {
  return (
    <footer className={styles.footer}>
      {children}
      <Link href="/docs/api/" prefetch={false} data-hide="print">
        API
      </Link>
      <Keys />
      <PrintLine />
    </footer>
  );
}

/** "Capacity at 03:06 UTC, audits at 03:05 UTC. Times are UTC." */
export function ReadAt({ readings, now }: { readings: Readings; now: number }) {
  const { inventory, allocations, load, optimizer } = readings;
  const times = [inventory, allocations, load].map(({ as_of: at }) => at).filter((at) => at !== null);
  const capacity = times.length === 0 ? MISSING : formatTime(Math.min(...times), now);
  const audits = formatTime(optimizer.as_of, now);
  return (
    <span>
      {capacity === audits ? `Capacity and audits at ${capacity}` : `Capacity at ${capacity}, audits at ${audits}`}.
      Times are UTC.
    </span>
  );
}
