import type { Cluster } from '../cluster/cluster';
import { type AuditCase, shownActions } from '../plans/audit-case';
import { isOpen } from '../plans/states';
import { type ByAction, isDone, listMoves } from '../plans/steps';

/** A move that a plan which waits or runs would still make. */
export type PlannedMove = {
  auditId: string;
  auditName: string;
  planId: string;
  state: string;
  /** null if the scheduler will choose. */
  destination: string | null;
  live: boolean;
};

/** Moves that are over in Watcher's words. */
const OVER = new Set(['SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED', 'SUPERSEDED', 'DELETED']);

/** By the id of the VM; the newest audit's first. @param happenedTo what became of the actions of an audit's plan */
export function listPlannedMoves(
  cases: AuditCase[],
  { index }: Pick<Cluster, 'index'>,
  happenedTo: (auditCase: AuditCase) => ByAction,
): Map<string, PlannedMove[]> {
  const planned = new Map<string, PlannedMove[]>();
  for (const auditCase of cases) {
    const { audit, shown } = auditCase;
    if (shown === null || !isOpen(shown.state)) continue;
    for (const step of listMoves(shownActions(auditCase), index, happenedTo(auditCase))) {
      if (step.vm_id === null || OVER.has(step.state) || isDone(step)) continue;
      const known = planned.get(step.vm_id) ?? [];
      known.push({
        auditId: audit.id,
        auditName: audit.name,
        planId: shown.id,
        state: shown.state,
        destination: step.destination,
        live: step.live,
      });
      planned.set(step.vm_id, known);
    }
  }
  return planned;
}
