import type { HostMap } from '@/lib/contract/v1/host-map';
import type { Outcome } from '@/lib/contract/v1/outcome';
import type { Proposal } from '@/lib/contract/v1/proposal';
import { summary } from './audit-samples';
import { readings } from './samples';

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
    reason: null,
    after: {
      audit: { id: 'a1', name: 'nightly' },
      reason: null,
      cpu: rows.map(([, cpu, , after]) => after ?? cpu),
      ram: rows.map(([, , ram]) => ram),
    },
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

const load = (hot: number, now: number, after: number): Outcome['cpu'] => ({
  hosts: 24,
  changed: 11,
  warm_from: 70,
  hot_from: 85,
  mean: { now: 51, after: 51 },
  spread: { now: 20.61, after: 8.4 },
  hottest: { now: { host: 'cmp-1', load: now }, after: { host: 'cmp-2', load: after } },
  hot: { now: hot, after: 0 },
  warm: { now: 1, after: 0 },
});

export const OUTCOME: Outcome = {
  cpu: load(3, 89.2, 64),
  ram: load(0, 70, 66),
  emptied: null,
  moves: 17,
  moves_left: 17,
  hosts_touched: 11,
  shutdowns: 0,
  moves_estimated: 0,
  ram_to_copy: 0,
  reason: null,
};

export function proposalOf(changes: Partial<Proposal> = {}): Proposal {
  return { total: 5, audit: summary(), outcome: OUTCOME, leftDisabled: [], readings: readings(), ...changes };
}
