import 'server-only';
import type { OutOfService } from '@/lib/contract/v1/closed-host';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { type HostPlan, outOfService } from '@/lib/domain/drain/out-of-service';
import { isAbandoned } from '@/lib/domain/plans/abandoned';
import { listSteps } from '@/lib/domain/plans/steps';
import { type CloseReasons, takeCloseReasons } from '../collect/close-reasons';
import { auditCasesOf, clusterOf } from '../collect/joined';
import type { ReadingSet } from '../collect/reading-set';
import type { RegionId } from '../process/region';
import { theStore } from '../sources/store';

/** Why hosts take no new VMs. */

const MOST_RUNS = 100;

/** Hosts that careful runs drain which have not ended: between two steps no plan shows that. */
async function hostsBeingDrained(region: RegionId): Promise<ReadonlySet<string>> {
  // Runs of plans are kept by the id of the plan, which is the name of no host.
  const runs = await theStore()?.carefulRuns.list({ region, open: true, limit: MOST_RUNS });
  return new Set(runs?.map(({ object }) => object));
}

/** What the store knows about hosts out of service. */
export type KeptOfHosts = { draining: ReadonlySet<string>; reasons: CloseReasons };

/** @param readings with inventory */
export async function keptOfHosts(region: RegionId, readings: ReadingSet): Promise<KeptOfHosts> {
  const hosts = clusterOf(readings).hosts.map(({ name, hypervisor: { disabledReason } }) => ({
    host: name,
    disabledReason,
  }));
  const [draining, reasons] = await Promise.all([hostsBeingDrained(region), takeCloseReasons(region, hosts)]);
  return { draining, reasons };
}

/** @param readings with inventory; without plans, nothing is known about who left a host behind */
export function outOf(
  readings: ReadingSet,
  { draining, reasons }: KeptOfHosts,
): (host: ClusterHost) => OutOfService | null {
  let plans: HostPlan[] | undefined;
  return ({ name, hypervisor: { state, status, disabledReason }, servers }) => {
    if (status !== 'disabled' && state !== 'down') return null;
    plans ??= listHostPlans(readings);
    const reason = reasons.get(name) ?? disabledReason;
    return outOfService({ name, state, status, disabledReason: reason, vms: servers.length }, { plans, draining });
  };
}

/** Plans with what they do to hosts, newest first; empty while plans are not known. */
export function listHostPlans(readings: ReadingSet): HostPlan[] {
  if (!readings.optimizer?.value) return [];
  const { index } = clusterOf(readings);
  return auditCasesOf(readings)
    .flatMap(({ audit, plans, actions }) =>
      plans.map((plan) => {
        const { id, state, createdAt } = plan;
        const known = actions[id] ?? [];
        const times = new Map(known.map((action) => [action.id, action.updatedAt]));
        const steps = listSteps(known, index).map((step) => ({
          ...step,
          updatedAt: times.get(step.action_id) ?? null,
        }));
        return {
          auditId: audit.id,
          planId: id,
          name: audit.name,
          state,
          steps,
          createdAt,
          updatedAt: plan.updatedAt,
          isAbandoned: isAbandoned(plan, actions[id], Date.now()),
        };
      }),
    )
    .sort((a, b) => b.createdAt - a.createdAt);
}
