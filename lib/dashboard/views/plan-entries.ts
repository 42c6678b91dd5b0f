import 'server-only';
import type { PlanPart } from '@/lib/contract/choices';
import { strategyOf } from '@/lib/domain/plans/audit-case';
import { partNow } from '@/lib/domain/plans/list-parts';
import type { Action } from '@/lib/openstack/records';
import { auditCasesOf } from '../collect/joined';
import type { ReadingSet } from '../collect/reading-set';
import type { PlanOfAudit } from './plan-scene';

/** All plans, each with its audit and its part of the list. */

export type Entry = PlanOfAudit & {
  /** undefined if they were not read. */
  actions: Action[] | undefined;
  part: PlanPart;
};

/** @throws SourceError of Watcher if nothing is known about audits */
export function listEntries(readings: ReadingSet): Entry[] {
  const now = Date.now();
  return auditCasesOf(readings).flatMap((auditCase) =>
    auditCase.plans
      .filter(({ state }) => state !== 'DELETED')
      .map((plan) => {
        const actions = auditCase.actions[plan.id];
        return { auditCase, plan, actions, part: partNow({ plan, actions, audit: auditCase.audit.name }, now) };
      }),
  );
}

export const strategyIn = ({ auditCase, plan }: Entry): string | null => plan.strategy ?? strategyOf(auditCase);
