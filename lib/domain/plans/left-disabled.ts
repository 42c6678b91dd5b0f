import type { Action, ActionPlan, Audit, Hypervisor } from '@/lib/openstack/records';
import { readAction } from './actions';
import type { ActionsByPlan } from './shown-plan';
import { isRunning } from './states';

/** Hosts that a strategy of Watcher disabled in Nova, and that nothing will enable again. */

export type LeftDisabled = {
  host: string;
  /** As Nova has it: which strategies write it is known. */
  reason: string;
  /** When a plan disabled it; ms, null if no plan that was read did. */
  since: number | null;
  /** Name of that plan's audit; null if unknown. */
  audit: string | null;
};

/** What to do with a host, by the reason that Watcher gives Nova. */
export const REMEDIES: Record<string, string> = {
  watcher_disabled: 'a consolidation emptied it or was to; enable it when it is needed',
  watcher_maintaining: 'it was drained for maintenance; enable it when that is over',
};

type HostRecord = Pick<Hypervisor, 'host' | 'status' | 'disabledReason'>;

const isDisabledByWatcher = ({ status, disabledReason }: HostRecord): boolean =>
  status === 'disabled' && disabledReason !== null && Object.hasOwn(REMEDIES, disabledReason);

/** Strategies whose plans disable hosts. */
const DISABLING = ['basic', 'vm_workload_consolidation', 'node_resource_consolidation', 'host_maintenance', 'actuator'];
/** As many finished plans are looked at to find the one that disabled a host. */
const FINISHED = 10;

/** The plans whose actions tell whether hosts are left disabled, and since when; none if Watcher disabled no host. */
export function plansToLookAt(plans: ActionPlan[], hypervisors: HostRecord[]): ActionPlan[] {
  if (!hypervisors.some(isDisabledByWatcher)) return [];
  const finished = plans
    .filter(({ state, strategy }) => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(state) && isDisabling(strategy))
    .sort((a, b) => b.createdAt - a.createdAt);
  return [...plans.filter(({ state }) => isRunning(state)), ...finished.slice(0, FINISHED)];
}

const isDisabling = (strategy: string | null): boolean => strategy === null || DISABLING.includes(strategy);

type Known = { audits: Pick<Audit, 'id' | 'name'>[]; plans: ActionPlan[]; actions: ActionsByPlan };

/**
 * Hosts that a running plan disabled are not left: it may enable them at its end.
 *
 * @param nameOf the name under which Nova has a host, by any of its names
 */
export function listLeftDisabled(
  hypervisors: HostRecord[],
  { audits, plans, actions }: Known,
  nameOf: (host: string) => string | undefined,
): LeftDisabled[] {
  const disabled = hypervisors.filter(isDisabledByWatcher);
  if (disabled.length === 0) return [];
  const running = plans.filter(({ state }) => isRunning(state));
  // Without its actions, a running plan may have disabled any of them.
  if (running.some(({ id, strategy }) => actions[id] === undefined && isDisabling(strategy))) return [];
  const held = new Set(running.flatMap(({ id }) => (actions[id] ?? []).flatMap((one) => disables(one, nameOf) ?? [])));
  const owners = new Map(audits.map(({ id, name }) => [id, name]));
  return disabled.flatMap(({ host, disabledReason: reason }) => {
    if (reason === null || held.has(host)) return [];
    const last = lastDisabled(host, { plans, actions, nameOf });
    return [{ host, reason, since: last?.at ?? null, audit: owners.get(last?.plan.auditId ?? '') ?? null }];
  });
}

/** The host that an action has disabled or is about to; null if it is another action. */
function disables(action: Action, nameOf: (host: string) => string | undefined): string | null {
  const read = readAction(action);
  if (read.kind !== 'service' || read.enable || !['PENDING', 'ONGOING', 'SUCCEEDED'].includes(action.state))
    return null;
  return [read.name, read.id].map((name) => (name === null ? undefined : nameOf(name))).find(Boolean) ?? null;
}

function lastDisabled(
  host: string,
  { plans, actions, nameOf }: Pick<Known, 'plans' | 'actions'> & { nameOf: (host: string) => string | undefined },
): { at: number; plan: ActionPlan } | null {
  const times = plans.flatMap((plan) =>
    (actions[plan.id] ?? []).flatMap((action) =>
      action.state === 'SUCCEEDED' && action.updatedAt !== null && disables(action, nameOf) === host
        ? [{ at: action.updatedAt, plan }]
        : [],
    ),
  );
  return times.reduce<{ at: number; plan: ActionPlan } | null>((a, b) => (a === null || b.at > a.at ? b : a), null);
}
