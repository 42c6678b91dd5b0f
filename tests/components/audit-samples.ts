import type { AuditDetail, AuditList, AuditSummary, Migration } from '@/lib/contract/v1/audits';
import type { Drift, LoadOutcome, Outcome } from '@/lib/contract/v1/outcome';
import type { ProjectedHost } from '@/lib/contract/v1/projection';
import { GIB, MINUTE_MS } from '@/lib/units';
import { NOW, readings } from './samples';

/** Audits as the views return them, small enough to check by hand. */

export const summary = (changes: Partial<AuditSummary> = {}): AuditSummary => ({
  id: 'a1',
  name: 'nightly',
  state: 'SUCCEEDED',
  type: 'ONESHOT',
  goal: 'workload_balancing',
  strategy: 'workload_stabilization',
  scope: 'Full Cluster',
  created_at: NOW - 26 * MINUTE_MS,
  updated_at: null,
  plans: 1,
  plan: {
    id: 'p1',
    state: 'RECOMMENDED',
    created_at: NOW - 25 * MINUTE_MS,
    updated_at: null,
    actions: 3,
    migrations: 2,
    shutdowns: 0,
  },
  effect: { spread_change: -12.14, moves_estimated: 0, hosts_emptied: null },
  ...changes,
});

export const list = (audits: AuditSummary[], changes: Partial<AuditList> = {}): AuditList => ({
  audits,
  total: audits.length,
  limit: 50,
  offset: 0,
  next_since: '2026-01-31T08:00:00.000Z',
  readings: readings(),
  ...changes,
});

const GONE = {
  project_id: null,
  project_name: null,
  project_domain: null,
  project_reason: 'Nova has no VM with this id.',
};

export const migration = (changes: Partial<Migration> = {}): Migration => ({
  action_id: 'x1',
  state: 'PENDING',
  status_message: null,
  happened: null,
  wave: 1,
  vm_id: 's1',
  vm_name: 'web-01',
  ...GONE,
  migration_type: 'live',
  source: 'cmp-1',
  destination: 'cmp-2',
  flavor: 'm1.large',
  vcpus: 4,
  ram: 8 * GIB,
  cpu_cores: 2,
  cpu_basis: 'measured',
  cpu_estimate: null,
  source_points: 12.52,
  destination_points: 6.26,
  impact: 'Medium',
  projected: true,
  problem: null,
  ...changes,
});

export const host = (changes: Partial<ProjectedHost> & { host: string }): ProjectedHost => ({
  logical_cpus: 16,
  cpu_now: 89,
  cpu_after: 61.25,
  ram_now: 70,
  ram_after: 65,
  vcpu_now: 1200,
  vcpu_after: 1100,
  vram_now: 128 * GIB,
  vram_after: 120 * GIB,
  vcpu_capacity: 2048,
  vram_capacity: 256 * GIB,
  leaving: 0,
  arriving: 0,
  ...changes,
});

const loadOutcome = (changes: Partial<LoadOutcome> = {}): LoadOutcome => ({
  hosts: 2,
  changed: 2,
  warm_from: 70,
  hot_from: 85,
  mean: { now: 54.5, after: 43.76 },
  spread: { now: 34.5, after: 17.5 },
  hottest: { now: { host: 'cmp-1', load: 89 }, after: { host: 'cmp-1', load: 61.25 } },
  hot: { now: 1, after: 0 },
  warm: { now: 0, after: 0 },
  ...changes,
});

export const outcome = (changes: Partial<Outcome> = {}): Outcome => ({
  cpu: loadOutcome(),
  ram: loadOutcome({
    warm_from: 85,
    hot_from: 95,
    spread: { now: 0, after: 0 },
    hottest: { now: { host: 'cmp-1', load: 70 }, after: { host: 'cmp-1', load: 65 } },
    hot: { now: 0, after: 0 },
  }),
  emptied: null,
  moves: 1,
  moves_left: 1,
  hosts_touched: 2,
  shutdowns: 0,
  moves_estimated: 0,
  ram_to_copy: 8 * GIB,
  reason: null,
  ...changes,
});

export const drift = (changes: Partial<Drift> = {}): Drift => ({
  snapshot_at: NOW - 25 * MINUTE_MS,
  compared_at: NOW - MINUTE_MS,
  threshold: 5,
  compared: 2,
  moved: [],
  hosts_gone: [],
  reason: null,
  ...changes,
});

export function detail(changes: Partial<AuditDetail> = {}): AuditDetail {
  const { plan, ...audit } = summary();
  if (!plan) throw new Error('the sample has a plan');
  return {
    audit: {
      ...audit,
      plan,
      state_meaning: 'Finished; what it proposes is in its action plan.',
      interval: null,
      auto_trigger: false,
      force: false,
      next_run_at: null,
      start_at: null,
      end_at: null,
      status_message: null,
      parameters: { periods: { instance: 720 } },
      scope_document: [],
      cpu_weight: 1,
      ram_weight: 0.5,
    },
    plans: [
      {
        ...plan,
        state_meaning: 'Waiting for approval.',
        status_message: null,
        efficacy: [],
        global_efficacy: [],
        shown: true,
      },
    ],
    waves: [],
    cautions: [],
    shutdowns: [],
    migrations: [migration()],
    projection: {
      basis: 'now',
      as_of: NOW - MINUTE_MS,
      reason: null,
      confidence: 'measured',
      hosts: [host({ host: 'cmp-1' }), host({ host: 'cmp-2', cpu_now: 20, cpu_after: 26.26 })],
      coverage: { moves: 1, projected: 1, measured: 1, estimated: 0, scaled: 0, left_out: [], scheduler_chosen: 0 },
    },
    outcome: outcome(),
    drift: drift(),
    readings: readings(),
    ...changes,
  };
}
