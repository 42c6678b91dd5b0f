import 'server-only';
import type { Drift, Effect, Outcome } from '@/lib/contract/v1/outcome';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { measureDrift } from '@/lib/domain/projection/drift';
import { effectOf, summarizeOutcome } from '@/lib/domain/projection/outcome';
import type { PlanView } from '@/lib/domain/projection/plan-projection';
import { readEnv } from '@/lib/env';
import { clusterOf, keepFor, planViewOf } from '../collect/joined';
import { type Moment, whyMissing } from '../collect/moment';
import { limitsOf } from './settings';

/** Outcomes live as long as the views they are made of: once for each set of readings, and only where one is asked for. */
const kept = new WeakMap<PlanView, Outcome>();

/** What the shown plan changes; null where Nova has given no hosts, so that nothing can be said. */
export function outcomeOf(moment: Moment, auditCase: AuditCase): Outcome | null {
  if (!moment.inventory?.value) return null;
  const view = planViewOf(moment, auditCase);
  const known = kept.get(view);
  if (known) return known;
  const outcome = summarizeOutcome(view, {
    goal: auditCase.audit.goal,
    plan: auditCase.shown,
    cluster: clusterOf(moment),
    limits: limitsOf(readEnv()),
  });
  kept.set(view, outcome);
  return outcome;
}

/** The few numbers of it that a list tells. */
export function effectFor(moment: Moment, auditCase: AuditCase): Effect | null {
  return keepFor(moment, 'effect', auditCase.audit.id, () => {
    const outcome = auditCase.shown === null ? null : outcomeOf(moment, auditCase);
    return outcome && effectOf(outcome);
  });
}

/** How far the cluster has moved since the shown plan was made. */
export function driftOf(moment: Moment, auditCase: AuditCase): Drift | null {
  const { shown } = auditCase;
  return measureDrift(shown, {
    cluster: clusterOf(moment),
    migrations: planViewOf(moment, auditCase).migrations,
    past: shown === null ? undefined : moment.planLoad?.value?.history[shown.id],
    hostLabels: moment.sources.load.settings.hostLabels,
    measuredAt: moment.load?.at ?? null,
    failure: whyMissing(moment.load),
    knowsHosts: Boolean(moment.inventory?.value),
  });
}
