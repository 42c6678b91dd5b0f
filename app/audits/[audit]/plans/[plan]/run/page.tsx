import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RunBoard } from '@/components/acts/run-board';
import { tabTitle } from '@/components/acts/words';
import { PageHead } from '@/components/ui/page';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readRun } from '@/lib/dashboard/views/run';
import { decodedParameter } from '@/lib/format';
import { ProblemNotice } from '../../../../../problem-notice';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ audit: string; plan: string }> };

async function readRunOf({ params }: Props) {
  const { audit, plan } = await params;
  return readRun(regionOfPage(), decodedParameter(audit), decodedParameter(plan));
}

/** One look serves both the title and the page. */
export async function generateMetadata(props: Props): Promise<Metadata> {
  const view = await readRunOf(props);
  return { title: view?.ok ? tabTitle(view.data) : 'Run' };
}

export default async function RunPage(props: Props) {
  const view = await readRunOf(props);
  if (view === null) notFound();
  if (!view.ok) {
    return (
      <>
        <PageHead title="Run" />
        <ProblemNotice problem={view.problem} />
      </>
    );
  }
  return <RunBoard initial={view.data} rendered={Date.now()} />;
}
