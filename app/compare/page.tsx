import type { Metadata } from 'next';
import { CompareForm } from '@/components/review/compare-form';
import { Comparison } from '@/components/review/comparison';
import { Notice } from '@/components/ui/notice';
import styles from '@/components/ui/page.module.css';
import type { ComparedSide } from '@/lib/contract/v1/compare';
import { regionOfRequest } from '@/lib/dashboard/process/region';
import { readComparison } from '@/lib/dashboard/views/compare';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Compare plans' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const sideOf = (side: ComparedSide | undefined) => side && `${side.audit_id}~${side.plan_id}`;

export default async function ComparePage({ searchParams }: Props) {
  const query = await searchParams;
  const one = (name: string) => {
    const value = query[name];
    return (Array.isArray(value) ? value[0] : value) || undefined;
  };
  const [left, right] = [one('left'), one('right')];
  const variant = ['off', 'to', 'empty'].flatMap((name): [string, string][] => {
    const value = one(name);
    return value === undefined ? [] : [[name, value]];
  });
  const view = await readComparison(regionOfRequest(), { left, right, ...Object.fromEntries(variant) });
  const now = Date.now();
  const asked = left !== undefined || right !== undefined;
  // The two newest are at hand where none is asked for.
  const [newest, before] = view.ok && !asked ? view.data.choices : [];
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Compare plans</h1>
      {view.ok ? (
        <>
          <CompareForm
            choices={view.data.choices}
            left={sideOf(view.data.comparison?.left) ?? left ?? before?.value ?? ''}
            right={sideOf(view.data.comparison?.right) ?? right ?? newest?.value ?? ''}
            variant={variant}
          />
          {view.data.missing === null ? null : (
            <Notice tone="warn" role="status">
              {(view.data.missing === 'left' ? left : right) === undefined
                ? `No plan is chosen on the ${view.data.missing}.`
                : `The plan on the ${view.data.missing} is not there any more.`}
            </Notice>
          )}
          {asked ? null : (
            <Notice tone="plain">
              {newest
                ? 'What each of two plans moves, and what it would make of the hosts, side by side.'
                : 'There is no plan to compare. One is made by an audit.'}
            </Notice>
          )}
          {view.data.comparison ? <Comparison data={view.data.comparison} now={now} /> : null}
        </>
      ) : (
        <Notice tone="error" role="alert">
          {view.problem.message}
        </Notice>
      )}
    </div>
  );
}
