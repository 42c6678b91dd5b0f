import { describe, expect, it } from 'vitest';
import { listServerUse } from '@/lib/prometheus/server-use';
import { defaultMetricSettings as settings } from '@/lib/prometheus/settings';
import { exporters, row, servedPrometheus, sources } from './served';

const { answering } = servedPrometheus();

const CPU = 'libvirt_domain_info_cpu_time_seconds_total';
const at = (host: string, uuid = 'vm') => ({ uuid, instance: `${host}:9177`, job: 'libvirt' });
const now = (value: number | string, labels: Record<string, string>, name = CPU) =>
  row('now', value, { ...labels, __name__: name });
/** Of a VM that a place reports for less than a window. */
const arrived = (cores: number, labels: Record<string, string>) => [
  row('cores', cores, labels),
  row('young', 1, labels),
  now(1, labels),
];
const uuids = (count: number) =>
  Array.from({ length: count }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);

describe('listServerUse', () => {
  it('returns the mean over the window, 0 as a measurement, and nothing for an unknown VM', async () => {
    const { prometheus } = answering([
      ...[row('cores', 1.5, at('a')), now(9, at('a'))],
      ...[row('cores', 0, at('a', 'idle')), now(9, at('a', 'idle'))],
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
      ...[row('cores', 2, at('a')), now(9, at('a'))],
      ...[row('cores', 0.1, at('b')), now(1, at('b'))],
    ]);
    expect(await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).toEqual(
      new Map([['vm', { cores: 2, memoryBytes: null }]]),
    );
  });

  it('adds up the two halves of a window in which a VM has moved (T28)', async () => {
    const { prometheus } = answering([...[row('cores', 1.2, at('a'))], ...arrived(0.8, at('b'))]);
    expect((await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).get('vm')?.cores).toBe(2);
  });

  it('does not add what a stale target left behind to a VM that was here all the time', async () => {
    const { prometheus } = answering([
      ...[row('cores', 1.2, at('a'))],
      ...[row('cores', 1.5, at('b')), now(1, at('b'))],
    ]);
    expect((await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).get('vm')?.cores).toBe(1.5);
  });

  it('counts rows once that Prometheus replicas repeat', async () => {
    const rows = (replica: string) => [
      row('cores', 1.2, { ...at('a'), replica }),
      ...arrived(0.8, { ...at('b'), replica }),
    ];
    const { prometheus } = answering([...rows('1'), ...rows('2')]);
    expect((await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).get('vm')?.cores).toBe(2);
  });

  it('counts what a VM has left once, whatever marks the copies', async () => {
    const rows = (scraper: string) => [
      row('cores', 1.2, { ...at('a'), scraper }),
      ...arrived(0.8, { ...at('b'), scraper }),
    ];
    const { prometheus } = answering([...rows('1'), ...rows('2')]);
    expect((await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).get('vm')?.cores).toBe(2);
  });

  it('adds up both halves if targets agree in job and instance, as behind agents that scrape localhost', async () => {
    const on = (agent_hostname: string) => ({ uuid: 'vm', instance: 'localhost:9177', job: 'libvirt', agent_hostname });
    const { prometheus } = answering([row('cores', 1.2, on('a')), ...arrived(0.8, on('b'))]);
    expect((await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).get('vm')?.cores).toBe(2);
  });

  it('is not misled by a replica of Prometheus that has just started', async () => {
    const { prometheus, queries } = answering([
      ...[row('cores', 2, { ...at('a'), replica: '1' }), now(9, { ...at('a'), replica: '1' })],
      ...arrived(0.1, { ...at('a'), replica: '2' }),
    ]);
    expect((await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).get('vm')?.cores).toBe(2);
    expect(queries()).toHaveLength(1);
  });

  it('measures a VM younger than the window over its own life', async () => {
    const { prometheus, queries } = answering(arrived(0.4, at('a')), [row('life', 2, at('a'))]);
    expect((await listServerUse({ prometheus, settings, exporters: exporters() }, ['vm'])).get('vm')?.cores).toBe(2);
    expect(queries()[1]).toContain(`deriv(${CPU}{uuid="vm"}[300s])`);
  });

  it('returns null after a single sample, and nothing for a VM that has stopped reporting', async () => {
    const { prometheus } = answering([
      now(9, at('a', 'new')),
      row('young', 1, at('a', 'new')),
      row('cores', 1, at('a', 'stopped')),
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
          ...[row('cores', 1, on('a')), now(1, on('a'))],
          ...[row('cores', 3, on('b')), now(1, on('b'))],
          ...[row('cores', 9, on('b', 'instance-2')), now(1, on('b', 'instance-2'))],
        ],
      );
      const use = await listServerUse({ prometheus, settings, exporters: exporters({ servers: sources(servers) }) }, [
        'vm-1',
        'vm-2',
      ]);
      expect([...use].map(([id, { cores }]) => [id, cores])).toEqual([
        ['vm-1', 1],
        ['vm-2', 3],
      ]);
      expect(queries()[0]).toContain(`${label}=~"vm-1|vm-2"`);
      expect(queries()[1]).toContain('{instance=~"a|b",domain="instance-1"}');
    },
  );

  it.each(['libvirt-uuid', 'libvirtd', 'ceilometer'] as const)(
    'queries %s in batches with short addresses, each VM once',
    async (servers) => {
      const { prometheus, queries } = answering();
      const ids = uuids(150);
      await listServerUse({ prometheus, settings, exporters: exporters({ servers: sources(servers) }) }, [
        ...ids,
        ...ids,
      ]);
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
    await listServerUse({ prometheus, settings, exporters: exporters({ servers: sources('libvirt-inovex') }) }, ids);
    expect(queries().length).toBeGreaterThan(2);
    for (const query of queries()) expect(new URLSearchParams({ query }).toString().length).toBeLessThan(4_000);
  });

  it('returns nothing and sends no query without VMs or without an exporter', async () => {
    const { prometheus, queries } = answering();
    expect(await listServerUse({ prometheus, settings, exporters: exporters() }, [])).toEqual(new Map());
    expect(await listServerUse({ prometheus, settings, exporters: exporters({ servers: [] }) }, uuids(3))).toEqual(
      new Map(),
    );
    expect(queries()).toEqual([]);
  });
});
