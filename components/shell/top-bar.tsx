import type { ReactNode } from 'react';
import { Link } from '../ui/link';
import { Bone } from '../ui/skeleton';
import { Logo } from './logo';
import styles from './top-bar.module.css';

type Props = {
  /** The name of the region, once it is known. */
  region: ReactNode;
  pages: ReactNode;
  /** What runs, if anything does. */
  runs: ReactNode;
  finder: ReactNode;
  sources: ReactNode;
  controls: ReactNode;
};

/** Stays in sight: where you are, how the sources are doing and how fresh the page is. */
export function TopBar({ region, pages, runs, finder, sources, controls }: Props) {
  return (
    <header className={styles.top}>
      <div className={styles.inner}>
        <Link href="/" className={styles.brand} prefetch={false}>
          <Logo />
          <span>Watcher Visio</span>
        </Link>
        {region}
        {pages}
        <div className={styles.runs}>{runs}</div>
        <div className={styles.finder}>{finder}</div>
        <div className={styles.sources}>{sources}</div>
        <div className={styles.controls} data-hide="no-script print">
          {controls}
        </div>
      </div>
    </header>
  );
}

/** Follows the name of the product. */
export function RegionName({ name }: { name: string }) {
  if (name === '') return null;
  return (
    <>
      <span className={styles.crumb} aria-hidden="true">
        /
      </span>
      <span className={styles.region} title={`Region ${name}`}>
        <span className="visually-hidden">Region </span>
        {name}
      </span>
    </>
  );
}

export const RegionSkeleton = () => <Bone width={84} />;
