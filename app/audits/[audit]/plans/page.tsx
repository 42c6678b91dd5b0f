import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Freshness } from '@/components/figures/freshness';
import { PlanList } from '@/components/review/plan-list';
import { PageHead } from '@/components/ui/page';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readAuditPlans } from '@/lib/dashboard/views/review';
import { decodedParameter } from '@/lib/format';
import { ProblemNotice } from '../../../problem-notice';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Plans' };

type Props = { params: Promise<{ audit: string }> };

export default async function PlansPage({ params }: Props) {
  const view = await readAuditPlans(regionOfPage(), decodedParameter((await params).audit));
  if (view === null) notFound();
  const now = Date.now();
  if (!view.ok) {
    return (
      <>
        <PageHead title="Plans" />
        <ProblemNotice problem={view.problem} />
      </>
    );
  }
  return (
    <>
      <PlanList data={view.data} now={now} />
      <Freshness what="Audits" reading={view.data.readings.optimizer} now={now} />
    </>
  );
}
