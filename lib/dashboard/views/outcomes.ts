import 'server-only';
import type { Drift, Effect, Outcome } from '@/lib/contract/v1/outcome';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { measureDrift } from '@/lib/domain/projection/drift';
import { effectOf, summarizeOutcome } from '@/lib/domain/projection/outcome';
import type { PlanView } from '@/lib/domain/projection/plan-projection';
import { clusterOf, effectsOf, planViewOf } from '../collect/joined';
import { type ReadingSet, whyMissing } from '../collect/reading-set';

/** An outcome is computed when someone asks for it, and lives as long as the view it is made from. */
const kept = new WeakMap<PlanView, Outcome>();

/** What the shown plan changes; null without an inventory. */
export function planOutcome(readings: ReadingSet, auditCase: AuditCase): Outcome | null {
  if (!readings.inventory?.value) return null;
  const view = planViewOf(readings, auditCase);
  const known = kept.get(view);
  if (known) return known;
  const outcome = summarizeOutcome(view, {
    goal: auditCase.audit.goal,
    plan: auditCase.shown,
    limits: readings.settings.limits,
  });
  kept.set(view, outcome);
  return outcome;
}

/** The few numbers of an outcome that lists show. */
export function planEffect(readings: ReadingSet, auditCase: AuditCase): Effect | null {
  const effects = effectsOf(readings);
  const known = effects.get(auditCase.audit.id);
  if (known !== undefined) return known;
  const outcome = auditCase.shown === null ? null : planOutcome(readings, auditCase);
  const effect = outcome && effectOf(outcome);
  effects.set(auditCase.audit.id, effect);
  return effect;
}

/** How far the cluster has moved since the shown plan was made. */
export function planDrift(readings: ReadingSet, auditCase: AuditCase): Drift | null {
  const { shown } = auditCase;
  return measureDrift(shown, {
    cluster: clusterOf(readings),
    migrations: planViewOf(readings, auditCase).migrations,
    past: shown === null ? undefined : readings.planLoad?.value?.history[shown.id],
    hostLabels: readings.sources.load.settings.hostLabels,
    measuredAt: readings.load?.at ?? null,
    failure: whyMissing(readings.load),
    knowsHosts: Boolean(readings.inventory?.value),
  });
}
