'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { PlanProgress } from '@/lib/contract/v1/plan-list';
import { formatCount } from '@/lib/format';
import { runAddress } from '../figures/addresses';
import { ProgressBar } from '../figures/progress-bar';
import { Icon } from '../ui/icon';
import styles from './run-chip.module.css';

type Run = { auditId: string; audit: string; planId: string; progress: PlanProgress };

/** The plan that runs, on every page but its own; several are counted. */
export function RunChip({ running }: { running: Run[] }) {
  const pathname = usePathname();
  const [first, ...others] = running;
  if (!first) return null;
  const address = runAddress(first.auditId, first.planId);
  if (others.length === 0 && pathname.startsWith(address.replace(/\/$/, ''))) return null;
  const { done, actions } = first.progress;
  return (
    <Link className={styles.chip} href={others.length === 0 ? address : '/plans'} prefetch={false} data-hide="print">
      <Icon name="half" tone="accent" />
      <span className={styles.short} aria-hidden="true">
        {formatCount(running.length)}
      </span>
      {others.length === 0 ? (
        <>
          <span className={styles.words}>
            <span className="visually-hidden">{first.audit}: </span>
            {formatCount(done)} of {formatCount(actions)} done
          </span>
          <span className={styles.bar}>
            <ProgressBar done={done} of={actions} />
          </span>
        </>
      ) : (
        <span className={styles.words}>{formatCount(running.length)} plans run</span>
      )}
    </Link>
  );
}
