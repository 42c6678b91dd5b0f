import type { ListedPlan } from '@/lib/contract/v1/plan-list';
import { Unknown } from '../ui/values';
import { bringsOf, noteOn } from './plan-words';
import { SecondLine } from './said';
import { endOfAxis, SpreadChange } from './spread-change';

type Props = {
  plan: ListedPlan;
  /** The plans that share its axis. */
  all: ListedPlan[];
};

/** What a plan that waits brings: the spread now and after it, or a sentence; and below it what to know. */
export function Brings({ plan: { worth, audit_id: auditId }, all }: Props) {
  if (worth === null) return null;
  const note = noteOn(worth, auditId);
  return (
    <>
      <Effect worth={worth} all={all} />
      {note === null ? null : <SecondLine>{note}</SecondLine>}
    </>
  );
}

/** The end of the axis of these plans, in points. */
export const axisOf = (plans: ListedPlan[]): number =>
  endOfAxis(plans.flatMap(({ worth }) => [worth?.cpu.spread.now ?? 0, worth?.cpu.spread.after ?? 0]));

function Effect({ worth, all }: { worth: NonNullable<ListedPlan['worth']>; all: ListedPlan[] }) {
  const brings = bringsOf(worth);
  switch (brings.kind) {
    case 'sentence':
      return <strong>{brings.text}</strong>;
    case 'unknown':
      return <Unknown reason={brings.reason} />;
    case 'spread':
      return <SpreadChange now={brings.now} after={brings.after} end={axisOf(all)} />;
  }
}
