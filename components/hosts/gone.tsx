'use client';

import { useParams } from 'next/navigation';
import { ButtonLink } from '../ui/button';
import { hostsAddress, USUAL } from './choice';
import styles from './hosts.module.css';

/** A host that Nova does not know, or no longer. */
export function Gone() {
  const { host } = useParams<{ host?: string }>();
  const name = decodeURIComponent(host ?? '');
  return (
    <>
      <h1 className={styles.title}>Host not found</h1>
      <section className={styles.panel} aria-label="Host not found">
        <div className={styles.nothing}>
          <p>
            Nova knows no compute host called <span className={styles.gone}>{name}</span>. It may have left the cluster
            since the link was made.
          </p>
          <span className={styles.pages}>
            <ButtonLink href={hostsAddress({ ...USUAL, q: name.slice(0, 100) })}>Search for it</ButtonLink>
            <ButtonLink href={hostsAddress(USUAL)}>All hosts</ButtonLink>
          </span>
        </div>
      </section>
    </>
  );
}
