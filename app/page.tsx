import Link from 'next/link';
import { Suspense } from 'react';
import { Settle } from '@/components/live/settle';
import { Notice } from '@/components/ui/notice';
import type { Answers } from '@/components/widgets/widget';
import { regionOfRequest } from '@/lib/dashboard/process/region';
import { withinOrNull } from '@/lib/dashboard/process/waiting';
import { readHostMap } from '@/lib/dashboard/views/host-map';
import { readPhysical, readVirtual } from '@/lib/dashboard/views/overview';
import { readProposal } from '@/lib/dashboard/views/proposal';
import { dashboardSettings } from '@/lib/dashboard/views/settings';
import { readSources } from '@/lib/dashboard/views/state';
import { AuditsSlot, readAudits } from './audits-slot';
import { isRefresh } from './is-refresh';
import { OverviewPlaces } from './overview-places';

export const dynamic = 'force-dynamic';

/** Longer than cached data takes, shorter than anyone notices. */
const PATIENCE_MS = 100;

type Query = Record<string, string | string[] | undefined>;
type Props = { searchParams: Promise<Query> };

export default async function Overview({ searchParams }: Props) {
  const query = await searchParams;
  const wanted = single(query.audit);
  const { limits } = dashboardSettings();
  const region = regionOfRequest();
  const answers: Answers = {
    virtual: readVirtual(region),
    physical: readPhysical(region),
    hosts: readHostMap(region, wanted),
    proposal: readProposal(region),
    sources: readSources(region),
  };
  const refreshing = await isRefresh('/');
  const audits = readAudits(wanted, refreshing);
  const all = Promise.allSettled([...Object.values(answers), audits]);
  // Cached data is rendered at once; so is everything where the address asks for it because there is no JavaScript.
  const whole = query.plain !== undefined || refreshing || (await withinOrNull(all, PATIENCE_MS)) !== null;
  return (
    <>
      {whole ? null : (
        <noscript>
          <Notice tone="warn">
            This page loads in parts, which needs JavaScript.{' '}
            <Link href={plainAddress(wanted)}>Show it all at once</Link>
          </Notice>
        </noscript>
      )}
      <OverviewPlaces answers={answers} limits={limits} whole={whole} />
      <AuditsSlot read={audits} whole={whole} />
      {whole ? null : (
        <Suspense>
          <Settled all={all} />
        </Suspense>
      )}
    </>
  );
}

async function Settled({ all }: { all: Promise<unknown> }) {
  await all;
  return <Settle />;
}

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

const plainAddress = (audit: string | undefined): string =>
  audit === undefined ? '/?plain=1' : `/?audit=${encodeURIComponent(audit)}&plain=1`;
