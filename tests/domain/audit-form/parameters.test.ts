import { describe, expect, it } from 'vitest';
import { fieldsOf } from '@/lib/domain/audit-form/fields';
import { checkParameters } from '@/lib/domain/audit-form/parameters';
import { checkRules } from '@/lib/domain/audit-form/strategy-rules';
import { specOf } from '@/lib/simulation/strategy-specs';

const NEW = { watcherMinor: 7 };
const OLD = { watcherMinor: 4 };
const STRATEGIES = [
  'workload_stabilization',
  'workload_balance',
  'vm_workload_consolidation',
  'node_resource_consolidation',
  'host_maintenance',
  'zone_migration',
];

describe('fields of a strategy', () => {
  it.each(STRATEGIES)('have titles and units of ours, each of them once: %s', (strategy) => {
    const fields = fieldsOf(strategy, specOf(strategy, NEW));
    const titles = fields.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const { title, path } of fields) expect(title, path.join('.')).not.toContain('_');
  });

  it('are the parts of objects, with the default of each part', () => {
    const fields = fieldsOf('workload_stabilization', specOf('workload_stabilization', NEW));
    expect(fields[0]).toMatchObject({
      path: ['thresholds', 'instance_cpu_usage'],
      kind: 'number',
      default: 0.1,
      group: 'decides',
    });
    expect(fields.find(({ path }) => path.join() === 'metrics')).toMatchObject({
      kind: 'choices',
      default: ['instance_cpu_usage'],
    });
  });

  it('are plain for a strategy that nobody knows', () => {
    const spec = { properties: { speed: { type: 'integer', description: 'How fast' } }, required: ['speed'] };
    expect(fieldsOf('of_this_cloud', spec)).toEqual([
      {
        path: ['speed'],
        title: 'speed',
        note: 'How fast',
        kind: 'integer',
        options: [],
        default: null,
        required: true,
        group: 'decides',
      },
    ]);
  });

  it('follow the release: no switches for live and cold moves up to 2025.1', () => {
    expect(fieldsOf('host_maintenance', specOf('host_maintenance', NEW))).toHaveLength(4);
    expect(fieldsOf('host_maintenance', specOf('host_maintenance', OLD))).toHaveLength(2);
  });
});

describe('the check by schema', () => {
  const check = (strategy: string, parameters: Record<string, unknown>, release = NEW) =>
    checkParameters(specOf(strategy, release), parameters).map(({ field }) => field);

  it.each([
    ['a name that the schema lacks', 'workload_balance', { nonsense: 1 }, ['parameters.nonsense']],
    ['a name within an object', 'workload_stabilization', { periods: { vms: 1 } }, ['parameters.periods.vms']],
    ['a type', 'host_maintenance', { maintenance_node: 5 }, ['parameters.maintenance_node']],
    ['what is missing', 'host_maintenance', {}, ['parameters.maintenance_node']],
    [
      'a range',
      'workload_stabilization',
      { thresholds: { instance_cpu_usage: 2 } },
      ['parameters.thresholds.instance_cpu_usage'],
    ],
    ['a choice', 'workload_stabilization', { metrics: ['disk'] }, ['parameters.metrics.0']],
  ])('finds %s', (_, strategy, parameters, fields) => {
    expect(check(strategy, parameters)).toEqual(fields);
  });

  it.each(STRATEGIES.filter((name) => name !== 'host_maintenance'))('accepts the defaults of %s', (strategy) => {
    const fields = fieldsOf(strategy, specOf(strategy, NEW)).filter(({ path }) => path.length === 1);
    const defaults = Object.fromEntries(
      fields.flatMap(({ path, default: value }) => (value === null ? [] : [[path[0], value]])),
    );
    expect(check(strategy, defaults)).toEqual([]);
  });
});

describe('what schemas do not say', () => {
  const CLOUD = { hosts: ['a', 'b', 'c'], allHosts: ['a', 'b', 'c', 'd'] };
  const check = (strategy: string, parameters: Record<string, unknown>, cloud = CLOUD) =>
    checkRules(strategy, parameters, cloud);
  const fields = (list: { field: string }[]) => list.map(({ field }) => field.replace('parameters.', ''));

  it('refuses more tries than other hosts, which fails the audit', () => {
    expect(check('workload_stabilization', { retry_count: 2 }).problems).toEqual([]);
    expect(check('workload_stabilization', { retry_count: 3 }).problems).toEqual([
      { field: 'parameters.retry_count', text: expect.stringContaining('Use 1 to 2.') },
    ]);
    expect(check('workload_stabilization', { retry_count: 3, host_choice: 'cycle' }).problems).toEqual([]);
  });

  it('refuses a metric without a weight, and values that Watcher takes and then fails by', () => {
    const weights = { instance_ram_usage_weight: 1 };
    expect(fields(check('workload_stabilization', { weights }).problems)).toEqual([
      'weights.instance_cpu_usage_weight',
    ]);
    expect(fields(check('workload_stabilization', { host_choice: 'best' }).problems)).toEqual(['host_choice']);
    expect(fields(check('workload_balance', { metrics: 'disk' }).problems)).toEqual(['metrics']);
    expect(fields(check('node_resource_consolidation', { host_choice: 'me' }).problems)).toEqual(['host_choice']);
  });

  it('warns of a low limit', () => {
    const limit = (value: number) => ({ host_choice: 'cycle', thresholds: { instance_cpu_usage: value } });
    expect(check('workload_stabilization', limit(0.01)).warnings[0]?.text).toContain('Nearly always acts');
    expect(check('workload_stabilization', limit(0.1)).warnings).toEqual([]);
    expect(fields(check('workload_balance', {}).warnings)).toEqual(['threshold']);
  });

  it('checks host names, and says what becomes of running VMs', () => {
    const both = { maintenance_node: 'd', disable_live_migration: true, disable_cold_migration: true };
    expect(check('host_maintenance', both)).toEqual({
      problems: [],
      warnings: [{ field: 'parameters.disable_cold_migration', text: expect.stringContaining('stopped') }],
    });
    expect(fields(check('host_maintenance', { maintenance_node: 'x', backup_node: 'x' }).problems)).toEqual([
      'maintenance_node',
      'backup_node',
      'backup_node',
    ]);
    expect(fields(check('zone_migration', {}).problems)).toEqual(['compute_nodes']);
    expect(check('zone_migration', { compute_nodes: [{ src_node: 'a', dst_node: 'x' }] }).problems[0]?.text).toContain(
      'x',
    );
  });
});
