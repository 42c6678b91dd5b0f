import 'server-only';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { isOpen } from '@/lib/domain/plans/states';
import { processWide } from '@/lib/process-wide';
import type { PastLoad, PlanLoad } from '@/lib/readings/plan-load';
import { SECOND_MS } from '@/lib/units';
import { pastOf } from './plan-load-request';
import type { ReadingSet } from './reading-set';
import { takeOf } from './take-of';

/** Readings with one plan's past, once for each, so that what is computed from them is kept as well. */
const completed = () => processWide('completed-plan-loads', () => new WeakMap<PlanLoad, Map<string, PlanLoad>>());

/**
 * The load at the creation of plans is read a few plans at a time, which takes minutes at first. When someone opens an
 * audit whose plan is over, it is read at once, since the plan is applied to it. For an open plan it only shows drift.
 *
 * @param readings with all readings
 */
export async function withPast(readings: ReadingSet, auditCase: AuditCase): Promise<ReadingSet> {
  const { planLoad, inventory } = readings;
  const wanted = auditCase.shown !== null && isOpen(auditCase.shown.state) ? null : pastOf(auditCase);
  if (wanted === null || !planLoad?.value || !inventory?.value || wanted.planId in planLoad.value.history)
    return readings;
  const hosts = inventory.value.hypervisors.length;
  const taken = await takeOf(readings, {
    name: `past ${wanted.planId}`,
    source: 'prometheus',
    patienceMs: { refresh: SECOND_MS, first: 4 * SECOND_MS },
    load: () => readings.sources.planLoad.readPast(wanted, hosts),
  });
  if (taken.state === 'missing') return readings;
  return { ...readings, planLoad: { ...planLoad, value: complete(planLoad.value, wanted.planId, taken.value) } };
}

function complete(planLoad: PlanLoad, planId: string, past: PastLoad | null): PlanLoad {
  const known = completed().get(planLoad) ?? new Map<string, PlanLoad>();
  const made = known.get(planId) ?? { ...planLoad, history: { ...planLoad.history, [planId]: past } };
  completed().set(planLoad, known.set(planId, made));
  return made;
}
