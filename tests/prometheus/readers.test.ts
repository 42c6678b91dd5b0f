import { describe, expect, it } from 'vitest';
import type { Prometheus } from '@/lib/prometheus/client';
import { listExporterInventories } from '@/lib/prometheus/exporter-inventory';
import { listNodeTargets } from '@/lib/prometheus/node-targets';
import { QUERIES } from '@/lib/prometheus/queries';
import type { ExporterSet, Sample } from '@/lib/prometheus/records';
import { listServerUse } from '@/lib/prometheus/server-use';
import { checkSelector, nodeWindow, serverWindow, defaultMetricSettings as settings } from '@/lib/prometheus/settings';

const exporters = (more: Partial<ExporterSet> = {}): ExporterSet => ({
  hosts: 'node-exporter',
  servers: 'libvirt-uuid',
  openstack: true,
  nodeIntervalSeconds: 15,
  openstackIntervalSeconds: 60,
  ...more,
});

const row = (m: string, value: number | null, labels: Record<string, string> = {}): Sample => ({
  labels: { m, ...labels },
  value,
  at: 0,
});

/** Answers queries in turn; keeps what was asked. */
function answering(...answers: Sample[][]) {
  const asked: string[] = [];
  const prometheus: Prometheus = {
    query: async (expression) => {
      asked.push(expression);
      return answers[asked.length - 1] ?? [];
    },
    queryRange: async () => [],
    probe: async () => {},
  };
  return { prometheus, asked };
}

describe('node targets', () => {
  const a = { instance: 'a:9100', job: 'node' };
  const measures = (idle: number) => [
    row('idle', idle, a),
    row('cpus', 8, a),
    row('mem_total', 1000, a),
    row('mem_avail', 400, a),
    row('old', 1000, a),
    row('uname', 1, { ...a, nodename: 'host-a' }),
  ];

  it('are put together from rows of each measure; a host at exactly 0% is measured (T24)', async () => {
    const { prometheus } = answering(measures(1));
    expect(await listNodeTargets(prometheus, settings, exporters())).toEqual([
      {
        labels: a,
        nodename: 'host-a',
        cpus: 8,
        idleShare: 1,
        memoryTotalBytes: 1000,
        memoryAvailableBytes: 400,
        hugepagesFreeBytes: null,
      },
    ]);
  });

  it('that no longer report are gone, although their rate lives on (T10)', async () => {
    const { prometheus } = answering([row('idle', 0.5, a), row('old', 1000, a)]);
    expect(await listNodeTargets(prometheus, settings, exporters())).toEqual([]);
  });

  it('that are younger than the window are measured by a quotient that is right for them', async () => {
    const young = measures(0.1).filter(({ labels }) => labels.m !== 'old');
    const { prometheus, asked } = answering(young, [row('idle', 0.9, a)]);
    const [target] = await listNodeTargets(prometheus, settings, exporters());
    expect(target?.idleShare).toBe(0.9);
    expect(asked[1]).toContain('instance=~"a:9100"');
  });
});

describe('use of VMs', () => {
  const at = (host: string) => ({ uuid: 'vm', instance: `${host}:9177` });

  it('counts a VM that two hosts report at once as one (T28)', async () => {
    const { prometheus } = answering([
      row('cores', 2, at('a')),
      row('alive', 9, at('a')),
      row('cores', 0.1, at('b')),
      row('alive', 1, at('b')),
    ]);
    expect(await listServerUse(prometheus, settings, exporters(), ['vm'])).toEqual(
      new Map([['vm', { cores: 2, memoryBytes: null }]]),
    );
  });

  it('adds up the two halves of a window in which a VM has moved', async () => {
    const { prometheus } = answering([
      row('cores', 1.2, at('a')),
      row('cores', 0.8, at('b')),
      row('alive', 1, at('b')),
    ]);
    expect((await listServerUse(prometheus, settings, exporters(), ['vm'])).get('vm')?.cores).toBe(2);
  });

  it('takes RAM in use from guests that report it, and nothing from those that say 0 or NaN (T23)', async () => {
    const { prometheus } = answering([
      row('mem_available', 1000, at('a')),
      row('mem_usable', 300, at('a')),
      row('mem_available', 0, { uuid: 'zero', instance: 'a' }),
      row('mem_usable', 0, { uuid: 'zero', instance: 'a' }),
      row('mem_available', null, { uuid: 'nan', instance: 'a' }),
    ]);
    const use = await listServerUse(prometheus, settings, exporters(), ['vm', 'zero', 'nan']);
    expect([...use].map(([id, { memoryBytes }]) => [id, memoryBytes])).toEqual([
      ['vm', 700],
      ['zero', null],
      ['nan', null],
    ]);
  });

  it('joins domains by target and name, which repeats between cells (T29)', async () => {
    const { prometheus } = answering(
      [
        { labels: { instance_id: 'vm-1', domain: 'instance-1', instance: 'a' }, value: 1, at: 0 },
        { labels: { instance_id: 'vm-2', domain: 'instance-1', instance: 'b' }, value: 1, at: 0 },
      ],
      [
        row('cores', 1, { domain: 'instance-1', instance: 'a' }),
        row('alive', 1, { domain: 'instance-1', instance: 'a' }),
        row('cores', 3, { domain: 'instance-1', instance: 'b' }),
        row('alive', 1, { domain: 'instance-1', instance: 'b' }),
      ],
    );
    const use = await listServerUse(prometheus, settings, exporters({ servers: 'libvirt-inovex' }), ['vm-1', 'vm-2']);
    expect([...use].map(([id, { cores }]) => [id, cores])).toEqual([
      ['vm-1', 1],
      ['vm-2', 3],
    ]);
  });

  it('is asked in batches whose addresses stay short', async () => {
    const { prometheus, asked } = answering();
    const ids = Array.from({ length: 150 }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
    await listServerUse(prometheus, settings, exporters(), ids);
    expect(asked).toHaveLength(3);
    expect(await listServerUse(prometheus, settings, exporters({ servers: null }), ids)).toEqual(new Map());
  });
});

describe('the openstack-exporter', () => {
  it('gives ratios as they were meant before the 32-bit float (T14)', async () => {
    const labels = { hostname: 'a.example', resourcetype: 'VCPU' };
    const { prometheus } = answering([
      row('total', 64, labels),
      row('reserved', 4, labels),
      row('ratio', 1.2000000476837158, labels),
      row('used', 10, labels),
      row('total', 8, { hostname: 'half', resourcetype: 'VCPU' }),
    ]);
    expect(await listExporterInventories(prometheus, settings, exporters())).toEqual([
      {
        hypervisorHostname: 'a.example',
        resourceClass: 'VCPU',
        total: 64,
        reserved: 4,
        allocationRatio: 1.2,
        used: 10,
      },
    ]);
  });

  it('scraped every ten minutes is looked back for (T33)', async () => {
    const { prometheus, asked } = answering();
    await listExporterInventories(prometheus, settings, exporters({ openstackIntervalSeconds: 600 }));
    expect(asked[0]).toContain('last_over_time');
    expect(asked[0]).toContain('[1800s]');
  });
});

describe('settings', () => {
  it('widen a window that is too short for a rate (T34)', () => {
    expect(nodeWindow({ ...settings, window: 60_000 }, exporters({ nodeIntervalSeconds: 60 }))).toBe(240_000);
    expect(nodeWindow(settings, exporters())).toBe(300_000);
    expect(serverWindow(settings, exporters({ servers: 'ceilometer' }))).toBe(600_000);
  });

  it('refuse a selector that would leave its braces (T41)', () => {
    for (const selector of ['', 'job="node"', 'job=~\'a|b\', env!="x\\"y"'])
      expect(() => checkSelector(selector)).not.toThrow();
    for (const selector of ['job="node"}', 'job="node', 'up or vector(1)', 'job=node']) {
      expect(() => checkSelector(selector), selector).toThrow(expect.objectContaining({ kind: 'config' }));
    }
  });

  it('put hostile ids into queries as plain text (T41)', () => {
    const query = QUERIES.labelledUse(settings, 'uuid', ['a"} or vector(1) #', 'b.c'], 60_000);
    expect(query).toContain('uuid=~"a\\"\\\\} or vector\\\\(1\\\\) #|b\\\\.c"');
  });
});
