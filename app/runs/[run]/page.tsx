import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CarefulView } from '@/components/acts/careful-view';
import { carefulTabTitle } from '@/components/acts/words';
import { PageHead } from '@/components/ui/page';
import { readCarefulRun } from '@/lib/dashboard/careful/view-careful';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { decodedParameter } from '@/lib/format';
import { ProblemNotice } from '../../problem-notice';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ run: string }> };

const read = async ({ params }: Props) => readCarefulRun(regionOfPage(), decodedParameter((await params).run));

export async function generateMetadata(props: Props): Promise<Metadata> {
  const view = await read(props);
  return { title: view?.ok ? carefulTabTitle(view.data) : 'Careful run' };
}

/** A careful run: its steps, its rules, and the step that runs. */
export default async function CarefulRunPage(props: Props) {
  const view = await read(props);
  if (view === null) notFound();
  if (!view.ok) {
    return (
      <>
        <PageHead title="Careful run" />
        <ProblemNotice problem={view.problem} />
      </>
    );
  }
  return <CarefulView initial={view.data} rendered={Date.now()} />;
}
