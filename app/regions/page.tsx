import { headers } from 'next/headers';
import { RegionsPanel } from '@/components/shell/regions-panel';
import { PageHead } from '@/components/ui/page';
import { readRegions } from '@/lib/dashboard/acts/regions-page';
import { ProblemNotice } from '../problem-notice';

export const metadata = { title: 'Regions' };

/** Every region in one sentence, worst first. */
export default async function RegionsPage() {
  const view = await readRegions(await headers());
  return (
    <>
      <PageHead title="Regions" />
      {view.ok ? <RegionsPanel initial={view.data} rendered={Date.now()} /> : <ProblemNotice problem={view.problem} />}
    </>
  );
}
