import type { Metadata } from 'next';
import { type HostsChoice, PAGE_SIZE, type Query, readHostsChoice } from '@/components/hosts/choice';
import { HostsHead } from '@/components/hosts/hosts-head';
import { HostsPanel } from '@/components/hosts/hosts-panel';
import { OutMorePanels } from '@/components/hosts/out-more';
import { HostsSkeleton } from '@/components/hosts/skeletons';
import { Notice } from '@/components/ui/notice';
import { readOutMore } from '@/lib/dashboard/acts/out-more';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { type HostsQuery, readHosts } from '@/lib/dashboard/views/hosts';
import { dashboardSettings } from '@/lib/dashboard/views/settings';
import { Awaiting } from '../awaiting';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Hosts' };

type Props = { searchParams: Promise<Query> };

async function readPage(query: HostsQuery, { audit, show }: HostsChoice) {
  const region = regionOfPage();
  const [view, more] = await Promise.all([
    readHosts(region, query, audit),
    show === 'out-of-service' ? readOutMore(region) : null,
  ]);
  return view.ok ? { ...view, data: { ...view.data, more } } : view;
}

export default async function HostsPage({ searchParams }: Props) {
  const choice = readHostsChoice(await searchParams);
  const { limits } = dashboardSettings();
  const query = { ...choice, limit: PAGE_SIZE, offset: (choice.page - 1) * PAGE_SIZE };
  return (
    <Awaiting
      path="/hosts"
      view={readPage(query, choice)}
      fallback={<HostsSkeleton />}
      heading={<HostsHead region={null} />}
    >
      {({ hosts, region, plans, gone, more }, now) => (
        <>
          <HostsHead region={region} out={choice.show === 'out-of-service' ? hosts.counts : null} />
          {gone ? (
            <Notice tone="warn" role="status">
              That audit no longer exists. Figures after the plan are for the newest one.
            </Notice>
          ) : null}
          <HostsPanel data={hosts} choice={choice} plans={plans} limits={limits} now={now} />
          {more === null ? null : <OutMorePanels more={more} now={now} />}
        </>
      )}
    </Awaiting>
  );
}
