import type { Overview } from '@/lib/contract/v1/overview';
import type { ReadingState, Readings } from '@/lib/contract/v1/readings';
import type { Sources } from '@/lib/contract/v1/sources';
import { GIB, MINUTE_MS } from '@/lib/units';

/** Data as the views return it, small enough to check by hand. */

const TIB = 1024 ** 4;
/** 02:46 UTC. */
export const NOW = Date.UTC(2026, 1, 12, 2, 46);
export const LIMITS = { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } };

const FRESH: ReadingState = { state: 'fresh', as_of: NOW - 20_000, error: null };
/** Read at 02:41 UTC; since 02:42 UTC it fails. */
export const STALE: ReadingState = {
  state: 'stale',
  as_of: NOW - 5 * MINUTE_MS,
  error: { source: 'Prometheus', message: 'Prometheus refused the connection.', since: NOW - 4 * MINUTE_MS },
};
export const MISSING_READING: ReadingState = { ...STALE, state: 'missing', as_of: null };

export const readings = (changes: Partial<Readings> = {}): Readings => ({
  inventory: FRESH,
  allocations: FRESH,
  load: FRESH,
  optimizer: FRESH,
  ...changes,
});

/** A project whose name is known. */
export const project = (name: string) => ({
  project_id: `id-of-${name}`,
  project_name: name,
  project_domain: 'Default',
  project_reason: null,
});

const UNKNOWN_VIRTUAL: Overview['vcpu'] = {
  total: null,
  allocated: null,
  free: null,
  allocated_percentage: null,
  overcommit_ratio: null,
  overcommit_max: null,
  schedulable_free: null,
  physical_base: null,
  source: null,
  reason: 'Placement returned 503.',
};

const UNKNOWN_PHYSICAL: Overview['pcpu'] = {
  total: null,
  usage: null,
  free: null,
  used_percentage: null,
  source: null,
  hosts_measured: 0,
  reason: 'No exporter reports a compute host.',
};

export const FULL: Overview = {
  mode: 'live',
  region: {
    name: 'RegionOne',
    hosts_total: 24,
    hosts_up: 23,
    hosts_enabled: 22,
    hosts_measured: 23,
    hosts_warm: 1,
    hosts_hot: 3,
  },
  pcpu: {
    total: 1792,
    usage: 925.2,
    free: 866.8,
    used_percentage: 51.63,
    source: 'node-exporter',
    hosts_measured: 23,
    reason: null,
  },
  pram: {
    total: 14 * TIB,
    usage: 7.2 * TIB,
    free: 6.8 * TIB,
    used_percentage: 51.43,
    source: 'node-exporter',
    hosts_measured: 23,
    reason: null,
  },
  vcpu: {
    total: 7168,
    allocated: 3050,
    free: 4118,
    allocated_percentage: 42.55,
    overcommit_ratio: 1.702,
    overcommit_max: 4,
    schedulable_free: 3900,
    physical_base: 1792,
    source: 'placement',
    reason: null,
  },
  vram: {
    total: 21 * TIB,
    allocated: 8.8 * TIB,
    free: 12.2 * TIB,
    allocated_percentage: 41.9,
    overcommit_ratio: 0.63,
    overcommit_max: 1.5,
    schedulable_free: 12 * TIB,
    physical_base: 14 * TIB,
    source: 'placement',
    reason: null,
  },
  vm: {
    count: 577,
    active: 553,
    stopped: 20,
    placed: 576,
    by_status: { ACTIVE: 553, SHUTOFF: 20, ERROR: 4 },
    avg_cpu: 5.295,
    avg_ram: 16 * GIB,
    density: 24,
  },
  flavors: [
    { name: 'm1.large', count: 174 },
    { name: '3f6c2c1e-8a44-4f5f-9b1f-0d7d1c9f2a10', count: 171 },
    { name: 'm1.xlarge', count: 1 },
    { name: 'm1.tiny', count: 1 },
  ],
  diagnostics: { unmapped_targets: ['ctl-01'], duplicate_targets: [], unmeasured_hosts: ['cmp-r02-09'] },
  progress: null,
  readings: readings(),
};

/** Nova answered; neither Placement nor Prometheus did. */
export const UNKNOWN: Overview = {
  ...FULL,
  pcpu: UNKNOWN_PHYSICAL,
  pram: UNKNOWN_PHYSICAL,
  vcpu: UNKNOWN_VIRTUAL,
  vram: UNKNOWN_VIRTUAL,
  vm: { ...FULL.vm, avg_cpu: null, avg_ram: null },
  flavors: [],
  readings: readings({ allocations: { ...MISSING_READING, error: null }, load: { ...MISSING_READING, error: null } }),
};

const NOTHING_VIRTUAL: Overview['vcpu'] = {
  ...FULL.vcpu,
  total: 0,
  allocated: 0,
  free: 0,
  allocated_percentage: 0,
  overcommit_ratio: 0,
  overcommit_max: 0,
  schedulable_free: 0,
  physical_base: 0,
};
const NOTHING_PHYSICAL: Overview['pcpu'] = {
  ...FULL.pcpu,
  total: 0,
  usage: 0,
  free: 0,
  used_percentage: 0,
  hosts_measured: 0,
};

/** A region without a host. */
export const EMPTY: Overview = {
  ...FULL,
  region: {
    name: '',
    hosts_total: 0,
    hosts_up: 0,
    hosts_enabled: 0,
    hosts_measured: 0,
    hosts_warm: 0,
    hosts_hot: 0,
  },
  pcpu: NOTHING_PHYSICAL,
  pram: NOTHING_PHYSICAL,
  vcpu: NOTHING_VIRTUAL,
  vram: NOTHING_VIRTUAL,
  vm: { count: 0, active: 0, stopped: 0, placed: 0, by_status: {}, avg_cpu: 0, avg_ram: 0, density: 0 },
  flavors: [],
  diagnostics: { unmapped_targets: [], duplicate_targets: [], unmeasured_hosts: [] },
};

export const SOURCES: Sources = {
  sources: [
    {
      name: 'Keystone',
      status: 'ok',
      message: null,
      since: null,
      checked_at: NOW - MINUTE_MS,
      answered_at: NOW - MINUTE_MS,
      unreadable: [],
    },
    {
      name: 'Prometheus',
      status: 'error',
      message: 'Prometheus refused the connection.',
      since: NOW - 5 * MINUTE_MS,
      checked_at: NOW,
      answered_at: NOW - 6 * MINUTE_MS,
      unreadable: [],
    },
    { name: 'Watcher', status: 'mock', message: null, since: null, checked_at: NOW, answered_at: NOW, unreadable: [] },
  ],
};
