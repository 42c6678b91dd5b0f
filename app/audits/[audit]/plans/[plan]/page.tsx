import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Freshness } from '@/components/figures/freshness';
import { PlanHeading } from '@/components/review/plan-heading';
import { ReviewBoard } from '@/components/review/review-board';
import { PageHead } from '@/components/ui/page';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readPlanReview } from '@/lib/dashboard/views/review';
import { decodedParameter } from '@/lib/format';
import { ProblemNotice } from '../../../../problem-notice';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Plan review' };

type Props = { params: Promise<{ audit: string; plan: string }> };

export default async function PlanPage({ params }: Props) {
  const { audit, plan } = await params;
  const view = await readPlanReview(regionOfPage(), decodedParameter(audit), decodedParameter(plan));
  if (view === null) notFound();
  if (!view.ok) {
    return (
      <>
        <PageHead title="Plan review" />
        <ProblemNotice problem={view.problem} />
      </>
    );
  }
  const review = view.data;
  const now = Date.now();
  const { inventory, load, allocations } = review.readings;
  return (
    <>
      <PlanHeading audit={review.audit} plan={review.plan} now={now} />
      <Freshness what="Hosts and VMs" reading={inventory} now={now} />
      <Freshness what="Allocations" reading={allocations} now={now} />
      <Freshness what="CPU and RAM" reading={load} now={now} />
      <ReviewBoard review={review} now={now} />
    </>
  );
}
