import type { Metadata } from 'next';
import { CapacityHead } from '@/components/capacity/capacity-head';
import { type Query, readPlace, readSize, toQuery } from '@/components/capacity/choice';
import { DaysToFull } from '@/components/capacity/days-to-full';
import { FailurePanel } from '@/components/capacity/failure-panel';
import { SizeForm } from '@/components/capacity/size-form';
import { CapacitySkeleton } from '@/components/capacity/skeleton';
import { SlotsBoard } from '@/components/capacity/slots-board';
import { Freshness } from '@/components/figures/freshness';
import { Columns, PageHead } from '@/components/ui/page';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readCapacityPage } from '@/lib/dashboard/views/host-failures';
import { Awaiting } from '../awaiting';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Capacity' };

type Props = { searchParams: Promise<Query> };

export default async function CapacityPage({ searchParams }: Props) {
  const query = await searchParams;
  const [size, place] = [readSize(query), readPlace(query)];
  return (
    <Awaiting
      path="/capacity"
      view={readCapacityPage(regionOfPage(), { ...toQuery(size, place), k: place.k })}
      fallback={<CapacitySkeleton />}
      heading={<PageHead title="Capacity" />}
    >
      {({ capacity, failures, forecasts, zones, aggregates }, now) => (
        <>
          <CapacityHead capacity={capacity} failures={failures} forecasts={forecasts.forecasts} place={place} />
          <SlotsBoard capacity={capacity} choice={{ place, size, zones, aggregates }} />
          <SizeForm size={size} place={place} />
          <Columns wide="second">
            <FailurePanel failures={failures} size={size} place={place} />
            <DaysToFull forecasts={forecasts.forecasts} reason={forecasts.reason} />
          </Columns>
          <Freshness what="Hosts and VMs" reading={capacity.readings.inventory} now={now} />
          <Freshness what="Allocations" reading={capacity.readings.allocations} now={now} />
        </>
      )}
    </Awaiting>
  );
}
