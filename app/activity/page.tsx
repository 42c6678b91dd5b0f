import type { Metadata } from 'next';
import { Journal } from '@/components/activity/journal';
import { KeptPromises } from '@/components/activity/kept-promises';
import { MovesPanel } from '@/components/activity/moves-panel';
import { ActivitySkeleton } from '@/components/activity/skeleton';
import { Timeline } from '@/components/activity/timeline';
import { PageHead } from '@/components/ui/page';
import { Quiet } from '@/components/ui/values';
import { ACTIVITY_HOURS } from '@/lib/contract/choices';
import { viewJournal } from '@/lib/dashboard/acts/entries';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readActivityPage } from '@/lib/dashboard/views/activity';
import { Awaiting } from '../awaiting';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Activity' };

type Parameter = string | string[] | undefined;
type Props = { searchParams: Promise<{ q?: Parameter; after?: Parameter; hours?: Parameter }> };

const PAGE = 50;

export default async function ActivityPage({ searchParams }: Props) {
  const { q, after, hours } = await searchParams;
  const text = typeof q === 'string' ? q : '';
  const wanted = ACTIVITY_HOURS.find((one) => one === hours) ?? '24';
  const journal = await viewJournal(regionOfPage(), {
    q: text,
    after: typeof after === 'string' ? after : undefined,
    limit: PAGE,
  });
  const acts = <Journal journal={journal} q={text} hours={wanted} now={Date.now()} />;
  return (
    <Awaiting
      path="/activity"
      view={readActivityPage(regionOfPage(), { hours: wanted, q: text })}
      fallback={<ActivitySkeleton />}
      heading={
        <>
          <PageHead title="Activity" />
          {acts}
        </>
      }
    >
      {({ activity, deliveries }, now) => (
        <>
          <PageHead title={activity.title}>
            <Quiet>
              Moves from Nova’s record, no matter who asked for them; acts from here, with their reasons, below.
            </Quiet>
          </PageHead>
          <Timeline activity={activity} hours={wanted} q={text} />
          {acts}
          <MovesPanel
            moves={activity.moves}
            plans_since={activity.plans_since}
            csv={`/moves.csv?${new URLSearchParams({ hours: wanted, ...(text && { q: text }) })}`}
            now={now}
          />
          <KeptPromises rates={deliveries.rates} />
        </>
      )}
    </Awaiting>
  );
}
