import 'server-only';
import type { VariantParameter } from '@/lib/contract/choices';
import type { ComparedSide, Comparison } from '@/lib/contract/v1/compare';
import type { PlanReview } from '@/lib/contract/v1/review';
import { isStepAudit } from '@/lib/domain/plans/step-audits';
import { compareMoves } from '@/lib/domain/review/compare';
import { asksForVariant, VariantError } from '@/lib/domain/review/variant';
import { auditCasesOf, findCase } from '../collect/joined';
import { type ReadingSet, readingStates, takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import type { PlanOfAudit } from './plan-scene';
import { findPlan, viewPlanReview } from './review';
import { asView, type View } from './view';

/** Two plans, or a plan and a variant of it, side by side. */

export type CompareQuery = { left?: string; right?: string } & { [Name in VariantParameter]?: string };

/** The plan that a query names: `audit~plan`, or the audit alone for its shown plan. */
function findSide(readings: ReadingSet, name: string | undefined): PlanOfAudit | null {
  if (!name) return null;
  const at = name.lastIndexOf('~');
  const whole = findCase(readings, name);
  const auditCase = whole ?? (at > 0 ? findCase(readings, name.slice(0, at)) : undefined);
  const plan = auditCase && findPlan(auditCase, whole ? 'newest' : name.slice(at + 1));
  return auditCase && plan ? { auditCase, plan } : null;
}

/** The query parameter whose plan does not exist. */
export type Missing = 'left' | 'right';

/** @throws VariantError if the variant means nothing for the plan on the right */
export async function viewComparison(readings: ReadingSet, query: CompareQuery): Promise<Comparison | Missing> {
  const left = findSide(readings, query.left);
  const right = findSide(readings, query.right);
  if (!left) return 'left';
  if (!right) return 'right';
  const parameters = new Map<string, string | undefined>(Object.entries(query));
  const given = { get: (name: string) => parameters.get(name) ?? null };
  const a = await viewPlanReview(readings, left);
  const b = await viewPlanReview(readings, right, given);
  return {
    left: describeSide(a, false),
    right: describeSide(b, asksForVariant(given)),
    moves: compareMoves(a.result, b.result),
    readings: readingStates(readings),
  };
}

function describeSide({ audit, plan, result }: PlanReview, changed: boolean): ComparedSide {
  const { verdict, counts, now, after, totals } = result;
  return {
    audit_id: audit.id,
    audit_name: audit.name,
    plan_id: plan.id,
    plan_state: plan.state,
    created_at: plan.created_at,
    changed,
    result: { verdict, counts, now, after, totals },
  };
}

export type ComparePage = {
  comparison: Comparison | null;
  missing: Missing | null;
  /** Why the variant can't be shown. */
  refused: string | null;
  /** What can be compared: the shown plan of each audit. */
  choices: { value: string; label: string }[];
};

export const readComparison = (region: RegionId, query: CompareQuery): Promise<View<ComparePage>> =>
  asView(async () => {
    const readings = await takeComplete(region, ALL_READINGS);
    const known = auditCasesOf(readings).flatMap(({ audit, shown }) =>
      shown ? [{ value: `${audit.id}~${shown.id}`, label: `${audit.name} (${shown.state})`, name: audit.name }] : [],
    );
    // Nobody decides about single steps of a careful run, but a link may name one.
    const choices = known
      .filter(({ value, name }) => !isStepAudit(name) || value === query.left || value === query.right)
      .map(({ value, label }) => ({ value, label }));
    const page = { comparison: null, missing: null, refused: null, choices };
    if (!query.left && !query.right) return page;
    try {
      const found = await viewComparison(readings, query);
      return typeof found === 'string' ? { ...page, missing: found } : { ...page, comparison: found };
    } catch (error) {
      if (!(error instanceof VariantError)) throw error;
      return { ...page, refused: `In ${error.parameter}: ${error.message}.` };
    }
  });
