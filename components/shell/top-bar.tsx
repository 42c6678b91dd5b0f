import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from './logo';
import { Pages } from './pages';
import styles from './shell.module.css';

type Props = {
  /** The name of the region, when it is known. */
  region: ReactNode;
  sources: ReactNode;
  controls: ReactNode;
};

/** Stays in sight: where one is, how the sources are doing, and how fresh the page is. */
export function TopBar({ region, sources, controls }: Props) {
  return (
    <header className={styles.top}>
      <div className={styles.inner}>
        <Link href="/" className={styles.brand} prefetch={false}>
          <Logo />
          <span>Watcher Visio</span>
        </Link>
        {region}
        <Pages />
        <span className={styles.space} />
        <div className={styles.sources}>{sources}</div>
        <span className={styles.rule} />
        <div className={styles.controls}>{controls}</div>
      </div>
    </header>
  );
}

/** The region, after the product's name. */
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

export function RegionSkeleton() {
  return <span className={styles.regionSkeleton} />;
}
