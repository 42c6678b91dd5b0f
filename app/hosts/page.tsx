import type { Metadata } from 'next';
import { PAGE_SIZE, type Query, readHostsChoice } from '@/components/hosts/choice';
import { HostsHead } from '@/components/hosts/hosts-head';
import { HostsPanel } from '@/components/hosts/hosts-panel';
import { HostsSkeleton } from '@/components/hosts/skeletons';
import { Notice } from '@/components/ui/notice';
import { regionOfRequest } from '@/lib/dashboard/process/region';
import { readHosts } from '@/lib/dashboard/views/hosts';
import { dashboardSettings } from '@/lib/dashboard/views/settings';
import { Awaiting } from '../awaiting';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Hosts' };

type Props = { searchParams: Promise<Query> };

export default async function HostsPage({ searchParams }: Props) {
  const choice = readHostsChoice(await searchParams);
  const { limits } = dashboardSettings();
  const query = { ...choice, limit: PAGE_SIZE, offset: (choice.page - 1) * PAGE_SIZE };
  return (
    <Awaiting
      path="/hosts"
      view={readHosts(regionOfRequest(), query, choice.audit)}
      fallback={<HostsSkeleton />}
      heading={<HostsHead region={null} />}
    >
      {({ hosts, region, plans, gone }, now) => (
        <>
          <HostsHead region={region} out={choice.show === 'out-of-service' ? hosts.counts : null} />
          {gone ? (
            <Notice tone="warn" role="status">
              That audit no longer exists. Figures after the plan are for the newest one.
            </Notice>
          ) : null}
          <HostsPanel data={hosts} choice={choice} plans={plans} limits={limits} now={now} />
        </>
      )}
    </Awaiting>
  );
}
