import type { Effect, LoadOutcome, Outcome } from '@/lib/contract/v1/outcome';
import type { ProjectedHost } from '@/lib/contract/v1/projection';
import type { ActionPlan } from '@/lib/openstack/records';
import { type Limits, type LoadLimits, levelOf } from '../cluster/levels';
import { isOpen } from '../plans/states';
import type { PlanView } from './plan-projection';

/** Goals whose plans are meant to leave hosts without VMs: for these the spread says nothing. */
const EMPTYING_GOALS = new Set([
  'server_consolidation',
  'cluster_maintaining',
  'hardware_maintenance',
  'saving_energy',
]);

/** Less than this is no change: figures are shown with one decimal. */
const SMALLEST_CHANGE = 0.05;

export const isToEmptyHosts = (goal: string): boolean => EMPTYING_GOALS.has(goal);

export type OutcomeContext = { goal: string; plan: ActionPlan | null; limits: Limits };

/** What a plan changes, in numbers. Hosts without a measurement are in none of them. */
export function summarizeOutcome(view: PlanView, context: OutcomeContext): Outcome {
  const { projection, balance, totals } = view;
  const applied = { hosts: projection.hosts, balance, isApplied: projection.reason === null };
  return {
    cpu: summarizeLoad(applied, 'cpu', context.limits.cpu),
    ram: summarizeLoad(applied, 'ram', context.limits.ram),
    ...totals,
    emptied: describeEmptied(view, context),
    reason: projection.reason,
  };
}

/** What a line about the audit says of its plan; null if nothing is known of what it does. */
export function effectOf({ cpu, emptied, moves, moves_estimated }: Outcome): Effect | null {
  const { now, after } = cpu.spread;
  const change = moves === 0 || now === null || after === null ? null : after - now;
  const count = emptied?.count ?? null;
  return change === null && count === null ? null : { spread_change: change, moves_estimated, hosts_emptied: count };
}

const FIELDS = {
  cpu: { now: 'cpu_now', after: 'cpu_after' },
  ram: { now: 'ram_now', after: 'ram_after' },
} as const satisfies Record<string, Record<'now' | 'after', keyof ProjectedHost>>;

type Applied = { hosts: ProjectedHost[]; balance: PlanView['balance']; isApplied: boolean };

/** `after` is null throughout if the plan could not be applied. */
export function summarizeLoad(
  { hosts, balance, isApplied }: Applied,
  resource: 'cpu' | 'ram',
  limits: LoadLimits,
): LoadOutcome {
  const loads = hosts.flatMap((host) => {
    const [now, after] = [host[FIELDS[resource].now], host[FIELDS[resource].after]];
    return now === null || after === null ? [] : [{ host: host.host, now, after }];
  });
  const isKnown = { now: loads.length > 0, after: loads.length > 0 && isApplied };
  const both = <T>(of: (when: 'now' | 'after') => T | null) => ({
    now: isKnown.now ? of('now') : null,
    after: isKnown.after ? of('after') : null,
  });
  const count = (level: 'warm' | 'hot') =>
    both((when) => loads.filter((load) => levelOf(load[when], limits) === level).length);
  return {
    hosts: loads.length,
    changed: isKnown.after ? loads.filter(({ now, after }) => Math.abs(after - now) >= SMALLEST_CHANGE).length : null,
    warm_from: limits.warm,
    hot_from: limits.hot,
    mean: both((when) => balance[when][resource]?.mean ?? null),
    spread: both((when) => balance[when][resource]?.spread ?? null),
    hottest: both((when) => {
      const highest = balance[when][resource]?.highest ?? null;
      return highest && { host: highest.host, load: highest.percentage };
    }),
    hot: count('hot'),
    warm: count('warm'),
  };
}

/**
 * Hosts that the plan empties; null if that is not its goal. Where VMs were when a plan that is over was made is not known,
 * so for such a plan Watcher's own figure stands.
 */
function describeEmptied({ emptied }: PlanView, { goal, plan }: OutcomeContext): Outcome['emptied'] {
  if (!isToEmptyHosts(goal)) return null;
  if (plan === null || isOpen(plan.state)) return { ...emptied, by: 'projection' };
  const reported = plan.efficacy.find(({ name }) => name === 'released_compute_nodes_count')?.value ?? null;
  return { count: reported, hosts: [], vms_left: null, by: reported === null ? null : 'watcher' };
}
