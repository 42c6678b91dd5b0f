import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { PlaceLine } from '@/components/figures/place-line';
import { Settle } from '@/components/live/settle';
import type { Answers } from '@/components/widgets/widget';
import { readMayAct } from '@/lib/dashboard/acts/permission';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { withinOrNull } from '@/lib/dashboard/process/waiting';
import { readRoom } from '@/lib/dashboard/views/capacity';
import { readHostMap } from '@/lib/dashboard/views/host-map';
import { readNews } from '@/lib/dashboard/views/news';
import { readPhysical, readVirtual } from '@/lib/dashboard/views/overview';
import { readProposal } from '@/lib/dashboard/views/proposal';
import { dashboardSettings } from '@/lib/dashboard/views/settings';
import { readSources } from '@/lib/dashboard/views/state';
import { PATIENCE_MS } from './awaiting';
import { InParts } from './in-parts';
import { isRefresh } from './is-refresh';
import { OverviewPlaces } from './overview-places';

export const dynamic = 'force-dynamic';

type Query = Record<string, string | string[] | undefined>;
type Props = { searchParams: Promise<Query> };

export default async function Overview({ searchParams }: Props) {
  const query = await searchParams;
  if (query.audit !== undefined) redirect(`/plans/audits/?${new URLSearchParams(flat(query))}`);
  const { limits } = dashboardSettings();
  const region = regionOfPage();
  const place = { zone: textIn(query.zone), aggregate: textIn(query.aggregate) };
  const answers: Answers = {
    virtual: readVirtual(region, place),
    physical: readPhysical(region, place),
    hosts: readHostMap(region, place),
    proposal: readProposal(region, () => readMayAct(region)),
    news: readNews(region),
    sources: readSources(region),
    room: readRoom(region, place),
  };
  const refreshing = await isRefresh('/');
  const all = Promise.allSettled(Object.values(answers));
  // Cached data is rendered at once; so is everything where the address asks for it because there is no JavaScript.
  const whole = query.plain !== undefined || refreshing || (await withinOrNull(all, PATIENCE_MS)) !== null;
  return (
    <>
      {whole ? null : <InParts whole="/?plain=1" />}
      <PlaceLine {...place} />
      <OverviewPlaces answers={answers} limits={limits} whole={whole} />
      {whole ? null : (
        <Suspense>
          <Settled all={all} />
        </Suspense>
      )}
    </>
  );
}

const textIn = (given: Query[string]): string | undefined =>
  typeof given === 'string' && given !== '' ? given : undefined;

async function Settled({ all }: { all: Promise<unknown> }) {
  await all;
  return <Settle />;
}

/** Audits were part of this page once, so links and bookmarks name one here. */
const flat = (query: Query): [string, string][] =>
  Object.entries(query).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one]));
