import { openRandom } from './random';

/** Watcher's goals and strategies, as in a fresh installation. Their UUIDs differ in every cloud; here they are fixed. */

const random = openRandom(20_261_123);
const id = () => random.uuid();

export type SimGoal = { id: string; name: string; displayName: string };
export type SimStrategy = { id: string; name: string; displayName: string; goal: SimGoal };

const goal = (name: string, displayName: string): SimGoal => ({ id: id(), name, displayName });

const AIRFLOW = goal('airflow_optimization', 'Airflow Optimization');
const MAINTAINING = goal('cluster_maintaining', 'Cluster Maintaining');
const DUMMY = goal('dummy', 'Dummy goal');
const HARDWARE = goal('hardware_maintenance', 'Hardware Maintenance');
const NOISY = goal('noisy_neighbor', 'Noisy Neighbor');
const ENERGY = goal('saving_energy', 'Saving Energy');
const CONSOLIDATION = goal('server_consolidation', 'Server Consolidation');
const THERMAL = goal('thermal_optimization', 'Thermal Optimization');
const UNCLASSIFIED = goal('unclassified', 'Unclassified');
const BALANCING = goal('workload_balancing', 'Workload Balancing');

export const GOALS: SimGoal[] = [
  AIRFLOW,
  MAINTAINING,
  DUMMY,
  HARDWARE,
  NOISY,
  ENERGY,
  CONSOLIDATION,
  THERMAL,
  UNCLASSIFIED,
  BALANCING,
];

const strategy = (name: string, displayName: string, of: SimGoal): SimStrategy => ({
  id: id(),
  name,
  displayName,
  goal: of,
});

export const STRATEGIES: SimStrategy[] = [
  strategy('actuator', 'Actuator', UNCLASSIFIED),
  strategy('basic', 'Basic offline consolidation', CONSOLIDATION),
  strategy('dummy', 'Dummy strategy', DUMMY),
  strategy('dummy_with_resize', 'Dummy strategy with resize', DUMMY),
  strategy('dummy_with_scorer', 'Dummy Strategy using sample Scoring Engines', DUMMY),
  strategy('host_maintenance', 'Host Maintenance Strategy', MAINTAINING),
  strategy('node_resource_consolidation', 'Node Resource Consolidation strategy', CONSOLIDATION),
  strategy('noisy_neighbor', 'Noisy Neighbor', NOISY),
  strategy('outlet_temperature', 'Outlet temperature based strategy', THERMAL),
  strategy('saving_energy', 'Saving Energy Strategy', ENERGY),
  strategy('storage_capacity_balance', 'Storage Capacity Balance Strategy', BALANCING),
  strategy('uniform_airflow', 'Uniform airflow migration strategy', AIRFLOW),
  strategy('vm_workload_consolidation', 'VM Workload Consolidation Strategy', CONSOLIDATION),
  strategy('workload_balance', 'Workload Balance Migration Strategy', BALANCING),
  strategy('workload_stabilization', 'Workload stabilization', BALANCING),
  strategy('zone_migration', 'Zone migration', HARDWARE),
];

export const goalNamed = (name: string): SimGoal | undefined => GOALS.find((one) => one.name === name);
export const strategyNamed = (name: string | null): SimStrategy | undefined =>
  STRATEGIES.find((one) => one.name === name);
