import type { Caution } from '@/lib/contract/v1/explanations';
import type { ShutdownWay } from '@/lib/contract/v1/projection';
import type { MoveStep, SceneStep } from '@/lib/contract/v1/scene';
import { formatNames, formatThings } from '@/lib/format';
import { groupBy } from '@/lib/group-by';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import type { Cluster } from '../cluster/cluster';
import { excludesServers, ignoresExclusions, listExcluded } from './exclusions';
import { isCurrent } from './states';
import { idsOfSteps, isMove, listSteps } from './steps';

type PlanCase = { plan: ActionPlan; actions: Action[] | null; audit: Audit };

/** What to know about a plan before it is started; empty for one that is over. */
export function cautionsOf({ plan, actions, audit }: PlanCase, cluster: Cluster): Caution[] {
  if (!isCurrent(plan.state)) return [];
  const steps = listSteps(actions ?? [], cluster.index).filter(({ state }) => ['PENDING', 'ONGOING'].includes(state));
  const strategy = plan.strategy ?? audit.strategy;
  return [
    startsAtOnce(steps),
    ...shutsOff(steps, cluster),
    staysDisabled(steps, cluster),
    ignoresScope({ audit, strategy, steps: actions && steps }, cluster),
  ].filter((caution) => caution !== null);
}

/** Watcher's usual planner lets this many moves run at once. */
const USUAL_WIDTH = 2;

/**
 * The planner of workload_stabilization, workload_balance and storage_capacity_balance gives actions no parents, so all of
 * them start at once. Nova's limit is max_concurrent_live_migrations, for each source host.
 */
function startsAtOnce(steps: SceneStep[]): Caution | null {
  const waves = groupBy(steps.filter(isMove), ({ wave }) => wave);
  const largest = [...waves.values()].reduce<MoveStep[]>((a, b) => (b.length > a.length ? b : a), []);
  if (largest.length <= USUAL_WIDTH) return null;
  const count = `${waves.size > 1 ? 'Up to ' : ''}${largest.length} moves start at once`;
  const cold = largest.filter(({ live }) => !live).length;
  const live = largest.filter((move) => move.live);
  const sources = new Set(live.map(({ source }) => source)).size;
  const nova =
    live.length === 0
      ? 'they are cold, for which Nova has no limit'
      : `Nova runs one at a time per source host by default, so ${formatThings(sources, 'live move')} ${sources === 1 ? 'runs' : 'run'} together`;
  const rest =
    live.length > 0 && cold > 0
      ? ` ${formatThings(cold, 'cold move')} ${cold === 1 ? 'has' : 'have'} no such limit.`
      : '';
  return {
    code: 'starts-at-once',
    text: `${count}; ${nova}.${rest} Watcher’s applier starts no more than it has workers.`,
  };
}

const ENDS: Record<ShutdownWay, [verb: string, after: string]> = {
  stop: ['shut off', 'Watcher does not start them again.'],
  shelve: ['shelved', 'They are off and on no host until someone unshelves them.'],
  delete: ['deleted', 'This can’t be undone.'],
};

function shutsOff(steps: SceneStep[], { servers }: Cluster): Caution[] {
  return Object.entries(ENDS).flatMap(([way, [verb, after]]) => {
    const names = steps.flatMap((step) => {
      const server = step.kind === 'shutdown' && step.how === way ? servers.get(step.vm_id ?? '') : undefined;
      return server && (way === 'delete' || server.status === 'ACTIVE') ? [server.name] : [];
    });
    if (names.length === 0) return [];
    const vms = formatThings(names.length, way === 'delete' ? 'VM' : 'running VM');
    return [{ code: 'shuts-off' as const, text: `${vms} will be ${verb}: ${formatNames(names)}. ${after}` }];
  });
}

/**
 * Hosts that the plan disables and does not enable again, and VMs that it leaves there: Watcher’s model of the cloud may be an
 * hour old.
 */
function staysDisabled(steps: SceneStep[], { byName }: Cluster): Caution | null {
  const last = new Map<string, boolean>();
  for (const step of steps) if (step.kind === 'service') last.set(step.host, step.enable);
  const hosts = [...last].flatMap(([host, enable]) => (enable ? [] : [host]));
  if (hosts.length === 0) return null;
  const [stay, them] = hosts.length === 1 ? ['stays', 'it'] : ['stay', 'them'];
  const text = `${formatNames(hosts)} ${stay} disabled when the plan is over: Watcher does not enable ${them} again.`;
  const leaving = new Set(idsOfSteps(steps));
  const left = hosts.flatMap((host) => byName.get(host)?.servers ?? []).filter(({ id }) => !leaving.has(id));
  if (left.length === 0) return { code: 'stays-disabled', text };
  const vms = formatThings(left.length, 'VM stays', 'VMs stay');
  const names = formatNames(left.map(({ name }) => name));
  return {
    code: 'stays-disabled',
    text: `${text} ${vms} on ${them}, since the plan does not move ${left.length === 1 ? 'it' : 'them'}: ${names}.`,
  };
}

type Scoped = { audit: Audit; strategy: string | null; steps: SceneStep[] | null };

function ignoresScope({ audit, strategy, steps }: Scoped, { servers }: Cluster): Caution | null {
  if (!ignoresExclusions(strategy) || !excludesServers(audit)) return null;
  const names = listExcluded(audit, steps === null ? [] : idsOfSteps(steps), servers).map(
    (id) => servers.get(id)?.name ?? id,
  );
  const rule = `${strategy} ignores which VMs the audit’s scope excludes`;
  return {
    code: 'ignores-exclusions',
    text:
      names.length > 0
        ? `${rule}, and the plan changes ${formatThings(names.length, 'excluded VM')}: ${formatNames(names)}.`
        : `${rule}, so its plans may move them.`,
  };
}
