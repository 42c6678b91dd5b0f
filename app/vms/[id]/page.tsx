import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Columns, PageHead } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { VmSkeleton } from '@/components/vms/skeletons';
import { VmFigures } from '@/components/vms/vm-figures';
import { VmHead } from '@/components/vms/vm-head';
import { VmMarks } from '@/components/vms/vm-marks';
import { VmMoves } from '@/components/vms/vm-moves';
import { VmPast } from '@/components/vms/vm-past';
import { VmPlaces } from '@/components/vms/vm-places';
import { VmPlans } from '@/components/vms/vm-plans';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { withinOrNull } from '@/lib/dashboard/process/waiting';
import { readVm } from '@/lib/dashboard/views/vms';
import { decodedParameter } from '@/lib/format';
import { Awaiting, PATIENCE_MS } from '../../awaiting';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'VM' };

type Props = { params: Promise<{ id: string }> };

export default async function VmPage({ params }: Props) {
  const id = decodedParameter((await params).id);
  const view = readVm(regionOfPage(), id).then((found) => found ?? 'gone');
  // Except in the first seconds of the server this is known in time to answer with status 404.
  if ((await withinOrNull(view, PATIENCE_MS)) === 'gone') notFound();
  return (
    <Awaiting
      path={`/vms/${encodeURIComponent(id)}`}
      view={view.then((found) => (found === 'gone' ? notFound() : found))}
      fallback={<VmSkeleton id={id} />}
      heading={<PageHead title={id} mono />}
    >
      {(detail, now) => (
        <>
          <VmHead detail={detail} now={now} />
          <Panel label="Figures">
            <VmFigures detail={detail} />
          </Panel>
          <VmPlaces name={detail.vm.name} places={detail.places} now={now} />
          <VmPast name={detail.vm.name} past={detail.past} />
          <Columns>
            <VmPlans vm={detail.vm} />
            <VmMarks vm={detail.vm} />
          </Columns>
          <VmMoves
            name={detail.vm.name}
            moves={detail.moves}
            moves_reason={detail.moves_reason}
            plans_since={detail.plans_since}
            now={now}
          />
        </>
      )}
    </Awaiting>
  );
}
