import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Journal } from '@/components/activity/journal';
import { KeptPromises } from '@/components/activity/kept-promises';
import { PanelSkeleton } from '@/components/figures/placeholders';
import { viewJournal } from '@/lib/dashboard/acts/entries';
import { regionOfRequest } from '@/lib/dashboard/process/region';
import { readDeliveries } from '@/lib/dashboard/views/delivered';
import { ProblemNotice } from '../problem-notice';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Activity' };

type Props = { searchParams: Promise<{ q?: string | string[]; after?: string | string[] }> };

const PAGE = 50;

export default async function ActivityPage({ searchParams }: Props) {
  const { q, after } = await searchParams;
  const text = typeof q === 'string' ? q : '';
  const journal = await viewJournal({ q: text, after: typeof after === 'string' ? after : undefined, limit: PAGE });
  return (
    <>
      <Journal journal={journal} q={text} now={Date.now()} />
      <Suspense fallback={<PanelSkeleton id="kept-promises" title="Kept promises" of="rows" />}>
        <Promises />
      </Suspense>
    </>
  );
}

async function Promises() {
  const view = await readDeliveries(regionOfRequest());
  return view.ok ? <KeptPromises rates={view.data.rates} /> : <ProblemNotice problem={view.problem} />;
}
