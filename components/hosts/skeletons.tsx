import { ListSkeleton, PlaceSkeleton } from '../ui/list-skeleton';
import { PageHead } from '../ui/page';
import { PAGE_SIZE } from './choice';
import { BackToHosts } from './host-head';
import { HostsHead } from './hosts-head';

/** The page of hosts while it loads. */
export function HostsSkeleton() {
  return (
    <>
      <HostsHead region={null} />
      <ListSkeleton label="Hosts" rows={PAGE_SIZE} bar={6} />
    </>
  );
}

export function HostSkeleton({ name }: { name: string }) {
  return (
    <>
      <PageHead title={name} mono ways={<BackToHosts />} />
      <PlaceSkeleton label="Figures" size="s" />
      <PlaceSkeleton label="Load" size="m" />
      <PlaceSkeleton label="VMs" size="l" />
    </>
  );
}
