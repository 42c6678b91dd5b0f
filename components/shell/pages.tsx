'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { formatCount } from '@/lib/format';
import styles from './pages.module.css';

const PAGES = [
  { name: 'Overview', href: '/', below: /^\/$/ },
  { name: 'Plans', href: '/plans', below: /^\/(plans|audits|compare)(\/|$)/ },
  { name: 'Hosts', href: '/hosts', below: /^\/hosts(\/|$)/ },
  { name: 'Activity', href: '/activity', below: /^\/activity(\/|$)/ },
];

/** The pages; the current one is marked. @param waiting plans that wait for a decision, null if unknown */
export function Pages({ waiting }: { waiting: number | null }) {
  const pathname = usePathname();
  return (
    <nav className={styles.pages} aria-label="Main" data-hide="print">
      {PAGES.map(({ name, href, below }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          className={styles.page}
          aria-current={below.test(pathname) ? 'page' : undefined}
        >
          {name}
          {name === 'Plans' ? <Waiting count={waiting} /> : null}
        </Link>
      ))}
    </nav>
  );
}

/** Keeps its place while the number is unknown, so that nothing moves when it comes. */
function Waiting({ count }: { count: number | null }) {
  const isShown = count !== null && count > 0;
  return (
    <span className={styles.count} data-shown={isShown || undefined}>
      {isShown ? (
        <>
          {formatCount(count)}
          <span className="visually-hidden"> wait for a decision</span>
        </>
      ) : null}
    </span>
  );
}
