import 'server-only';
import type { ComparedSide, Comparison } from '@/lib/contract/v1/compare';
import type { PlanReview } from '@/lib/contract/v1/review';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { compareMoves } from '@/lib/domain/review/compare';
import { isChanged, noVariant, readVariant, type Variant } from '@/lib/domain/review/variant';
import type { ActionPlan } from '@/lib/openstack/records';
import { auditCasesOf } from '../collect/joined';
import { describeReadings, type Moment, takeMoment } from '../collect/moment';
import { ALL_READINGS } from '../collect/readings';
import { findCase, findPlan, viewPlanReview } from './review';
import { asView, type View } from './view';

/** Two plans, or a plan and a variant of it, side by side. */

export type CompareQuery = { left?: string; right?: string; off?: string; to?: string; empty?: string };

/** A plan as an address names it: audit~plan, where the plan that stands for the audit may be left out. */
function findSide(moment: Moment, name: string | undefined): { auditCase: AuditCase; plan: ActionPlan } | null {
  if (!name) return null;
  const at = name.lastIndexOf('~');
  const whole = findCase(moment, name);
  const auditCase = whole ?? (at > 0 ? findCase(moment, name.slice(0, at)) : undefined);
  const plan = auditCase && findPlan(auditCase, whole ? 'newest' : name.slice(at + 1));
  return auditCase && plan ? { auditCase, plan } : null;
}

/** Which side is not there, in the words of its parameter. */
export type Missing = 'left' | 'right';

export async function viewComparison(moment: Moment, query: CompareQuery): Promise<Comparison | Missing> {
  const left = findSide(moment, query.left);
  const right = findSide(moment, query.right);
  if (!left) return 'left';
  if (!right) return 'right';
  const given = { get: (name: string) => query[name as keyof CompareQuery] ?? null };
  let variant: Variant = noVariant();
  const a = await viewPlanReview(moment, left.auditCase, left.plan, noVariant);
  const b = await viewPlanReview(moment, right.auditCase, right.plan, (moves) => {
    variant = readVariant(given, moves);
    return variant;
  });
  return {
    left: describeSide(a, false),
    right: describeSide(b, isChanged(variant)),
    moves: compareMoves(a.result, b.result),
    readings: describeReadings(moment),
  };
}

function describeSide({ audit, plan, result }: PlanReview, changed: boolean): ComparedSide {
  const { verdict, counts, now, after, totals } = result;
  return {
    audit_id: audit.id,
    audit: audit.name,
    plan_id: plan.id,
    state: plan.state,
    created_at: plan.created_at,
    changed,
    result: { verdict, counts, now, after, totals },
  };
}

export type ComparePage = {
  comparison: Comparison | null;
  missing: Missing | null;
  /** What can be compared: the plan that stands for each audit. */
  choices: { value: string; label: string }[];
};

export const readComparison = (query: CompareQuery): Promise<View<ComparePage>> =>
  asView(async () => {
    const moment = await takeMoment(ALL_READINGS);
    const choices = auditCasesOf(moment).flatMap(({ audit, shown }) =>
      shown ? [{ value: `${audit.id}~${shown.id}`, label: `${audit.name} (${shown.state})` }] : [],
    );
    if (!query.left && !query.right) return { comparison: null, missing: null, choices };
    const found = await viewComparison(moment, query);
    return typeof found === 'string'
      ? { comparison: null, missing: found, choices }
      : { comparison: found, missing: null, choices };
  });
