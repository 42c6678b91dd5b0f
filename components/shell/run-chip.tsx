'use client';

import { usePathname } from 'next/navigation';
import type { ListedPlan, PlanProgress } from '@/lib/contract/v1/plan-list';
import { formatCount } from '@/lib/format';
import { runAddress } from '../figures/addresses';
import { ProgressBar } from '../figures/progress-bar';
import { describeLeft, describeWho } from '../figures/started-words';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import styles from './run-chip.module.css';

type Run = { auditId: string; audit: string; planId: string; progress: PlanProgress } & Pick<
  ListedPlan,
  'started' | 'seconds_left'
>;

/** The plan that runs, on every page but its own; several are counted. */
export function RunChip({ running }: { running: Run[] }) {
  const pathname = usePathname();
  const [first, ...others] = running;
  if (!first) return null;
  const address = runAddress(first.auditId, first.planId);
  if (others.length === 0 && pathname.startsWith(address.replace(/\/$/, ''))) return null;
  const { done, actions } = first.progress;
  const more = detailsOf(first);
  return (
    <Link
      className={styles.chip}
      href={others.length === 0 ? address : '/plans'}
      prefetch={false}
      title={others.length === 0 ? [first.audit, ...more].join('\n') : undefined}
      data-hide="print"
    >
      <Icon name="half" tone="accent" />
      <span className={styles.short} aria-hidden="true">
        {formatCount(running.length)}
      </span>
      {others.length === 0 ? (
        <>
          <span className={styles.words}>
            <span className="visually-hidden">{first.audit}: </span>
            {formatCount(done)} of {formatCount(actions)} done
            <span className="visually-hidden">{more.map((part) => `, ${part}`)}</span>
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

/** Who started it and why, and how long it still takes, as far as that is known. */
function detailsOf({ started, seconds_left: left }: Run): string[] {
  const isKnown = started !== null && started.by !== 'unknown';
  return [
    isKnown ? `started ${started.by === 'here' ? 'by ' : ''}${describeWho(started)}` : null,
    describeLeft({ seconds_left: left }),
  ].filter((part) => part !== null);
}
