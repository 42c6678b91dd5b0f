import { formatCount } from '@/lib/format';
import { Link } from '../ui/link';
import styles from './plans-tabs.module.css';

type Props = {
  current: 'plans' | 'repeating' | 'audits';
  /** Plans that wait; null if unknown. */
  waiting: number | null;
  audits: number | null;
};

/** The pages about plans. */
export function PlansTabs({ current, waiting, audits }: Props) {
  const tabs = [
    { id: 'plans', name: 'Plans', href: '/plans', count: waiting === null ? null : `${formatCount(waiting)} wait` },
    { id: 'repeating', name: 'Repeating audits', href: '/plans/repeating', count: null },
    { id: 'audits', name: 'All audits', href: '/plans/audits', count: audits === null ? null : formatCount(audits) },
  ];
  return (
    <nav className={styles.tabs} aria-label="Plans" data-hide="print">
      {tabs.map(({ id, name, href, count }) => (
        <Link
          key={id}
          className={styles.tab}
          href={href}
          prefetch={false}
          aria-current={id === current ? 'page' : undefined}
        >
          {name}
          {count === null ? null : <span className={styles.count}>{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
