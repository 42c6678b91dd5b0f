import 'server-only';
import type { CarefulRunsView } from '@/lib/contract/v1/careful';
import { titleOfCareful } from '@/lib/domain/careful/careful-words';
import { progressOf } from '@/lib/domain/careful/progress';
import type { Kept } from './kept-run';

/** A careful run as lists show it. */
export function summarizeRun({ id, run, by, reason }: Kept): CarefulRunsView['runs'][number] {
  const { moved, wrong, left, of: total } = progressOf(run);
  const { of } = run;
  return {
    id,
    of:
      of.kind === 'plan'
        ? { kind: 'plan', audit_id: of.auditId, plan_id: of.planId, audit_name: of.name }
        : { kind: 'drain', host: of.host },
    title: titleOfCareful(run),
    state: run.state,
    why: run.why,
    person: by.person,
    reason,
    created_at: run.createdAt,
    moved,
    wrong,
    left,
    total,
  };
}
