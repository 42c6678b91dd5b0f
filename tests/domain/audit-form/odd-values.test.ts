import { describe, expect, it } from 'vitest';
import { readValue } from '@/components/audit-form/field-text';
import type { AuditField } from '@/lib/contract/v1/new-audit';
import { checkSettings } from '@/lib/domain/audit-form/check-settings';
import { fieldsOf } from '@/lib/domain/audit-form/fields';
import type { FormFacts } from '@/lib/domain/audit-form/form-facts';
import { checkParameters } from '@/lib/domain/audit-form/parameters';
import { specOf } from '@/lib/simulation/strategy-specs';

/** What people type into a field that wants something else. */

const RELEASE = { watcherMinor: 7 };
const STRATEGIES = [
  'workload_stabilization',
  'workload_balance',
  'vm_workload_consolidation',
  'node_resource_consolidation',
  'host_maintenance',
  'zone_migration',
];
const FACTS: FormFacts = {
  now: 0,
  strategies: STRATEGIES.map((name) => ({ name, goal: 'a goal', spec: specOf(name, RELEASE) })),
  taken: new Set(),
  hosts: ['a', 'b', 'c'].map((name) => ({ name, isOpen: true, zone: 'z', aggregates: [], servers: [] })),
  hostsReason: null,
  cpu: new Map([
    ['a', 20],
    ['b', 60],
    ['c', 40],
  ]),
  ram: new Map(),
  engines: 1,
  blockedBy: [],
  running: [],
  marked: new Set(),
  hasTimes: true,
  hasForce: true,
};

const check = (strategy: string, parameters: Record<string, unknown>) =>
  checkSettings({ name: 'x', strategy, type: 'ONESHOT', parameters }, FACTS);
const problems = (strategy: string, parameters: Record<string, unknown>) =>
  check(strategy, parameters).problems.map(({ field, text }) => [field.replace('parameters.', ''), text]);

const put = ([first = '', ...rest]: string[], value: unknown): Record<string, unknown> => ({
  [first]: rest.length === 0 ? value : put(rest, value),
});

/** Fields in which a text or a number is typed. */
const typedFields = STRATEGIES.flatMap((strategy) =>
  fieldsOf(strategy, specOf(strategy, RELEASE))
    .filter(({ kind }) => ['number', 'integer', 'json', 'host', 'host-pairs', 'pool-pairs'].includes(kind))
    .map((field): [string, string, AuditField] => [strategy, field.path.join('.'), field]),
);
const JARGON = /instance type|"string"|instance matched|schema|is invalid|less than {2}|undefined|null|NaN/i;

describe('a field of a form', () => {
  it.each(typedFields)('of %s says what it wants, in words and at its place: %s', (strategy, path, field) => {
    for (const typed of ['abc', '-5', '1e99', '> x', '0', '500', '2.5', '5 > ', 'a > b > c']) {
      const value = readValue(field, typed);
      const found = check(strategy, put(field.path, value));
      const own = found.problems.filter(({ field: at }) => `${at}.`.startsWith(`parameters.${path}.`));
      // A text is never a value of these.
      if (typed === 'abc') expect(own, `${path}: ${typed}`).not.toEqual([]);
      for (const { text } of own) {
        expect(text, `${path}: ${typed}`).toMatch(/^[“A-Z].*\.$/);
        expect(text, `${path}: ${typed}`).not.toMatch(JARGON);
      }
      expect(new Set(own.map(({ text }) => text)).size, `${path}: ${typed}`).toBe(own.length);
      for (const text of [...found.will, ...found.facts.map((one) => one.text)])
        expect(text, `${path}: ${typed}`).not.toMatch(/NaN|Infinity|undefined|50,000|null|abc%|-5%/);
    }
  });

  it.each([
    [
      'workload_stabilization',
      { thresholds: { instance_cpu_usage: 'a' } },
      'thresholds.instance_cpu_usage',
      'Give a number from 0 to 1.',
    ],
    ['workload_stabilization', { retry_count: 'many' }, 'retry_count', 'Give a number of at least 1.'],
    ['workload_stabilization', { retry_count: 1.5 }, 'retry_count', 'Give a whole number.'],
    [
      'workload_stabilization',
      { periods: { instance: 'x' } },
      'periods.instance',
      'Give a whole number of at least 0.',
    ],
    [
      'workload_stabilization',
      { granularity: 0 },
      'granularity',
      'Give seconds: at least 1, and at most a year, which is 31,622,400.',
    ],
    ['workload_balance', { threshold: 500 }, 'threshold', 'Give percent: above 0, and at most 100.'],
    ['workload_balance', { threshold: 'high' }, 'threshold', 'Give a number.'],
    [
      'vm_workload_consolidation',
      { period: -1 },
      'period',
      'Give seconds: at least 1, and at most a year, which is 31,622,400.',
    ],
    ['host_maintenance', {}, 'maintenance_node', 'It is needed.'],
    [
      'host_maintenance',
      { maintenance_node: 'a', disable_live_migration: 'x' },
      'disable_live_migration',
      'Give yes or no: true or false.',
    ],
    ['zone_migration', { compute_nodes: [{ src_node: '> a' }] }, 'compute_nodes', 'Nova has no host called > a.'],
    [
      'zone_migration',
      { compute_nodes: [{ src_node: 'a' }, { src_node: 'a' }] },
      'compute_nodes',
      'A host is there twice.',
    ],
    [
      'zone_migration',
      { compute_nodes: [{ src_node: 'a' }], parallel_total: 0 },
      'parallel_total',
      'Give 1 to 10,000: with 0, the plan would be empty.',
    ],
    [
      'zone_migration',
      { storage_pools: [{ src_pool: 'p' }] },
      'storage_pools',
      'Line 1 needs a pool to leave and one target: host@lvm > host@ceph, or host@lvm > type ssd.',
    ],
    [
      'zone_migration',
      { compute_nodes: [{ src_node: 'a', dst_node: 5 }] },
      'compute_nodes.0.dst_node',
      'Entry 1, dst_node: give a text.',
    ],
  ])('of %s: %j', (strategy, parameters, field, text) => {
    expect(problems(strategy, parameters).map(([at, words]) => [at, words?.replace(/\s/g, ' ')])).toEqual([
      [field, text],
    ]);
  });

  it('says what metrics of hosts look like', () => {
    const [found] = problems('workload_stabilization', { instance_metrics: 'abc' });
    expect(found?.[1]).toContain('Give an object in JSON, such as {"instance_cpu_usage":"host_cpu_usage"');
    expect(problems('workload_stabilization', { instance_metrics: {} })).toEqual([
      ['instance_metrics', 'It names no metric of hosts for instance_cpu_usage: the audit would fail.'],
    ]);
  });

  it('speaks of a limit only if it is one', () => {
    const willOf = (parameters: Record<string, unknown>) => check('workload_stabilization', parameters).will[0];
    const limits = { instance_cpu_usage: 0.125, instance_ram_usage: 0.2 };
    expect(willOf({ thresholds: { instance_cpu_usage: 500 } })).toContain('the spread of CPU is above its limit');
    expect(willOf({ thresholds: limits, metrics: ['instance_cpu_usage', 'instance_ram_usage'] })).toContain(
      'the spread of CPU is above 0.125 or the spread of RAM is above 0.2',
    );
    expect(check('workload_balance', { threshold: 'x', metrics: 'instance_ram_usage' }).will[0]).toContain(
      'when a host’s RAM is above its limit',
    );
  });
});

describe('a schema of a cloud’s own strategy', () => {
  const SPEC = {
    properties: {
      speed: { type: 'number', minimum: 0, exclusiveMinimum: true },
      mode: { enum: ['slow', 'fast'] },
      name: { type: 'string', pattern: '^a' },
      of: { anyOf: [{ required: ['host'] }, { required: ['zone'] }] },
      odd: { type: ['number', 'null'] },
    },
  };
  it.each([
    ['speed', 'x', 'Give a number above 0.'],
    ['mode', 'x', 'It must be slow or fast.'],
    ['name', 'x', 'It must look like ^a.'],
    ['of', {}, 'It needs host, or zone, and only one of these.'],
    ['odd', 'x', 'Give one of: number, null.'],
  ])('has words for %s', (name, value, text) => {
    expect(checkParameters(SPEC, { [name]: value })).toEqual([{ field: `parameters.${name}`, text }]);
  });
});
