import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Settle } from '@/components/live/settle';
import { PlansTabs } from '@/components/plans/plans-tabs';
import { PageHead } from '@/components/ui/page';
import { withinOrNull } from '@/lib/dashboard/process/waiting';
import { type AuditsRead, AuditsSlot, readAudits } from '../../audits-slot';
import { PATIENCE_MS } from '../../awaiting';
import { InParts } from '../../in-parts';
import { isRefresh } from '../../is-refresh';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'All audits' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Every audit with its settings, plans and moves. The address names the one that is selected. */
export default async function AuditsPage({ searchParams }: Props) {
  const { audit, plain } = await searchParams;
  const wanted = Array.isArray(audit) ? audit[0] : audit;
  const refreshing = await isRefresh('/plans/audits');
  const audits = readAudits(wanted, refreshing ? 'never' : plain === undefined ? 'small' : 'always');
  const known = await withinOrNull(audits, PATIENCE_MS);
  const whole = plain !== undefined || refreshing || known !== null;
  return (
    <>
      <PageHead title="All audits" />
      {whole && !known?.leftOut ? null : (
        <InParts whole={`/plans/audits/?${new URLSearchParams({ ...(wanted && { audit: wanted }), plain: '1' })}`} />
      )}
      <PlansTabs current="audits" waiting={null} audits={known?.list.ok ? known.list.data.total : null} />
      <AuditsSlot read={audits} whole={whole} />
      {whole ? null : (
        <Suspense>
          <Settled read={audits} />
        </Suspense>
      )}
    </>
  );
}

async function Settled({ read }: { read: Promise<AuditsRead> }) {
  await read;
  return <Settle />;
}
