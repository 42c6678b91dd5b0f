import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { DrainBoard } from '@/components/hosts/drain-board';
import { PageHead } from '@/components/ui/page';
import { readDrain } from '@/lib/dashboard/acts/drain';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { decodedParameter } from '@/lib/format';
import { ProblemNotice } from '../../../problem-notice';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ host: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Drain ${decodedParameter((await params).host)}` };
}

export default async function DrainPage({ params }: Props) {
  const name = decodedParameter((await params).host);
  const view = await readDrain(regionOfPage(), name, await headers());
  if (view === null) notFound();
  if (!view.ok) {
    return (
      <>
        <PageHead title={`Drain ${name}`} />
        <ProblemNotice problem={view.problem} />
      </>
    );
  }
  return <DrainBoard initial={view.data} rendered={Date.now()} />;
}
