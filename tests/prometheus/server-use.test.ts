import { describe, expect, it } from 'vitest';
import { listServerUse } from '@/lib/prometheus/server-use';
import { defaultMetricSettings as settings } from '@/lib/prometheus/settings';
import { exporters, row, servedPrometheus } from './served';

const { answering } = servedPrometheus();

const CPU = 'libvirt_domain_info_cpu_time_seconds_total';
const at = (host: string, uuid = 'vm') => ({ uuid, instance: `${host}:9177`, job: 'libvirt' });
const now = (value: number | string, labels: Record<string, string>, name = CPU) =>
  row('now', value, { ...labels, __name__: name });
const uuids = (count: number) =>
  Array.from({ length: count }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);

describe('listServerUse', () => {
  it('returns the mean over the window, 0 as a measurement, and nothing for an unknown VM', async () => {
    const { prometheus } = answering([
      ...[row('cores', 1.5, at('a')), row('recent', 9, at('a')), row('old', 1, at('a')), now(9, at('a'))],
      ...[row('cores', 0, at('a', 'idle')), row('old', 1, at('a', 'idle')), now(9, at('a', 'idle'))],
    ]);
    expect(await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm', 'idle', 'gone'])).toEqual(
      new Map([
        ['vm', { cores: 1.5, memoryBytes: null }],
        ['idle', { cores: 0, memoryBytes: null }],
      ]),
    );
  });

  it('counts a VM that two hosts report at once as one, the busier (T28)', async () => {
    const { prometheus } = answering([
      ...[row('cores', 2, at('a')), row('old', 1, at('a')), now(9, at('a'))],
      ...[row('cores', 0.1, at('b')), now(1, at('b'))],
    ]);
    expect(await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).toEqual(
      new Map([['vm', { cores: 2, memoryBytes: null }]]),
    );
  });

  it('adds up the two halves of a window in which a VM has moved (T28)', async () => {
    const { prometheus } = answering([
      ...[row('cores', 1.2, at('a')), row('old', 1, at('a'))],
      ...[row('cores', 0.8, at('b')), now(1, at('b'))],
    ]);
    expect((await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).get('vm')?.cores).toBe(2);
  });

  it('does not add what a stale target left behind to a VM that was here all the time', async () => {
    const { prometheus } = answering([
      ...[row('cores', 1.2, at('a')), row('old', 1, at('a'))],
      ...[row('cores', 1.5, at('b')), row('old', 1, at('b')), now(1, at('b'))],
    ]);
    expect((await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).get('vm')?.cores).toBe(1.5);
  });

  it('counts rows once that Prometheus replicas repeat', async () => {
    const rows = (replica: string) => [
      ...[row('cores', 1.2, { ...at('a'), replica }), row('old', 1, { ...at('a'), replica })],
      ...[row('cores', 0.8, { ...at('b'), replica }), now(1, { ...at('b'), replica })],
    ];
    const { prometheus } = answering([...rows('1'), ...rows('2')]);
    expect((await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).get('vm')?.cores).toBe(2);
  });

  it('measures a VM younger than the window over its lifetime', async () => {
    const { prometheus, queries } = answering([row('cores', 0.4, at('a')), row('recent', 2, at('a')), now(9, at('a'))]);
    expect((await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).get('vm')?.cores).toBe(2);
    expect(queries()[0]).toContain(`rate(${CPU}{uuid="vm"}[60s])`);
  });

  it('returns null after a single sample, and nothing for a VM that has stopped reporting', async () => {
    const { prometheus } = answering([
      now(9, at('a', 'new')),
      row('cores', 1, at('a', 'stopped')),
      row('old', 1, at('a', 'stopped')),
    ]);
    expect(await listServerUse({ prometheus, settings, exporters: exporters() }, ['new', 'stopped'])).toEqual(
      new Map([['new', { cores: null, memoryBytes: null }]]),
    );
  });

  it('returns RAM in use from guests that report it, and null for 0 or NaN (T23)', async () => {
    const memory = (id: string, available: number | string, usable: number | string) => [
      now(9, at('a', id)),
      now(available, at('a', id), 'libvirt_domain_memory_stats_available_bytes'),
      now(usable, at('a', id), 'libvirt_domain_memory_stats_usable_bytes'),
    ];
    const { prometheus } = answering([...memory('vm', 1000, 300), ...memory('zero', 0, 0), ...memory('nan', 'NaN', 1)]);
    const use = await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm', 'zero', 'nan']);
    expect([...use].map(([id, { memoryBytes }]) => [id, memoryBytes])).toEqual([
      ['vm', 700],
      ['zero', null],
      ['nan', null],
    ]);
  });

  it.each(['libvirt-inovex', 'libvirt-tinkoff'] as const)(
    'joins domains by target and name for %s, since names repeat between cells (T29)',
    async (servers) => {
      const label = servers === 'libvirt-inovex' ? 'instance_id' : 'uuid';
      const on = (instance: string, domain = 'instance-1') => ({ domain, instance });
      const { prometheus, queries } = answering(
        [row('', 1, { [label]: 'vm-1', ...on('a') }), row('', 1, { [label]: 'vm-2', ...on('b') })],
        [
          ...[row('cores', 1, on('a')), row('old', 1, on('a')), now(1, on('a'))],
          ...[row('cores', 3, on('b')), row('old', 1, on('b')), now(1, on('b'))],
          ...[row('cores', 9, on('b', 'instance-2')), now(1, on('b', 'instance-2'))],
        ],
      );
      const use = await listServerUse({ prometheus, settings, exporters: exporters({ servers }) }, ['vm-1', 'vm-2']);
      expect([...use].map(([id, { cores }]) => [id, cores])).toEqual([
        ['vm-1', 1],
        ['vm-2', 3],
      ]);
      expect(queries()[0]).toContain(`${label}=~"vm-1|vm-2"`);
      expect(queries()[1]).toContain('{instance=~"a|b",domain="instance-1"}');
    },
  );

  it('reads Ceilometer in ns and MiB over six polls, with a new vm_instance after a migration (T32)', async () => {
    const on = (vm_instance: string) => ({ resource: 'vm', instance: 'ceilometer-internal:3000', vm_instance });
    const { prometheus, queries } = answering([
      ...[row('cores', 0.5, on('a')), row('old', 1, on('a'))],
      ...[row('cores', 0.25, on('b')), now(1, on('b'), 'ceilometer_cpu')],
      now(3, on('b'), 'ceilometer_memory_usage'),
    ]);
    const use = await listServerUse({ prometheus, settings, exporters: exporters({ servers: 'ceilometer' }) }, ['vm']);
    expect(use.get('vm')).toEqual({ cores: 0.75, memoryBytes: 3 * 1024 ** 2 });
    expect(queries()[0]).toContain('rate(ceilometer_cpu{resource="vm"}[720s]) / 1e9');
  });

  it('reads libvirtd_exporter in ns', async () => {
    const { prometheus, queries } = answering();
    await listServerUse({ prometheus, settings, exporters: exporters({ servers: 'libvirtd' }) }, ['vm']);
    expect(queries()[0]).toContain('rate(libvirtd_domain_cpu_time{uuid="vm"}[300s]) / 1e9');
  });

  it('queries with the configured label and time', async () => {
    const { prometheus, forms } = answering();
    await listServerUse(
      { prometheus, settings: { ...settings, serverLabel: 'server' }, exporters: exporters() },
      ['vm'],
      { at: 5_000 },
    );
    expect(forms[0]?.get('query')).toContain('{server="vm"}');
    expect(forms[0]?.get('time')).toBe('5');
  });

  it.each(['libvirt-uuid', 'libvirtd', 'ceilometer'] as const)(
    'queries %s in batches with short addresses, each VM once',
    async (servers) => {
      const { prometheus, queries } = answering();
      const ids = uuids(150);
      await listServerUse({ prometheus, settings, exporters: exporters({ servers }) }, [...ids, ...ids]);
      for (const query of queries()) expect(new URLSearchParams({ query }).toString().length).toBeLessThan(4_000);
      for (const id of ids) expect(queries().filter((query) => query.includes(id))).toHaveLength(1);
      expect(queries().length).toBeLessThan(20);
    },
  );

  it('queries domains in batches with short addresses', async () => {
    const ids = uuids(80);
    const places = ids.map((instance_id, i) =>
      row('', 1, { instance_id, instance: `compute-${i % 40}.cell1.example:9177`, domain: `instance-${i}` }),
    );
    const { prometheus, queries } = answering(places);
    await listServerUse({ prometheus, settings, exporters: exporters({ servers: 'libvirt-inovex' }) }, ids);
    expect(queries().length).toBeGreaterThan(2);
    for (const query of queries()) expect(new URLSearchParams({ query }).toString().length).toBeLessThan(4_000);
  });

  it('returns nothing and sends no query without VMs or without an exporter', async () => {
    const { prometheus, queries } = answering();
    expect(await listServerUse({ prometheus, settings, exporters: exporters() }, [])).toEqual(new Map());
    expect(await listServerUse({ prometheus, settings, exporters: exporters({ servers: null }) }, uuids(3))).toEqual(
      new Map(),
    );
    expect(queries()).toEqual([]);
  });
});
