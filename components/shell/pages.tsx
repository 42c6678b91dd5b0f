'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import styles from './pages.module.css';

const PAGES = [
  { name: 'Overview', href: '/', below: /^\/(audits\/.*)?$/ },
  { name: 'Hosts', href: '/hosts', below: /^\/hosts(\/|$)/ },
  { name: 'Doctor', href: '/doctor', below: /^\/doctor(\/|$)/ },
];

/** The pages; the current one is marked. */
export function Pages() {
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
        </Link>
      ))}
    </nav>
  );
}
