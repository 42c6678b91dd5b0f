import 'server-only';
import { type Cluster, joinCluster } from '@/lib/domain/cluster/cluster';
import { type AuditCase, listAuditCases, shownActions } from '@/lib/domain/plans/audit-case';
import { type PlanView, projectPlan } from '@/lib/domain/projection/plan-projection';
import { readEnv } from '@/lib/env';
import type { Server } from '@/lib/openstack/records';
import { processWide } from '@/lib/process-wide';
import { groupsOf } from './groups';
import { type Moment, need } from './moment';
import { ALL_READINGS, CAPACITY_READINGS, type ReadingName } from './readings';

/** What is joined from the readings of one moment, made once for each set of readings. */

/** An answer that takes long goes on with the readings that it began with, while others are made of newer ones. */
const KEPT_TOGETHER = 3;

/**
 * Keeps the last few results, each for what it was made of: for pages and routes together, which are bundled apart.
 */
function lastFor<T>(name: string): (parts: unknown[], make: () => T) => T {
  const kept = () => processWide<{ parts: unknown[]; value: T }[]>(`last-${name}`, () => []);
  return (parts, make) => {
    const all = kept();
    const isOf = (one: { parts: unknown[] }) =>
      one.parts.length === parts.length && parts.every((part, i) => part === one.parts[i]);
    const found = all.find(isOf) ?? { parts, value: make() };
    const others = all.filter((one) => one !== found);
    all.splice(0, all.length, found, ...others.slice(0, KEPT_TOGETHER - 1));
    return found.value;
  };
}

const partsOf = (moment: Moment, names: readonly ReadingName[]) => [
  moment.sources.identity,
  ...names.map((name) => moment[name]?.value ?? null),
];

const keepCluster = lastFor<Cluster>('cluster');
const keepCases = lastFor<AuditCase[]>('cases');
const keepPlans = lastFor<Map<string, PlanView>>('plans');
const keepSmall = lastFor<Map<string, Map<string, unknown>>>('small');

/** A plan's view is large where hosts and moves are many; those of the last so many audits are kept. */
const PLANS_KEPT = 24;

const NONE: Server[] = [];

/** Hosts, VMs, allocations and load joined; empty where Nova has given nothing. */
export function clusterOf(moment: Moment): Cluster {
  return keepCluster(partsOf(moment, CAPACITY_READINGS), () =>
    joinCluster({
      hypervisors: moment.inventory?.value?.hypervisors ?? [],
      servers: groupsOf(moment.inventory?.value?.servers ?? NONE),
      allocations: moment.allocations?.value ?? null,
      targets: moment.load?.value?.targets ?? null,
      hostLabels: moment.sources.load.settings.hostLabels,
      hostAliases: readEnv().METRICS_HOST_ALIASES,
    }),
  );
}

/** Audits that are not deleted, newest first. */
export function auditCasesOf(moment: Moment): AuditCase[] {
  const { audits, plans, actions } = need(moment, 'optimizer');
  return keepCases(partsOf(moment, ['optimizer']), () => listAuditCases(audits, plans, actions));
}

/** What the shown plan of an audit moves and does; made once for each set of readings. */
export function planViewOf(moment: Moment, auditCase: AuditCase): PlanView {
  const views = keepPlans(partsOf(moment, ALL_READINGS), () => new Map());
  const known = views.get(auditCase.audit.id);
  if (known) return known;
  for (const oldest of views.keys()) if (views.size >= PLANS_KEPT) views.delete(oldest);
  const view = projectPlan(auditCase.shown, shownActions(auditCase), clusterOf(moment), {
    measuredAt: moment.load?.at ?? null,
    use: moment.planLoad?.value?.use ?? {},
    history: moment.planLoad?.value?.history ?? {},
    hostLabels: moment.sources.load.settings.hostLabels,
  });
  views.set(auditCase.audit.id, view);
  return view;
}

/** Something small about an audit that was made of all readings, kept for as long as these. */
export function keepFor<T>(moment: Moment, what: string, auditId: string, make: () => T): T {
  const all = keepSmall(partsOf(moment, ALL_READINGS), () => new Map());
  const own = all.get(what) ?? new Map<string, unknown>();
  all.set(what, own);
  if (!own.has(auditId)) own.set(auditId, make());
  // Whoever keeps under this name keeps the same kind of thing.
  return own.get(auditId) as T;
}
