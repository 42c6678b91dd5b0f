import { type AuditCase, strategyOf } from './audit-case';

/** The goals and strategies by which audits can be filtered. */

/**
 * Those that come with Watcher; clouds add their own.
 * https://docs.openstack.org/watcher/latest/strategies/
 */
const GOALS = [
  'airflow_optimization',
  'cluster_maintaining',
  'dummy',
  'hardware_maintenance',
  'noisy_neighbor',
  'saving_energy',
  'server_consolidation',
  'thermal_optimization',
  'unclassified',
  'workload_balancing',
];
const STRATEGIES = [
  'actuator',
  'basic',
  'dummy',
  'dummy_with_resize',
  'dummy_with_scorer',
  'host_maintenance',
  'node_resource_consolidation',
  'noisy_neighbor',
  'outlet_temperature',
  'saving_energy',
  'storage_capacity_balance',
  'uniform_airflow',
  'vm_workload_consolidation',
  'workload_balance',
  'workload_stabilization',
  'zone_migration',
];

const joined = (own: string[], found: (string | null)[]): string[] =>
  [...new Set([...own, ...found.filter((name) => name !== null)])].sort();

export const knownGoals = (cases: AuditCase[]): string[] =>
  joined(
    GOALS,
    cases.map(({ audit }) => audit.goal),
  );

export const knownStrategies = (cases: AuditCase[]): string[] => joined(STRATEGIES, cases.map(strategyOf));
