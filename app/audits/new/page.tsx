import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { AuditForm } from '@/components/audit-form/audit-form';
import { BackLink, PageHead } from '@/components/ui/page';
import { readNewAudit } from '@/lib/dashboard/acts/new-audit-page';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { ProblemNotice } from '../../problem-notice';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'New audit' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** A new audit; `like` names one whose settings to begin with. */
export default async function NewAuditPage({ searchParams }: Props) {
  const { like } = await searchParams;
  const view = await readNewAudit(regionOfPage(), Array.isArray(like) ? like[0] : like, await headers());
  const head = (note: string) => (
    <PageHead title="New audit" ways={<BackLink href="/plans/">Plans</BackLink>}>
      {note}
    </PageHead>
  );
  if (!view.ok) {
    return (
      <>
        {head('')}
        <ProblemNotice problem={view.problem} />
      </>
    );
  }
  const { form, check } = view.data;
  const from = form.like === null ? '' : ` It begins with the settings of ${form.like}. ${form.like_reason ?? ''}`;
  return (
    <>
      {head(
        `An audit looks and proposes. Nothing moves until somebody starts its plan, unless you let it start plans without asking.${from}`,
      )}
      <AuditForm form={form} first={check} />
    </>
  );
}
