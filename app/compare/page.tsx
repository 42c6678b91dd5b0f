import type { Metadata } from 'next';
import { planKey } from '@/components/figures/addresses';
import { CompareForm } from '@/components/review/compare-form';
import { Comparison } from '@/components/review/comparison';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PageHead } from '@/components/ui/page';
import { VARIANT_PARAMETERS } from '@/lib/contract/choices';
import type { ComparedSide } from '@/lib/contract/v1/compare';
import { regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { readComparison } from '@/lib/dashboard/views/compare';
import { ProblemNotice } from '../problem-notice';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Compare plans' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const keyOf = (side: ComparedSide | undefined) => side && planKey({ audit: side.audit_id, plan: side.plan_id });

export default async function ComparePage({ searchParams }: Props) {
  const query = await searchParams;
  const one = (name: string) => {
    const value = query[name];
    return (Array.isArray(value) ? value[0] : value) || undefined;
  };
  const [left, right] = [one('left'), one('right')];
  const variant = VARIANT_PARAMETERS.flatMap((name): [string, string][] => {
    const value = one(name);
    return value === undefined ? [] : [[name, value]];
  });
  const view = await readComparison(regionOfPage(), { left, right, ...Object.fromEntries(variant) });
  const now = Date.now();
  const asked = left !== undefined || right !== undefined;
  // The form starts with the two newest plans.
  const [newest, before] = view.ok && !asked ? view.data.choices : [];
  return (
    <>
      <PageHead title="Compare plans" />
      {view.ok ? (
        <>
          <CompareForm
            choices={view.data.choices}
            left={keyOf(view.data.comparison?.left) ?? left ?? before?.value ?? ''}
            right={keyOf(view.data.comparison?.right) ?? right ?? newest?.value ?? ''}
            variant={view.data.refused === null ? variant : []}
          />
          {view.data.missing === null ? null : (
            <Notice tone="warn" role="status">
              {(view.data.missing === 'left' ? left : right) === undefined
                ? `Choose a plan on the ${view.data.missing}.`
                : `The plan on the ${view.data.missing} no longer exists.`}
            </Notice>
          )}
          {view.data.refused === null ? null : (
            <Notice tone="warn" role="status">
              The variant in the address means nothing for this plan. {view.data.refused}{' '}
              <Link
                href={`/compare/?${new URLSearchParams({ left: left ?? '', right: right ?? '' })}`}
                prefetch={false}
              >
                Compare without it
              </Link>
            </Notice>
          )}
          {asked ? null : (
            <Notice tone="plain">
              {newest
                ? 'Two plans side by side: what each one moves, and how the hosts would look afterwards.'
                : 'There are no plans to compare. Audits create them.'}
            </Notice>
          )}
          {view.data.comparison ? <Comparison data={view.data.comparison} now={now} /> : null}
        </>
      ) : (
        <ProblemNotice problem={view.problem} />
      )}
    </>
  );
}
