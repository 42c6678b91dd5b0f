import type { AuditField } from '@/lib/contract/v1/new-audit';

/** What parameters are called, by strategy and path; schemas of Watcher have no titles, units or order. */

export type ParameterWords = Partial<Pick<AuditField, 'title' | 'note' | 'kind' | 'group' | 'options'>>;

const option = (value: string, label = value) => ({ value, label });

const LOOK_BACK = 'seconds';
const GRANULARITY: ParameterWords = { title: 'Between two measurements', note: 'seconds', group: 'rest' };
const METRICS = [option('instance_cpu_usage', 'CPU'), option('instance_ram_usage', 'RAM')];

const aggregation = (of: string): ParameterWords => ({
  title: `Figures of ${of} are taken as`,
  note: 'of all measurements in that time',
  kind: 'choice',
  options: [option('mean', 'their mean'), option('max', 'the highest'), option('min', 'the lowest')],
  group: 'rest',
});

export const PARAMETER_WORDS: Record<string, Record<string, ParameterWords>> = {
  workload_stabilization: {
    'thresholds.instance_cpu_usage': {
      title: 'Act when the CPU spread is above',
      note: 'standard deviation, 0 to 1: 0.1 is what other pages call 10 points',
      group: 'decides',
    },
    'thresholds.instance_ram_usage': {
      title: 'Act when the RAM spread is above',
      note: 'standard deviation, 0 to 1: 0.1 is 10 points; only if RAM counts',
      group: 'decides',
    },
    metrics: { title: 'What counts', options: METRICS, group: 'decides' },
    'weights.instance_cpu_usage_weight': { title: 'Weight of CPU', note: '0 to 1', group: 'decides' },
    'weights.instance_ram_usage_weight': { title: 'Weight of RAM', note: '0 to 1', group: 'decides' },
    host_choice: {
      title: 'Targets chosen by',
      note: '',
      kind: 'choice',
      options: [
        option('retry', 'retry, in random order'),
        option('cycle', 'cycle, one after the other'),
        option('fullsearch', 'fullsearch, every host'),
      ],
      group: 'decides',
    },
    retry_count: { title: 'Tries', note: 'for retry: how many random targets', group: 'decides' },
    'periods.instance': { title: 'Look back, VMs', note: LOOK_BACK, group: 'looks' },
    'periods.compute_node': { title: 'Look back, hosts', note: LOOK_BACK, group: 'looks' },
    'periods.node': { title: 'Look back, machines', note: LOOK_BACK, group: 'rest' },
    'aggregation_method.instance': aggregation('VMs'),
    'aggregation_method.compute_node': aggregation('hosts'),
    'aggregation_method.node': aggregation('machines'),
    instance_metrics: { title: 'Metrics of hosts', note: 'JSON', group: 'rest' },
    granularity: GRANULARITY,
  },
  workload_balance: {
    metrics: { title: 'What counts', kind: 'choice', options: METRICS, note: '', group: 'decides' },
    threshold: { title: 'Act when a host is above', note: 'percent', group: 'decides' },
    period: { title: 'Look back', note: LOOK_BACK, group: 'looks' },
    granularity: GRANULARITY,
  },
  vm_workload_consolidation: {
    period: { title: 'Look back', note: LOOK_BACK, group: 'looks' },
    granularity: GRANULARITY,
  },
  basic: {
    migration_attempts: { title: 'Tries', note: '0 for no limit', group: 'decides' },
    period: { title: 'Look back', note: LOOK_BACK, group: 'looks' },
    'aggregation_method.instance': aggregation('VMs'),
    'aggregation_method.compute_node': aggregation('hosts'),
    'aggregation_method.node': aggregation('machines'),
    granularity: GRANULARITY,
  },
  node_resource_consolidation: {
    host_choice: {
      title: 'Targets chosen by',
      note: '',
      kind: 'choice',
      options: [option('auto', 'Nova’s scheduler'), option('specify', 'Watcher')],
      group: 'decides',
    },
  },
  host_maintenance: {
    maintenance_node: { title: 'Host to empty', kind: 'host', note: '', group: 'decides' },
    backup_node: {
      title: 'Host that takes its VMs',
      kind: 'host',
      note: 'If it is too small, Watcher lets the scheduler choose instead.',
      group: 'decides',
    },
    disable_live_migration: { title: 'No live moves', note: 'Running VMs are shut down to move.', group: 'decides' },
    disable_cold_migration: { title: 'No cold moves', note: 'VMs that are off stay.', group: 'decides' },
  },
  zone_migration: {
    compute_nodes: {
      title: 'Hosts to leave',
      kind: 'host-pairs',
      note: 'One a line; with a target: cmp-1 > cmp-2',
      group: 'decides',
    },
    storage_pools: {
      title: 'Storage pools to leave',
      kind: 'pool-pairs',
      note: 'One a line: host@lvm > host@ceph, or with types of volumes: host@lvm, type hdd > type ssd',
      group: 'rest',
    },
    parallel_total: { title: 'Objects in a plan', note: 'at most', group: 'looks' },
    parallel_per_node: { title: 'Objects per host', note: 'at most', group: 'looks' },
    parallel_per_pool: { title: 'Objects per pool', note: 'at most', group: 'looks' },
    'priority.project': { title: 'Projects first', note: 'ids, separated by commas', group: 'rest' },
    'priority.compute_node': { title: 'Hosts first', note: 'names, separated by commas', group: 'rest' },
    'priority.storage_pool': { title: 'Pools first', note: 'names, separated by commas', group: 'rest' },
    'priority.compute': {
      title: 'VMs in order of',
      note: '',
      options: [
        option('vcpu_num', 'vCPU'),
        option('mem_size', 'RAM'),
        option('disk_size', 'disk'),
        option('created_at', 'age'),
      ],
      group: 'rest',
    },
    'priority.storage': {
      title: 'Volumes in order of',
      note: '',
      options: [option('size', 'size'), option('created_at', 'age')],
      group: 'rest',
    },
    with_attached_volume: { title: 'A VM follows its volumes', note: '', group: 'rest' },
  },
};
