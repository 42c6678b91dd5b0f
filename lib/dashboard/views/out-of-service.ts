import 'server-only';
import type { OutOfService } from '@/lib/contract/v1/closed-host';
import type { SceneStep } from '@/lib/contract/v1/scene';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { type HostPlan, outOfService } from '@/lib/domain/drain/out-of-service';
import { isAbandoned } from '@/lib/domain/plans/abandoned';
import { listSteps } from '@/lib/domain/plans/steps';
import type { Action, ActionPlan, Audit, Hypervisor } from '@/lib/openstack/records';
import { type CloseReasons, takeCloseReasons } from '../collect/close-reasons';
import { auditCasesOf, clusterOf } from '../collect/joined';
import { lastFor, partsOf } from '../collect/last-for';
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

/** Whether a host is known to take no new VMs. */
const isOut = ({ state, status }: Pick<Hypervisor, 'state' | 'status'>): boolean =>
  status === 'disabled' || state === 'down';

/** @param readings with inventory; without plans, nothing is known about who left a host behind */
export function outOf(
  readings: ReadingSet,
  { draining, reasons }: KeptOfHosts,
): (host: ClusterHost) => OutOfService | null {
  let plans: HostPlan[] | undefined;
  return ({ name, hypervisor: { state, status, disabledReason }, servers }) => {
    if (!isOut({ status, state })) return null;
    plans ??= listHostPlans(readings);
    const reason = reasons.get(name) ?? disabledReason;
    return outOfService({ name, state, status, disabledReason: reason, vms: servers.length }, { plans, draining });
  };
}

/**
 * Plans that do something to hosts, newest first; empty while plans are not known. Their steps are those that open or close
 * a host, and those that move VMs off one that is out of service now.
 */
export function listHostPlans(readings: ReadingSet): HostPlan[] {
  if (!readings.optimizer?.value) return [];
  const now = Date.now();
  return keepHostPlans(partsOf(readings, ['inventory', 'optimizer']), () => listKept(readings)).map(
    ({ audit, plan, actions, steps }) => ({
      auditId: audit.id,
      planId: plan.id,
      name: audit.name,
      state: plan.state,
      steps,
      updatedAt: plan.updatedAt,
      isAbandoned: isAbandoned(plan, actions, now),
    }),
  );
}

/** What does not change with time. */
type Kept = { audit: Audit; plan: ActionPlan; actions: Action[]; steps: HostPlan['steps'] };

const keepHostPlans = lastFor<Kept[]>('host-plans');

function listKept(readings: ReadingSet): Kept[] {
  const { hosts, index } = clusterOf(readings);
  const out = new Set(hosts.flatMap(({ name, hypervisor }) => (isOut(hypervisor) ? [name] : [])));
  const isAbout = (step: SceneStep) =>
    step.kind === 'service' || (step.kind === 'migrate' && step.source !== null && out.has(step.source));
  return auditCasesOf(readings)
    .flatMap(({ audit, plans, actions: all }) =>
      plans.flatMap((plan): Kept[] => {
        const actions = all[plan.id] ?? [];
        const about = listSteps(actions, index).filter(isAbout);
        if (about.length === 0) return [];
        const times = new Map(actions.map(({ id, updatedAt }) => [id, updatedAt]));
        const steps = about.map((step) => ({ ...step, updatedAt: times.get(step.action_id) ?? null }));
        return [{ audit, plan, actions, steps }];
      }),
    )
    .sort((one, other) => other.plan.createdAt - one.plan.createdAt);
}
