import type { MoveStep, Scene, SceneHost, SceneStep, SceneVm, ShutdownStep } from '@/lib/contract/v1/scene';
import type { PlanExport } from '@/lib/domain/review/export';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant, type Variant } from '@/lib/domain/review/variant';
import { GIB } from '@/lib/units';

/** Scenes with round numbers: a host has 100 CPUs and 100 GiB, so that cores and GiB in use are percent. */

export const host = (name: string, cpu: number | null, more: Partial<SceneHost> = {}): SceneHost => ({
  name,
  state: 'up',
  status: 'enabled',
  disabled_reason: null,
  draining: null,
  cpu_total: 100,
  cpu_used: cpu,
  cpu_peak: cpu,
  ram_total: 100 * GIB,
  ram_used: 40 * GIB,
  inventories: { VCPU: room(100, 50), MEMORY_MB: room(102_400, 40_960) },
  traits: [],
  vms: 1,
  running: 1,
  ...more,
});

export const room = (capacity: number, used: number, maxUnit = capacity) => ({
  total: capacity,
  reserved: 0,
  capacity,
  max_unit: maxUnit,
  used,
});

/** 4 vCPUs, 8 GiB of RAM of which 4 are in use, 10 cores in use. */
export const vm = (id: string, on: string | null, more: Partial<SceneVm> = {}): SceneVm => ({
  id,
  name: `name-of-${id}`,
  project_id: 'project',
  status: 'ACTIVE',
  task_state: null,
  host: on,
  flavor: 'm1.large',
  vcpus: 4,
  ram: 8 * GIB,
  cores: 10,
  cores_basis: 'measured',
  cores_estimate: null,
  ram_used: 4 * GIB,
  ram_estimate: null,
  resources: { VCPU: 4, MEMORY_MB: 8192 },
  required_traits: [],
  forbidden_traits: [],
  aggregate_specs: {},
  live_obstacles: [],
  zone: 'nova',
  pinned_zone: null,
  locked: false,
  groups: [],
  ...more,
});

export const move = (
  vmId: string,
  source: string,
  destination: string | null,
  more: Partial<MoveStep> = {},
): MoveStep => ({
  action_id: `${vmId}:${source}`,
  wave: 1,
  state: 'PENDING',
  status_message: null,
  kind: 'migrate',
  vm_id: vmId,
  vm_name: null,
  live: true,
  source,
  destination,
  destination_named: null,
  happened: null,
  ...more,
});

/** Takes a VM out of service. */
export const shutdown = (
  vmId: string,
  how: ShutdownStep['how'] = 'stop',
  more: Partial<ShutdownStep> = {},
): ShutdownStep => ({
  kind: 'shutdown',
  action_id: `${how}:${vmId}`,
  wave: 1,
  state: 'PENDING',
  status_message: null,
  how,
  vm_id: vmId,
  vm_name: null,
  ...more,
});

/** Closes a host for new VMs. */
export const disable = (hostName: string): SceneStep => ({
  kind: 'service',
  action_id: 'off',
  wave: 1,
  state: 'PENDING',
  status_message: null,
  host: hostName,
  enable: false,
});

export const scene = (parts: Partial<Scene>): Scene => ({
  hosts: [],
  vms: [],
  projects: { names: [], reason: 'Names were not asked for.' },
  vms_of: parts.hosts?.map(({ name }) => name) ?? [],
  groups: [],
  aggregates: [],
  default_zone: 'nova',
  steps: [],
  history: { as_of: Date.UTC(2026, 2, 1, 3), since: Date.UTC(2026, 1, 22, 3), reason: null },
  unchecked: [],
  excluded: [],
  checks_moves: null,
  limits: { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } },
  ...parts,
});

/** Each move from a host of its own to one that has no other; VMs in server groups of ten. */
export function largeScene(hostCount: number, moves: number): Scene {
  const hosts = Array.from({ length: hostCount }, (_, i) => host(`cmp-${i}`, 20 + (i % 60)));
  const vms = Array.from({ length: moves }, (_, i) => vm(`vm-${i}`, `cmp-${i}`, { groups: [`g-${i % 50}`] }));
  return scene({
    hosts,
    vms,
    aggregates: [{ name: 'all', zone: 'az-a', metadata: {}, hosts: hosts.map(({ name }) => name) }],
    groups: Array.from({ length: 50 }, (_, g) => ({
      id: `g-${g}`,
      name: `g-${g}`,
      policy: 'anti-affinity',
      max_per_host: 1,
      members: vms.filter((_, i) => i % 50 === g).map(({ id, host: on }) => ({ id, host: on })),
    })),
    steps: vms.map(({ id }, i) =>
      move(id, `cmp-${i}`, `cmp-${hostCount - moves + i}`, { wave: 1 + Math.floor(i / 2) }),
    ),
  });
}

/** A reviewed plan with that scene, to be taken away. */
export const exportOf = (parts: Partial<Scene>, variant: Variant = noVariant(), audit = 'nightly'): PlanExport => {
  const whole = scene(parts);
  return {
    changed: false,
    link: '/audits/audit/plans/plan/',
    result: reviewPlan(whole, variant),
    review: {
      audit: {
        id: 'audit',
        name: audit,
        type: 'ONESHOT',
        state: 'SUCCEEDED',
        state_meaning: '',
        goal: 'balance',
        strategy: 's',
      },
      plan: {
        id: 'plan',
        state: 'RECOMMENDED',
        state_meaning: '',
        status_message: null,
        strategy: 's',
        created_at: 0,
        updated_at: null,
        expires_at: 86_400_000,
        replaced_by: null,
        action_counts: null,
        migrations: 1,
        outcome: null,
        explanation: null,
        cautions: [],
        efficacy: [],
        global_efficacy: [],
      },
      scene: whole,
      waves: [],
      made_at: 3_600_000,
    },
  };
};
