import 'server-only';
import { type AuditCase, strategyOf } from '@/lib/domain/plans/audit-case';
import { ignoresExclusions, listExcluded } from '@/lib/domain/plans/exclusions';
import { isCurrent, isOpen } from '@/lib/domain/plans/states';
import { type ByAction, idsOfSteps, isMove, listSteps } from '@/lib/domain/plans/steps';
import type { SceneParts } from '@/lib/domain/projection/scene';
import { aimOf } from '@/lib/domain/review/trim-aim';
import type { ActionPlan } from '@/lib/openstack/records';
import { yieldIfDue } from '@/lib/yield';
import { auditCasesOf, clusterOf, movesOf, watcherRelease } from '../collect/joined';
import { lastMadeFor, partsOf } from '../collect/last-for';
import { marksOf } from '../collect/marks';
import { takePlacing } from '../collect/placing';
import { needValue, type ReadingSet, whyMissing } from '../collect/reading-set';
import { takePeaks, takePlanDetail } from '../collect/review-readings';

/** What a plan is reviewed against, for its page and for the list of all plans. */

export type PlanOfAudit = { auditCase: AuditCase; plan: ActionPlan };

/**
 * The actions of a plan, and what VMs use. The plan that stands for its audit is reviewed with what the audit's page is made
 * of, so that both show the same; other plans are read when they are looked at.
 */
export async function takeActions(
  readings: ReadingSet,
  { auditCase: { shown, actions: known }, plan }: PlanOfAudit,
): Promise<Pick<SceneParts, 'actions' | 'use'>> {
  const use = readings.planLoad?.value?.use ?? {};
  const actions = known[plan.id];
  if (actions && plan.id === shown?.id && isOpen(plan.state)) return { actions, use };
  const detail = needValue(await takePlanDetail(readings, plan.id), 'watcher');
  return { actions: detail.actions, use: { ...detail.use.value, ...use } };
}

type Given = Pick<SceneParts, 'actions' | 'use' | 'drained'> & {
  happened: ByAction;
  /** Hosts besides the destinations of the plan whose peaks are needed. */
  named?: string[];
  /** How long to wait for peaks. */
  patienceMs?: number;
  /** All hosts that waiting plans would disable, if they are known already. */
  draining?: Draining[];
};

/** @param readings with all readings */
export async function scenePartsOf(
  readings: ReadingSet,
  { auditCase, plan }: PlanOfAudit,
  { named = [], patienceMs, draining: known, ...given }: Given,
): Promise<SceneParts> {
  const { index, servers } = clusterOf(readings);
  const steps = listSteps(given.actions, index);
  const destinations = steps.filter(isMove).flatMap(({ destination }) => (destination === null ? [] : [destination]));
  const draining = known ?? (await listDraining(readings));
  const others = draining.filter(({ auditId }) => auditId !== auditCase.audit.id);
  return {
    ...(await placingOf(readings, plan.id, { named: [...destinations, ...named], patienceMs })),
    ...given,
    wholeHosts: aimOf(auditCase.audit.goal, auditCase.audit.parameters).by === 'emptied-hosts',
    draining: new Map(others.map(({ host, text }) => [host, text])),
    excluded: ignoresExclusions(strategyOf(auditCase)) ? listExcluded(auditCase.audit, idsOfSteps(steps), servers) : [],
  };
}

/** @param named hosts whose peaks are needed even if there are too many hosts to read all peaks */
export async function placingOf(
  readings: ReadingSet,
  planId: string,
  { named, patienceMs }: { named: string[]; patienceMs?: number },
): Promise<Omit<SceneParts, 'actions' | 'happened' | 'use' | 'draining' | 'excluded'>> {
  const [{ rules }, peaks, mustNotMove] = await Promise.all([
    takePlacing(readings),
    takePeaks(readings, planId, { hosts: named, patienceMs }),
    marksOf(readings),
  ]);
  return {
    cluster: clusterOf(readings),
    noAllocations: whyMissing(readings.allocations),
    rules,
    peaks,
    limits: readings.settings.limits,
    mustNotMove,
    moves: movesOf(readings),
    release: watcherRelease(readings),
  };
}

/** A host that the waiting plan of an audit would disable, with the reason in words. */
export type Draining = { auditId: string; host: string; text: string };

const keepDraining = lastMadeFor<Draining[]>('draining');

/** What waiting plans would disable, found once for each set of readings and in small steps: there may be hundreds of plans. */
export const listDraining = (readings: ReadingSet): Promise<Draining[]> =>
  keepDraining(partsOf(readings, ['optimizer', 'inventory']), async () => {
    const { index } = clusterOf(readings);
    const draining: Draining[] = [];
    for (const { audit, shown, actions } of auditCasesOf(readings)) {
      if (!shown || !isCurrent(shown.state)) continue;
      await yieldIfDue();
      for (const step of listSteps(actions[shown.id] ?? [], index)) {
        if (step.kind !== 'service' || step.enable || !['PENDING', 'ONGOING'].includes(step.state)) continue;
        draining.push({ auditId: audit.id, host: step.host, text: `the plan of ${audit.name} is ${shown.state}` });
      }
    }
    return draining;
  });
