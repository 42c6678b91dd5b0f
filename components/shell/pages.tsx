'use client';

import { usePathname } from 'next/navigation';
import { formatCount } from '@/lib/format';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { Popover } from '../ui/popover';
import styles from './pages.module.css';

type Page = { name: string; href: string; below: RegExp };

const PAGES: Page[] = [
  { name: 'Overview', href: '/', below: /^\/$/ },
  { name: 'Plans', href: '/plans', below: /^\/(plans|audits|compare)(\/|$)/ },
  { name: 'Hosts', href: '/hosts', below: /^\/hosts(\/|$)/ },
];

/** Below 1140 px these are in a menu. */
const MORE: Page[] = [
  { name: 'VMs', href: '/vms', below: /^\/vms(\/|$)/ },
  { name: 'Capacity', href: '/capacity', below: /^\/capacity(\/|$)/ },
  { name: 'Activity', href: '/activity', below: /^\/activity(\/|$)/ },
];

/** Never in the bar; on phones in the menu, where the sources are an icon only. */
const DOCTOR: Page = { name: 'Doctor', href: '/doctor', below: /^\/doctor(\/|$)/ };

/** The pages; the current one is marked. @param waiting plans that wait for a decision, null if unknown */
export function Pages({ waiting }: { waiting: number | null }) {
  const pathname = usePathname();
  const link = ({ name, href, below }: Page, place?: 'wide') => (
    <Link
      key={href}
      href={href}
      prefetch={false}
      className={styles.page}
      data-shown={place}
      aria-current={below.test(pathname) ? 'page' : undefined}
    >
      {name}
      {name === 'Plans' ? <Waiting count={waiting} /> : null}
    </Link>
  );
  return (
    <nav className={styles.pages} aria-label="Main" data-hide="print">
      {PAGES.map((page) => link(page))}
      {MORE.map((page) => link(page, 'wide'))}
      <More pathname={pathname} />
    </nav>
  );
}

/** The pages that a narrow bar has no room for. */
function More({ pathname }: { pathname: string }) {
  const hasCurrent = [...MORE, DOCTOR].some(({ below }) => below.test(pathname));
  return (
    <span className={styles.more} data-hide="no-script">
      <Popover
        label="More pages"
        trigger={(props) => (
          <button type="button" {...props} className={styles.page} data-current={hasCurrent || undefined}>
            More
            <Icon name="down" size={12} />
          </button>
        )}
      >
        {(close) => (
          <ul className={styles.list}>
            {[...MORE, DOCTOR].map(({ name, href, below }) => (
              <li key={href} data-shown={href === DOCTOR.href ? 'phone' : undefined}>
                <Link
                  href={href}
                  prefetch={false}
                  className={styles.item}
                  aria-current={below.test(pathname) ? 'page' : undefined}
                  onClick={close}
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Popover>
    </span>
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
