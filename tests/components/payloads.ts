import type { Payloads } from '@/components/widgets/widget';
import type { AuditDetail, AuditSummary, Migration, ProjectedHost } from '@/lib/contract/v1/audits';
import type { Readings } from '@/lib/contract/v1/readings';

/** What widgets are given: a full cloud, one of which nothing is known, and one that is empty. */

export const NOW = Date.parse('2026-02-13T02:41:30Z');
export const LIMITS = { cpuWarm: 70, cpuHot: 85, ramWarm: 85, ramHot: 95 };
const GIB = 1024 ** 3;

const fresh = { state: 'fresh' as const, as_of: NOW, error: null };
export const FRESH: Readings = { inventory: fresh, allocations: fresh, load: fresh, optimizer: fresh };

const region = {
  name: 'RegionOne',
  hosts_total: 24,
  hosts_up: 23,
  hosts_enabled: 22,
  hosts_measured: 23,
  hosts_warm: 2,
  hosts_hot: 3,
};
const unknownPhysical = {
  total: null,
  usage: null,
  free: null,
  used_percentage: null,
  source: null,
  hosts_measured: 0,
  reason: 'Prometheus can’t be reached.',
};
const unknownVirtual = {
  total: null,
  allocated: null,
  free: null,
  allocated_percentage: null,
  overcommit_ratio: null,
  overcommit_max: null,
  schedulable_free: null,
  physical_base: null,
  source: null,
  reason: 'Placement answered 503.',
};

export const FULL: Payloads = {
  virtual: {
    region,
    vcpu: {
      total: 7168,
      allocated: 3050,
      free: 4118,
      allocated_percentage: 42.55,
      overcommit_ratio: 1.7,
      overcommit_max: 4,
      schedulable_free: 4000,
      physical_base: 1792,
      source: 'placement',
      reason: null,
    },
    vram: {
      total: 900 * GIB,
      allocated: 300 * GIB,
      free: 600 * GIB,
      allocated_percentage: 33.3,
      overcommit_ratio: 0.33,
      overcommit_max: 1,
      schedulable_free: 550 * GIB,
      physical_base: 900 * GIB,
      source: 'placement',
      reason: null,
    },
    vm: {
      count: 400,
      active: 360,
      stopped: 30,
      placed: 397,
      by_status: { ACTIVE: 360, SHUTOFF: 30, ERROR: 10 },
      avg_cpu: 7.68,
      avg_ram: 8 * GIB,
      density: 16.5,
    },
    flavors: [
      { name: '<script>alert(1)</script>', count: 200 },
      { name: 'm1.small', count: 150 },
      { name: 'm1.large', count: 49 },
      { name: 'rare', count: 1 },
    ],
    readings: FRESH,
  },
  physical: {
    region,
    pcpu: {
      total: 1792,
      usage: 925.3,
      free: 866.7,
      used_percentage: 51.64,
      source: 'node-exporter',
      hosts_measured: 23,
      reason: null,
    },
    pram: {
      total: 4 * 1024 * GIB,
      usage: 1024 * GIB,
      free: 3 * 1024 * GIB,
      used_percentage: 25,
      source: 'node-exporter',
      hosts_measured: 23,
      reason: null,
    },
    diagnostics: { unmapped_targets: [], duplicate_targets: [], unmeasured_hosts: ['cmp-9'] },
    readings: FRESH,
  },
  sources: {
    sources: [
      { name: 'Nova', status: 'ok', message: null, since: null, checked_at: NOW },
      { name: 'Watcher', status: 'error', message: 'Watcher answered 503.', since: NOW - 60_000, checked_at: NOW },
      { name: 'Prometheus', status: 'mock', message: null, since: null, checked_at: NOW },
    ],
  },
};

export const UNKNOWN: Payloads = {
  virtual: {
    ...FULL.virtual,
    vcpu: unknownVirtual,
    vram: unknownVirtual,
    vm: { ...FULL.virtual.vm, avg_cpu: null, avg_ram: null },
    flavors: [],
  },
  physical: { ...FULL.physical, pcpu: unknownPhysical, pram: unknownPhysical },
  sources: { sources: [] },
};

const nothing = { total: 0, usage: 0, free: 0, used_percentage: 0, source: null, hosts_measured: 0, reason: null };
const nothingAllocated = {
  ...unknownVirtual,
  total: 0,
  allocated: 0,
  free: 0,
  allocated_percentage: 0,
  overcommit_ratio: 0,
  overcommit_max: 0,
  schedulable_free: 0,
  physical_base: 0,
  reason: null,
};
const nowhere = {
  name: '',
  hosts_total: 0,
  hosts_up: 0,
  hosts_enabled: 0,
  hosts_measured: 0,
  hosts_warm: 0,
  hosts_hot: 0,
};

export const EMPTY: Payloads = {
  virtual: {
    region: nowhere,
    vcpu: nothingAllocated,
    vram: nothingAllocated,
    vm: { count: 0, active: 0, stopped: 0, placed: 0, by_status: {}, avg_cpu: 0, avg_ram: 0, density: 0 },
    flavors: [],
    readings: FRESH,
  },
  physical: {
    region: nowhere,
    pcpu: nothing,
    pram: nothing,
    diagnostics: { unmapped_targets: [], duplicate_targets: [], unmeasured_hosts: [] },
    readings: FRESH,
  },
  sources: { sources: [] },
};

export const summary = (more: Partial<AuditSummary> = {}): AuditSummary => ({
  id: 'audit-1',
  name: 'stabilize',
  state: 'SUCCEEDED',
  type: 'ONESHOT',
  goal: 'workload_balancing',
  strategy: 'workload_stabilization',
  scope: 'Full Cluster',
  created_at: NOW - 26 * 60_000,
  updated_at: null,
  plans: 1,
  plan: { id: 'plan-1', state: 'RECOMMENDED', created_at: NOW, updated_at: null, actions: 2, migrations: 2 },
  ...more,
});

export const migration = (more: Partial<Migration> = {}): Migration => ({
  action_id: 'action-1',
  state: 'PENDING',
  wave: 0,
  server_id: 'vm-1',
  instance_name: 'web-01',
  migration_type: 'live',
  source: 'cmp-1',
  destination: 'cmp-2',
  flavor: 'm1.large',
  vcpus: 4,
  ram: 8 * GIB,
  cpu_cores: 2,
  cpu_basis: 'measured',
  source_points: 12.5,
  destination_points: 6.25,
  impact: 'Medium',
  projected: true,
  problem: null,
  ...more,
});

const host = (name: string, current: number | null, projected: number | null): ProjectedHost => ({
  host: name,
  logical_cpus: 64,
  cpu_current: current,
  cpu_projected: projected,
  ram_current: 40,
  ram_projected: 40,
  vcpu_allocated: 100,
  vcpu_projected: 96,
  vram_allocated: GIB,
  vram_projected: GIB,
});

export const detail = (more: Partial<AuditDetail> = {}): AuditDetail => ({
  audit: {
    ...summary(),
    state_meaning: 'Finished.',
    interval: null,
    auto_trigger: false,
    force: false,
    next_run_at: null,
    start_at: null,
    end_at: null,
    status_message: null,
    parameters: { weights: { instance_cpu_usage_weight: 1 } },
    scope_document: [],
    cpu_weight: 1,
    ram_weight: null,
  },
  plans: [],
  waves: [],
  migrations: [migration()],
  projection: {
    basis: 'now',
    as_of: NOW,
    reason: null,
    confidence: 'measured',
    hosts: [host('cmp-1', 89, 61.2), host('cmp-2', 20, 26.25), host('cmp-3', null, null)],
    coverage: { moves: 1, projected: 1, measured: 1, estimated: 0, left_out: [], scheduler_chosen: 0 },
  },
  readings: FRESH,
  ...more,
});
