import { describe, expect, it } from 'vitest';
import { discoverExporters } from '@/lib/prometheus/discover';
import { listExporterInventories } from '@/lib/prometheus/exporter-inventory';
import { fitsAddress } from '@/lib/prometheus/promql';
import type { ServerUseSource } from '@/lib/prometheus/records';
import { SERVER_SOURCES } from '@/lib/prometheus/server-queries';
import { defaultMetricSettings as settings } from '@/lib/prometheus/settings';
import { exporters, row, servedPrometheus } from './served';

const { answering } = servedPrometheus();

/** VMs that a source knows by a label. */
const known = (source: ServerUseSource, label: string, count = 5) => row(`${source} ${label}`, count);

describe('discoverExporters', () => {
  it.each([
    ['Debian’s libvirt exporter', 'libvirt-uuid', 'uuid'],
    ['zhangjianweibj’s exporter', 'libvirt-instance-id', 'instanceId'],
    ['inovex’s exporter', 'libvirt-inovex', 'instance_id'],
    ['Tinkoff’s exporter', 'libvirt-tinkoff', 'uuid'],
    ['vexxhost’s exporter', 'libvirtd', 'uuid'],
    ['Ceilometer', 'ceilometer', 'resource'],
  ] as const)('detects %s, and how many VMs it knows', async (_, source, label) => {
    const { prometheus, queries } = answering([known(source, label, 7)]);
    expect((await discoverExporters(prometheus, settings)).servers).toEqual([{ source, label, known: 7 }]);
    expect(queries().join()).toContain(`count by (${label}) (${SERVER_SOURCES[source].named}{${label}!=""}))`);
  });

  it('finds every source of VM usage, the most accurate first', async () => {
    const { prometheus } = answering([known('ceilometer', 'resource', 400), known('libvirt-uuid', 'uuid', 20)]);
    expect((await discoverExporters(prometheus, settings)).servers).toEqual([
      { source: 'libvirt-uuid', label: 'uuid', known: 20 },
      { source: 'ceilometer', label: 'resource', known: 400 },
    ]);
    expect((await discoverExporters(answering().prometheus, settings)).servers).toEqual([]);
  });

  it('uses the configured label for a VM’s id where a source has it, and the usual one elsewhere', async () => {
    const { prometheus } = answering([known('libvirt-uuid', 'vm'), known('ceilometer', 'resource')]);
    const { servers } = await discoverExporters(prometheus, { ...settings, serverLabel: 'vm' });
    expect(servers.map(({ label }) => label)).toEqual(['vm', 'resource']);
  });

  it('finds hosts by their metrics, with any job name, and uses recording rules only as a last resort', async () => {
    const node = row('node', 3);
    const rules = row('rules', 3);
    const hosts = async (...rows: (typeof node)[]) =>
      (await discoverExporters(answering(rows).prometheus, settings)).hosts;
    expect(await hosts(rules, node)).toBe('node-exporter');
    expect(await hosts(rules)).toBe('recording-rules');
    expect(await hosts()).toBeNull();
  });

  it('takes the interval from the shortest time with two scrapes', async () => {
    const rows = [row('node_60', 15), row('node_600', 15.4), row('server_60', 'NaN'), row('server_600', 60)];
    const { prometheus } = answering(rows);
    expect(await discoverExporters(prometheus, settings)).toMatchObject({
      nodeIntervalSeconds: 15,
      serverIntervalSeconds: 60,
      openstackIntervalSeconds: null,
    });
  });

  it('ignores implausible intervals, which would make queries read years of data', async () => {
    const rows = [row('node_60', 2 ** 31), row('node_600', 30), row('server_60', -15), row('openstack_60', 0)];
    const { prometheus } = answering(rows);
    expect(await discoverExporters(prometheus, settings)).toMatchObject({
      nodeIntervalSeconds: 30,
      serverIntervalSeconds: null,
      openstackIntervalSeconds: null,
    });
  });

  it('takes the interval of CPU time if memory is dropped', async () => {
    const { prometheus } = answering([row('cpu_60', 20)]);
    expect((await discoverExporters(prometheus, settings)).nodeIntervalSeconds).toBe(20);
  });

  it('sends queries that fit into an address', async () => {
    const { prometheus, queries } = answering();
    await discoverExporters(prometheus, { ...settings, serverLabel: 'server' });
    for (const query of queries()) expect(fitsAddress(query)).toBe(true);
    expect(queries().length).toBeLessThanOrEqual(3);
  });

  it('asks for all labels of targets only if some agree in the usual ones', async () => {
    const healthy = answering([row('node', 3)]);
    expect((await discoverExporters(healthy.prometheus, settings)).identity).toEqual({ labels: [], replicas: [] });
    expect(healthy.queries().join()).not.toContain('timestamp');
    const twins = answering([row('node', 3), row('twins', 1)], []);
    await discoverExporters(twins.prometheus, settings);
    expect(twins.queries().at(-1)).toContain('timestamp');
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
    expect((await listExporterInventories({ prometheus, settings, exporters: exporters() })).rows).toEqual([
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
    expect((await listExporterInventories({ prometheus, settings, exporters: exporters() })).rows).toEqual([]);
  });

  it('leaves out a host with a negative total or half a vCPU', async () => {
    for (const wrong of [row('total', -64, labels), row('used', 9.5, labels)]) {
      const kept = inventory.filter(({ labels: { m } }) => m !== wrong.labels.m);
      const { prometheus } = answering([...kept, row('ratio', 1, labels), wrong]);
      expect((await listExporterInventories({ prometheus, settings, exporters: exporters() })).rows).toEqual([]);
    }
  });

  it('leaves out hosts that the exporters of two clouds report differently', async () => {
    const host = (name: string, used: number) => {
      const own = { hostname: name, resourcetype: 'VCPU' };
      return [row('total', 64, own), row('reserved', 4, own), row('ratio', 1.2, own), row('used', used, own)];
    };
    const least = (measure: string, value: number, name: string) =>
      row(`${measure}_least`, value, { hostname: name, resourcetype: 'VCPU' });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const all = names.flatMap((name) => host(name, 10));
    const read = async (...more: (typeof all)[number][]) => {
      const { prometheus } = answering([...all, ...more]);
      const { rows, disputed } = await listExporterInventories({ prometheus, settings, exporters: exporters() });
      return [rows.length, disputed];
    };
    expect(await read()).toEqual([6, []]);
    // One exporter passes the ratio through a 32-bit float; a VM has just started on one host.
    expect(await read(least('ratio', 1.19999999, 'a'), least('used', 8, 'b'))).toEqual([6, []]);
    expect(await read(least('total', 32, 'a'))).toEqual([5, ['a']]);
    expect(await read(...names.map((name) => least('used', 2, name)))).toEqual([0, names]);
  });

  it('looks back for an exporter that is scraped every ten minutes (T33)', async () => {
    const { prometheus, queries } = answering();
    await listExporterInventories({ prometheus, settings, exporters: exporters({ openstackIntervalSeconds: 600 }) });
    expect(queries()[0]).toContain('last_over_time');
    expect(queries()[0]).toContain('[1800s]');
  });

  it('sends no query without an openstack-exporter (T31)', async () => {
    const { prometheus, queries } = answering();
    expect(
      (await listExporterInventories({ prometheus, settings, exporters: exporters({ openstack: false }) })).rows,
    ).toEqual([]);
    expect(queries()).toEqual([]);
  });
});
