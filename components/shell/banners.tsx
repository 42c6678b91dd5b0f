import type { Readings } from '@/lib/contract/v1/readings';
import { formatAge } from '@/lib/format';
import { Banner, BannerDetail } from './banner';
import { NextTry, RetryButton } from './retry';
import { ageOfOld, listTroubles } from './trouble';

type Props = {
  readings: Readings;
  now: number;
  ttlMs: number;
};

/** One banner for all failing sources, with a line for each, or one for data that is old without an error. */
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
              <BannerDetail>
                Last error: <code>{error}</code>
              </BannerDetail>
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

/** @param acts whether people may act here, which changes nothing real */
export function MockBanner({ acts }: { acts: boolean }) {
  return (
    <Banner tone="mock">
      <p>
        <strong>Mock data.</strong> These figures are generated, not read from a cluster.
        {acts ? ' Plans can be started: that is simulated, too, and changes nothing real.' : null}
      </p>
    </Banner>
  );
}
