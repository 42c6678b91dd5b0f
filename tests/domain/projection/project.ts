import { type PlanLoad, projectPlan } from '@/lib/domain/projection/plan-projection';
import type { Action, ActionPlan, Hypervisor, Server } from '@/lib/openstack/records';
import type { NodeTarget, ServerUse } from '@/lib/prometheus/records';
import { cluster, hypervisor, provider, target } from '../build';

export const plan = (state = 'RECOMMENDED'): ActionPlan => ({
  id: 'plan',
  auditId: 'audit',
  strategy: 'workload_stabilization',
  state,
  efficacy: [],
  globalEfficacy: [],
  hostname: null,
  statusMessage: null,
  createdAt: 1_000,
  updatedAt: null,
});

type Scene = {
  hosts?: Hypervisor[];
  targets?: NodeTarget[] | null;
  servers: Server[];
  actions: Action[];
  use?: Record<string, ServerUse>;
  state?: string;
  past?: { targets: NodeTarget[]; use: Record<string, ServerUse> } | null;
};

export const cores = (n: number): ServerUse => ({ cores: n, memoryBytes: null });

/** Two hosts by default: a has 32 CPUs, 24 of them in use (75%); b has 64, 16 in use (25%). */
export function project({ hosts, targets, servers, actions, use = {}, state = 'RECOMMENDED', past }: Scene) {
  const hypervisors = hosts ?? [hypervisor('a'), hypervisor('b')];
  const joined = cluster({
    hypervisors,
    servers,
    targets:
      targets === undefined ? [target('a', { cpus: 32, used: 24 }), target('b', { cpus: 64, used: 16 })] : targets,
    allocations: {
      kind: 'placement',
      providers: hypervisors.map(({ host }) => provider(host, { vcpus: 32, ratio: 4, used: 20 })),
    },
  });
  const history: PlanLoad['history'] = past === undefined ? {} : { plan: past && { at: 1_000, ...past } };
  const view = projectPlan(
    { plan: plan(state), actions, cluster: joined, happened: new Map() },
    {
      measuredAt: 5_000,
      use,
      history,
      hostLabels: ['instance'],
    },
  );
  const after = Object.fromEntries(view.projection.hosts.map((host) => [host.host, host.cpu_after]));
  return { ...view, after };
}
