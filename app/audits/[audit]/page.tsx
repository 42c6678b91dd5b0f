import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AuditPage } from '@/components/audits/audit-page';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readAuditOnPage } from '@/lib/dashboard/views/audits';
import { decodedParameter } from '@/lib/format';
import { readRegion } from '../../audits-slot';
import { InParts } from '../../in-parts';
import { ProblemNotice } from '../../problem-notice';

export const dynamic = 'force-dynamic';

type Props = {
  params: Promise<{ audit: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const idOf = async (params: Props['params']): Promise<string> => decodedParameter((await params).audit);

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const view = await readAuditOnPage(regionOfPage(), await idOf(params), false);
  return { title: view?.ok ? view.data.name : 'Audit' };
}

/** One audit, by its id or name, to link to. */
export default async function Audit({ params, searchParams }: Props) {
  const { plain } = await searchParams;
  const [view, region] = await Promise.all([
    readAuditOnPage(regionOfPage(), await idOf(params), plain !== undefined),
    readRegion(),
  ]);
  if (view === null) notFound();
  if (view.ok) {
    const { id, name, detail } = view.data;
    return (
      <>
        {detail === null ? <InParts whole={`/audits/${encodeURIComponent(id)}/?plain=1`} /> : null}
        <AuditPage id={id} name={name} detail={detail} region={region} now={Date.now()} />
      </>
    );
  }
  return (
    <>
      <h1 className="visually-hidden">Audit</h1>
      <ProblemNotice problem={view.problem} />
    </>
  );
}
