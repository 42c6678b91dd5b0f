import type { Metadata } from 'next';
import { PAGE_SIZE, type Query, readVmsChoice } from '@/components/vms/choice';
import { VmsSkeleton } from '@/components/vms/skeletons';
import { VmsHead } from '@/components/vms/vms-head';
import { VmsPanel } from '@/components/vms/vms-panel';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readVms } from '@/lib/dashboard/views/vms';
import { Awaiting } from '../awaiting';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'VMs' };

export default async function VmsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const choice = readVmsChoice(await searchParams);
  const query = { ...choice, limit: PAGE_SIZE, offset: (choice.page - 1) * PAGE_SIZE };
  return (
    <Awaiting
      path="/vms"
      view={readVms(regionOfPage(), query)}
      fallback={<VmsSkeleton />}
      heading={<VmsHead vms={null} />}
    >
      {(vms) => (
        <>
          <VmsHead vms={vms} />
          <VmsPanel data={vms} choice={choice} />
        </>
      )}
    </Awaiting>
  );
}
