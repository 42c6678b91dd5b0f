import 'server-only';
import { listAffectedServers } from '@/lib/domain/plans/actions';
import { type AuditCase, listAuditCases, shownActions } from '@/lib/domain/plans/audit-case';
import { isOpen } from '@/lib/domain/plans/states';
import { processWide } from '@/lib/process-wide';
import type { Optimizer } from '@/lib/readings/optimizer';
import type { PlanLoad, PlanLoadRequest } from '@/lib/readings/plan-load';
import { yieldIfDue } from '@/lib/yield';

/** Which load the plans of a reading need. */

type Request = Omit<PlanLoadRequest, 'hosts'>;

const requests = () => processWide('plan-load-requests', () => new WeakMap<Optimizer, Promise<Request>>());

/**
 * Of VMs now for plans that may still run; at its creation for every plan, since a finished plan is applied to the load at
 * that time and a waiting plan's load now is compared with it.
 */
export function planLoadRequest(optimizer: Optimizer): Promise<Request> {
  const request = requests().get(optimizer) ?? listRequest(optimizer);
  requests().set(optimizer, request);
  return request;
}

async function listRequest({ audits, plans, actions }: Optimizer): Promise<Request> {
  const serverIds = new Set<string>();
  const past: Request['past'] = [];
  for (const auditCase of listAuditCases(audits, plans, actions)) {
    const wanted = pastOf(auditCase);
    if (wanted === null) continue;
    if (auditCase.shown && isOpen(auditCase.shown.state)) for (const id of wanted.serverIds) serverIds.add(id);
    past.push(wanted);
    await yieldIfDue();
  }
  return { serverIds: [...serverIds], past };
}

/** A cloud of at most this many VMs has all of them measured: that takes a query or two more. */
const MEASURED_WHOLE = 2_000;

/**
 * The ids with those of all other VMs, if there are not too many: a what-if may move any VM, and what a host uses beyond its
 * VMs is known only if all of them are measured.
 */
export function withOtherServers(serverIds: string[], servers: { id: string }[]): string[] {
  if (servers.length > MEASURED_WHOLE) return serverIds;
  return [...new Set([...serverIds, ...servers.map(({ id }) => id)])];
}

/** The load at the creation of an audit's shown plan; null if it changes the load of no VM. */
export function pastOf(auditCase: AuditCase): Request['past'][number] | null {
  const { shown } = auditCase;
  const serverIds = shown === null ? [] : listAffectedServers(shownActions(auditCase));
  return shown === null || serverIds.length === 0 ? null : { planId: shown.id, at: shown.createdAt, serverIds };
}

/** Whether VMs of open plans have not been measured, as right after a plan was made. */
export async function lacksUse({ use }: PlanLoad, optimizer: Optimizer): Promise<boolean> {
  const { serverIds } = await planLoadRequest(optimizer);
  return serverIds.some((id) => !(id in use));
}
