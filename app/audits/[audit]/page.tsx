import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AuditPage } from '@/components/audits/audit-page';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readAuditDetail } from '@/lib/dashboard/views/audits';
import { decodedParameter } from '@/lib/format';
import { isLarge, readRegion } from '../../audits-slot';
import { InParts } from '../../in-parts';
import { ProblemNotice } from '../../problem-notice';

export const dynamic = 'force-dynamic';

type Props = {
  params: Promise<{ audit: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const idOf = async (params: Props['params']): Promise<string> => decodedParameter((await params).audit);

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const view = await readAuditDetail(regionOfPage(), await idOf(params));
  return { title: view?.ok ? view.data.audit.name : 'Audit' };
}

/** One audit, by its id or name, to link to. */
export default async function Audit({ params, searchParams }: Props) {
  const [view, region, { plain }] = await Promise.all([
    readAuditDetail(regionOfPage(), await idOf(params)),
    readRegion(),
    searchParams,
  ]);
  if (view === null) notFound();
  if (view.ok) {
    const { id, name } = view.data.audit;
    const leftOut = plain === undefined && isLarge(view.data);
    return (
      <>
        {leftOut ? <InParts whole={`/audits/${encodeURIComponent(id)}/?plain=1`} /> : null}
        <AuditPage id={id} name={name} detail={leftOut ? null : view.data} region={region} now={Date.now()} />
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
