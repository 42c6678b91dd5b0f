import { describe, expect, it } from 'vitest';
import { discoverExporters } from '@/lib/prometheus/discover';
import { listExporterInventories } from '@/lib/prometheus/exporter-inventory';
import { defaultMetricSettings as settings } from '@/lib/prometheus/settings';
import { exporters, row, servedPrometheus } from './served';

const { answering } = servedPrometheus();

const libvirt = (name: string) => row('libvirt', 5, { __name__: name });
const CPU = libvirt('libvirt_domain_info_cpu_time_seconds_total');

describe('discoverExporters', () => {
  it.each([
    ['Debian’s libvirt exporter', [CPU, row('by_server', 5)], 'libvirt-uuid'],
    ['zhangjianweibj’s exporter', [CPU, row('by_instance', 5)], 'libvirt-instance-id'],
    ['inovex’s exporter', [CPU, libvirt('libvirt_domain_openstack_info')], 'libvirt-inovex'],
    ['Tinkoff’s exporter', [CPU, libvirt('libvirt_domain_info_meta')], 'libvirt-tinkoff'],
    ['vexxhost’s exporter', [libvirt('libvirtd_domain_cpu_time')], 'libvirtd'],
    ['Ceilometer', [row('ceilometer', 5)], 'ceilometer'],
    ['Ceilometer next to a libvirt exporter without VM ids', [CPU, row('ceilometer', 5)], 'ceilometer'],
    ['no source of VM usage', [CPU], null],
  ])('detects %s', async (_, rows, servers) => {
    const { prometheus } = answering(rows, rows);
    expect((await discoverExporters(prometheus, settings)).servers).toBe(servers);
  });

  it('finds hosts by their metrics, with any job name, and uses recording rules only as a last resort', async () => {
    const node = row('node', 3, { __name__: 'node_memory_MemTotal_bytes' });
    const rules = row('node', 3, { __name__: 'instance:node_num_cpu:sum' });
    const hosts = async (...rows: (typeof node)[]) =>
      (await discoverExporters(answering(rows, rows).prometheus, settings)).hosts;
    expect(await hosts(rules, node)).toBe('node-exporter');
    expect(await hosts(rules)).toBe('recording-rules');
    expect(await hosts()).toBeNull();
  });

  it('takes the interval from the shortest time with two scrapes', async () => {
    const rows = [row('node_60', 15), row('node_600', 15.4), row('server_60', 'NaN'), row('server_600', 60)];
    const { prometheus } = answering(rows, rows);
    expect(await discoverExporters(prometheus, settings)).toMatchObject({
      nodeIntervalSeconds: 15,
      serverIntervalSeconds: 60,
      openstackIntervalSeconds: null,
    });
  });

  it('ignores implausible intervals, which would make queries read years of data', async () => {
    const rows = [row('node_60', 2 ** 31), row('node_600', 30), row('server_60', -15), row('openstack_60', 0)];
    const { prometheus } = answering([], rows);
    expect(await discoverExporters(prometheus, settings)).toMatchObject({
      nodeIntervalSeconds: 30,
      serverIntervalSeconds: null,
      openstackIntervalSeconds: null,
    });
  });

  it('limits every query to the selectors', async () => {
    const { prometheus, queries } = answering();
    const selectors = { node: 'cloud="n"', libvirt: 'cloud="l",', openstack: 'cloud="o"', ceilometer: 'cloud="c"' };
    await discoverExporters(prometheus, { ...settings, selectors });
    const all = queries().join('\n');
    for (const series of all.match(/\{[^}]*\}/g) ?? []) expect(series).toMatch(/cloud="[nloc]"\}$/);
  });
});

describe('listExporterInventories', () => {
  const labels = { hostname: 'a.example', resourcetype: 'VCPU' };
  const inventory = [row('total', 64, labels), row('reserved', 4, labels), row('used', 10, labels)];

  it('restores ratios that passed through a 32-bit float (T14)', async () => {
    const { prometheus } = answering([
      ...inventory,
      row('ratio', 1.2000000476837158, labels),
      row('total', 8, { hostname: 'half', resourcetype: 'VCPU' }),
    ]);
    expect(await listExporterInventories({ prometheus, settings, exporters: exporters() })).toEqual([
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

  it('leaves out a host with a missing number instead of assuming a ratio of 1', async () => {
    const { prometheus } = answering(inventory);
    expect(await listExporterInventories({ prometheus, settings, exporters: exporters() })).toEqual([]);
  });

  it('leaves out a host with a negative total or half a vCPU', async () => {
    for (const wrong of [row('total', -64, labels), row('used', 9.5, labels)]) {
      const kept = inventory.filter(({ labels: { m } }) => m !== wrong.labels.m);
      const { prometheus } = answering([...kept, row('ratio', 1, labels), wrong]);
      expect(await listExporterInventories({ prometheus, settings, exporters: exporters() })).toEqual([]);
    }
  });

  it('looks back for an exporter that is scraped every ten minutes (T33)', async () => {
    const { prometheus, queries } = answering();
    await listExporterInventories({ prometheus, settings, exporters: exporters({ openstackIntervalSeconds: 600 }) });
    expect(queries()[0]).toContain('last_over_time');
    expect(queries()[0]).toContain('[1800s]');
  });

  it('sends no query without an openstack-exporter (T31)', async () => {
    const { prometheus, queries } = answering();
    expect(await listExporterInventories({ prometheus, settings, exporters: exporters({ openstack: false }) })).toEqual(
      [],
    );
    expect(queries()).toEqual([]);
  });
});
