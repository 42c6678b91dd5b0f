import type { Readings } from '@/lib/contract/v1/readings';
import { formatAge } from '@/lib/format';
import { Banner } from './banner';
import styles from './banner.module.css';
import { NextTry, RetryButton } from './retry';
import { ageOfOld, listTroubles } from './trouble';

type Props = {
  readings: Readings;
  now: number;
  ttlMs: number;
};

/** One banner for all sources that fail, a line for each; one for data that is old without an error. */
export function Banners({ readings, now, ttlMs }: Props) {
  const troubles = listTroubles(readings, now);
  const old = ageOfOld(readings, now, ttlMs);
  return (
    <>
      {troubles.length > 0 ? (
        <Banner tone="error" role="alert" action={<RetryButton />}>
          {troubles.map(({ source, headline, consequence, error }) => (
            <p key={source}>
              <strong>{headline}</strong> {consequence}{' '}
              <span className={styles.quiet}>
                Last error: <span className={styles.error}>{error}</span>
              </span>
            </p>
          ))}
          <NextTry />
        </Banner>
      ) : null}
      {troubles.length === 0 && old !== null ? (
        <Banner tone="warn" role="status" action={<RetryButton />}>
          <p>
            <strong>Data is {formatAge(old)} old.</strong> Refreshing.
          </p>
        </Banner>
      ) : null}
    </>
  );
}

export function MockBanner() {
  return (
    <Banner tone="mock">
      <p>
        <strong>Mock data.</strong> These figures are generated, not read from a cluster.
      </p>
    </Banner>
  );
}
