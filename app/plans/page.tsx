import type { Metadata } from 'next';
import { Freshness } from '@/components/figures/freshness';
import { CarefulPanel } from '@/components/plans/careful-panel';
import { PAGE_SIZE, type Query, readPlansChoice } from '@/components/plans/choice';
import { DonePanel } from '@/components/plans/done-panel';
import { NothingWaits } from '@/components/plans/nothing-waits';
import { PlansHead } from '@/components/plans/plans-head';
import { PlansPanel } from '@/components/plans/plans-panel';
import { PlansTabs } from '@/components/plans/plans-tabs';
import { RunningPanel } from '@/components/plans/running-panel';
import { PlansSkeleton } from '@/components/plans/skeleton';
import { PageHead } from '@/components/ui/page';
import { listCarefulRuns } from '@/lib/dashboard/careful/view-careful';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readPlansPage } from '@/lib/dashboard/views/plans-page';
import { Awaiting } from '../awaiting';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Plans' };

type Props = { searchParams: Promise<Query> };

export default async function PlansPage({ searchParams }: Props) {
  const choice = readPlansChoice(await searchParams);
  const region = regionOfPage();
  const { runs } = await listCarefulRuns(region);
  const query = { ...choice, limit: PAGE_SIZE, offset: (choice.page - 1) * PAGE_SIZE };
  return (
    <Awaiting
      path="/plans"
      view={readPlansPage(region, query)}
      fallback={<PlansSkeleton />}
      heading={<PageHead title="Plans" />}
    >
      {({ list, counts, best, running, done, unchanged, audits }, now) => (
        <>
          <PlansHead counts={counts} groups={list.groups} best={best} />
          <PlansTabs current="plans" waiting={counts.waiting} audits={audits} />
          {choice.show === 'waiting' ? <CarefulPanel runs={runs} now={now} /> : null}
          {choice.show === 'waiting' && running.length > 0 ? (
            <RunningPanel plans={running} appliers={list.appliers} now={now} />
          ) : null}
          {choice.show === 'waiting' && counts.waiting === 0 ? (
            <NothingWaits last={unchanged} audits={audits} now={now} />
          ) : null}
          {audits === 0 ? null : <PlansPanel list={list} choice={choice} now={now} />}
          {choice.show === 'waiting' && done.length > 0 ? (
            <DonePanel plans={done} total={counts.done} now={now} />
          ) : null}
          <Freshness what="Plans" reading={list.readings.optimizer} now={now} />
        </>
      )}
    </Awaiting>
  );
}
