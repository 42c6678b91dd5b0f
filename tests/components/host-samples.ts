import type { HostMap } from '@/lib/contract/v1/host-map';
import type { News } from '@/lib/contract/v1/news';
import type { ListedPlan, PlanWorth } from '@/lib/contract/v1/plan-list';
import type { Proposal } from '@/lib/contract/v1/proposal';
import { GIB, HOUR_MS, MINUTE_MS } from '@/lib/units';
import { summary } from './audit-samples';
import { NOW, readings } from './samples';

/** Hosts of the overview, few enough to count by hand. */

type Row = [name: string, cpu: number | null, ram: number | null, cpuAfter?: number];

export function hostMap(rows: Row[], changes: Partial<HostMap> = {}): HostMap {
  return {
    hosts: {
      names: rows.map(([name]) => name),
      cpu: rows.map(([, cpu]) => cpu),
      ram: rows.map(([, , ram]) => ram),
      vms: rows.map(() => 12),
      away: {},
    },
    used_percentage: 51.6,
    zone: null,
    aggregate: null,
    zones: [],
    aggregates: [],
    reason: null,
    after: {
      audit: { id: 'a1', name: 'nightly' },
      reason: null,
      moves: 17,
      cpu: rows.map(([, cpu, , after]) => after ?? cpu),
      ram: rows.map(([, , ram]) => ram),
    },
    enough: null,
    awaited: false,
    readings: readings(),
    ...changes,
  };
}

/** Two hot, one warm, one normal, one not measured. */
export const HOSTS = hostMap([
  ['cmp-r01-01', 89.2, 60, 61],
  ['cmp-r01-02', 34, 40],
  ['cmp-r01-03', 96, 70, 64],
  ['cmp-r02-01', 75, 88],
  ['cmp-r02-02', null, null],
]);

/** 400 hosts: 4 of each hundred hot at 90%, 6 warm at 75%, the rest at 40%. */
export const HOSTS_400 = hostMap(
  Array.from({ length: 400 }, (_, at) => [
    `cmp-r${String(Math.floor(at / 20) + 1).padStart(2, '0')}-${String((at % 20) + 1).padStart(2, '0')}`,
    at % 100 < 4 ? 90 : at % 100 < 10 ? 75 : 40,
    50,
    55,
  ]),
);

export const NO_HOSTS = hostMap([], { used_percentage: 0, after: null });

export const WORTH: PlanWorth = {
  group: 'worth-doing',
  rank: 1,
  cpu: {
    hosts: 24,
    changed: 11,
    warm_from: 70,
    hot_from: 85,
    mean: { now: 51, after: 51 },
    spread: { now: 20.61, after: 8.4 },
    hottest: { now: { host: 'cmp-1', load: 89.2 }, after: { host: 'cmp-2', load: 64 } },
    hot: { now: 3, after: 0 },
    warm: { now: 1, after: 0 },
  },
  score: { now: 81, after: 88 },
  cooled: ['cmp-1', 'cmp-3'],
  heated: [],
  emptied: null,
  disabled: [],
  asked_for: false,
  moves: 17,
  moves_estimated: 0,
  enough: null,
  moves_planned: 17,
  shutdowns: 0,
  others: 0,
  ram_to_copy: 258 * GIB,
  verdict: 'warning',
  counts: { ok: 14, unchecked: 0, warning: 3, 'would-fail': 0 },
  truth: { state: 'true', vms_left: 0, targets_lost: [], hosts: 11, hosts_moved: 0, threshold: 5, reason: null },
  expired: false,
  part_of: null,
};

/** A plan that waits, made 26 minutes ago. */
export const listed = (changes: Partial<ListedPlan> = {}): ListedPlan => ({
  audit_id: 'a1',
  audit_name: 'nightly',
  audit_type: 'ONESHOT',
  interval: null,
  next_run_at: null,
  goal: 'workload_balancing',
  strategy: 'workload_stabilization',
  plan_id: 'p1',
  plan_state: 'RECOMMENDED',
  state_meaning: 'Waiting for approval.',
  part: 'waiting',
  created_at: NOW - 26 * MINUTE_MS,
  updated_at: null,
  expires_at: NOW + 22 * HOUR_MS,
  expires_by: 'age',
  worth: WORTH,
  worth_reason: null,
  started: null,
  progress: null,
  seconds_left: null,
  result: null,
  ...changes,
});

const RUNNING = listed({
  audit_name: 'by-hand',
  plan_id: 'p2',
  plan_state: 'ONGOING',
  part: 'running',
  updated_at: NOW - MINUTE_MS,
  expires_at: null,
  expires_by: null,
  worth: null,
  progress: { actions: 8, done: 2, running: 1, failed: 1, cancelled: 0, skipped: 0 },
});

export function proposalOf(changes: Partial<Proposal> = {}): Proposal {
  return {
    total: 5,
    audit: summary(),
    hot: 3,
    counts: { running: 1, waiting: 5, done: 14, unchanged: 3 },
    groups: { worth_doing: 2, little_to_gain: 2, not_as_it_stands: 1 },
    best: listed(),
    top: [listed()],
    running: [RUNNING],
    leftDisabled: [],
    mayAct: true,
    readings: readings(),
    ...changes,
  };
}

/** Without an audit. */
export const NO_PROPOSAL = proposalOf({
  total: 0,
  audit: null,
  hot: 0,
  counts: { running: 0, waiting: 0, done: 0, unchanged: 0 },
  groups: { worth_doing: 0, little_to_gain: 0, not_as_it_stands: 0 },
  best: null,
  top: [],
  running: [],
});

const OF_PLAN = { audit_id: 'a1', audit: 'nightly', plan_id: 'p1' };

/** What happened in the hours before NOW, newest first. */
export const newsOf = (changes: Partial<News> = {}): News => ({
  items: [
    {
      kind: 'act',
      at: NOW - 5 * MINUTE_MS,
      act: 'start-plan',
      person: 'admin',
      reason: 'move db out of rack 1',
      name: 'by-hand',
      failed: false,
      plan: OF_PLAN,
    },
    { kind: 'plan-ended', at: NOW - 2 * HOUR_MS, failed: false, outcome: '4 of 4 actions done.', ...OF_PLAN },
    { kind: 'move-failed', at: NOW - 3 * HOUR_MS, vm: 'db-21', stays_on: 'cmp-2', ...OF_PLAN },
    { kind: 'host-closed', at: NOW - 30 * HOUR_MS, host: 'cmp-9', audit: 'night' },
  ],
  since: NOW - 7 * 24 * HOUR_MS,
  readings: readings(),
  ...changes,
});
