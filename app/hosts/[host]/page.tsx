import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { type HostChoice, type Query, readHostChoice } from '@/components/hosts/choice';
import { HostFigures } from '@/components/hosts/host-figures';
import { HostHead } from '@/components/hosts/host-head';
import { HostHistory } from '@/components/hosts/host-history';
import { HostMoves } from '@/components/hosts/host-moves';
import { HostPlan } from '@/components/hosts/host-plan';
import { HostServers } from '@/components/hosts/host-servers';
import { HostSkeleton } from '@/components/hosts/skeletons';
import { Fold } from '@/components/ui/fold';
import { Notice } from '@/components/ui/notice';
import { Columns, PageHead } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { withinOrNull } from '@/lib/dashboard/process/waiting';
import { type HostPage, readHost, readHostHistory } from '@/lib/dashboard/views/hosts';
import { dashboardSettings } from '@/lib/dashboard/views/settings';
import { decodedParameter } from '@/lib/format';
import { Awaiting, PATIENCE_MS } from '../../awaiting';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ host: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodedParameter((await params).host) };
}

export default async function Page({ params, searchParams }: Props) {
  const name = decodedParameter((await params).host);
  const choice = readHostChoice(await searchParams);
  const host = readHost(regionOfPage(), name, choice.audit);
  // Except in the first seconds of the server this is known in time to answer with status 404.
  if (
    (await withinOrNull(
      host.then((view) => view ?? 'gone'),
      PATIENCE_MS,
    )) === 'gone'
  )
    notFound();
  return (
    <Awaiting
      path={`/hosts/${encodeURIComponent(name)}`}
      view={host.then((view) => view ?? notFound())}
      fallback={<HostSkeleton name={name} />}
      heading={<PageHead title={name} mono />}
    >
      {(page, now) => <Host page={page} choice={choice} now={now} />}
    </Awaiting>
  );
}

function Host({ page: { detail, plans, gone }, choice, now }: { page: HostPage; choice: HostChoice; now: number }) {
  const { host, plan, leaving, arriving, servers, vm_use: use, move_history: history } = detail;
  const { limits } = dashboardSettings();
  return (
    <>
      <HostHead host={host} now={now} />
      {gone ? (
        <Notice tone="warn" role="status">
          That audit no longer exists. Figures after the plan are for the newest one.
        </Notice>
      ) : null}
      <Panel label="Now and after the plan">
        <HostFigures host={host} limits={limits} />
        <HostPlan name={host.name} choice={choice} plan={plan} plans={plans} now={now} />
      </Panel>
      <Fold />
      <Suspense
        fallback={
          <HostHistory name={host.name} choice={choice} history={null} problem={null} limits={limits} now={now} />
        }
      >
        <History name={host.name} choice={choice} />
      </Suspense>
      <Columns>
        <HostMoves way="leaving" moves={leaving} plan={plan} audit={choice.audit} />
        <HostMoves way="arriving" moves={arriving} plan={plan} audit={choice.audit} />
      </Columns>
      <HostServers servers={servers} vm_use={use} leaving={leaving} move_history={history} />
    </>
  );
}

async function History({ name, choice }: { name: string; choice: HostChoice }) {
  const view = await readHostHistory(regionOfPage(), name, choice.range);
  return (
    <HostHistory
      name={name}
      choice={choice}
      history={view?.ok ? view.data : null}
      problem={view === null || view.ok ? null : view.problem.message}
      limits={dashboardSettings().limits}
      now={Date.now()}
    />
  );
}
