import { ListSkeleton, PlaceSkeleton } from '../ui/list-skeleton';
import { PageHead } from '../ui/page';
import { PAGE_SIZE } from './choice';
import { BackToVms } from './vm-head';
import { VmsHead } from './vms-head';

/** The list of VMs while it loads. */
export function VmsSkeleton() {
  return (
    <>
      <VmsHead vms={null} />
      <ListSkeleton label="VMs" rows={PAGE_SIZE} />
    </>
  );
}

export function VmSkeleton({ id }: { id: string }) {
  return (
    <>
      <PageHead title={id} mono ways={<BackToVms />} />
      <PlaceSkeleton label="Figures" size="l" />
    </>
  );
}
