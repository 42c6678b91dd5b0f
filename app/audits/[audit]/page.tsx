import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AuditPage } from '@/components/audits/audit-page';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readAuditDetail } from '@/lib/dashboard/views/audits';
import { decodedParameter } from '@/lib/format';
import { readRegion } from '../../audits-slot';
import { ProblemNotice } from '../../problem-notice';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ audit: string }> };

const idOf = async (params: Props['params']): Promise<string> => decodedParameter((await params).audit);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const view = await readAuditDetail(regionOfPage(), await idOf(params));
  return { title: view?.ok ? view.data.audit.name : 'Audit' };
}

/** One audit, by its id or name, to link to. */
export default async function Audit({ params }: Props) {
  const [view, region] = await Promise.all([readAuditDetail(regionOfPage(), await idOf(params)), readRegion()]);
  if (view === null) notFound();
  if (view.ok) return <AuditPage detail={view.data} region={region} now={Date.now()} />;
  return (
    <>
      <h1 className="visually-hidden">Audit</h1>
      <ProblemNotice problem={view.problem} />
    </>
  );
}
