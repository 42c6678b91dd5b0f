import { describe, expect, it } from 'vitest';
import { listServerUse } from '@/lib/prometheus/server-use';
import { defaultMetricSettings as settings } from '@/lib/prometheus/settings';
import { exporters, row, servedPrometheus, sources } from './served';

const { answering } = servedPrometheus();

const CPU = 'libvirt_domain_info_cpu_time_seconds_total';
const now = (value: number | string, labels: Record<string, string>, name = CPU) =>
  row('now', value, { ...labels, __name__: name });

describe('sources of VM usage', () => {
  it('reads each VM from the most accurate source that has it', async () => {
    const vm = (uuid: string) => ({ uuid, instance: 'a:9177', job: 'libvirt' });
    const meter = (resource: string) => ({ resource, instance: 'sg-core', job: 'ceilometer' });
    const { prometheus, queries } = answering(
      [
        ...[row('cores', 1, vm('both')), now(9, vm('both'))],
        // A single sample yet.
        ...[row('young', 1, vm('new')), now(9, vm('new'))],
      ],
      ['both', 'new', 'other'].flatMap((id) => [
        row('cores', 0.5, meter(id)),
        now(9, meter(id), 'ceilometer_cpu'),
        now(3, meter(id), 'ceilometer_memory_usage'),
      ]),
    );
    const metrics = { prometheus, settings, exporters: exporters({ servers: sources('libvirt-uuid', 'ceilometer') }) };
    const memoryBytes = 3 * 1024 ** 2;
    expect(await listServerUse(metrics, ['both', 'new', 'other', 'gone'])).toEqual(
      new Map([
        ['both', { cores: 1, memoryBytes }],
        ['new', { cores: 0.5, memoryBytes }],
        ['other', { cores: 0.5, memoryBytes }],
      ]),
    );
    // One for each source, and one for the life of the new one.
    expect(queries()).toHaveLength(3);
  });

  it('reads Ceilometer in ns and MiB over six polls, with a new vm_instance after a migration (T32)', async () => {
    const on = (vm_instance: string) => ({ resource: 'vm', instance: 'ceilometer-internal:3000', vm_instance });
    const { prometheus, queries } = answering([
      ...[row('cores', 0.5, on('a'))],
      ...[row('cores', 0.25, on('b')), row('young', 1, on('b')), now(1, on('b'), 'ceilometer_cpu')],
      now(3, on('b'), 'ceilometer_memory_usage'),
    ]);
    const use = await listServerUse(
      { prometheus, settings, exporters: exporters({ servers: sources('ceilometer') }) },
      ['vm'],
    );
    expect(use.get('vm')).toEqual({ cores: 0.75, memoryBytes: 3 * 1024 ** 2 });
    expect(queries()[0]).toContain('increase(ceilometer_cpu{resource="vm"}[720s]) / 720 / 1000000000');
  });

  it('measures a young VM in Ceilometer by its polls', async () => {
    const on = { resource: 'vm', vm_instance: 'a' };
    const { prometheus, queries } = answering(
      [row('young', 1, on), now(1, on, 'ceilometer_cpu')],
      [row('life', 0.5, on)],
    );
    const metrics = { prometheus, settings, exporters: exporters({ servers: sources('ceilometer') }) };
    expect((await listServerUse(metrics, ['vm'])).get('vm')?.cores).toBe(0.5);
    expect(queries()[1]).toContain('/ ((changes(ceilometer_cpu{resource="vm"}[720s]) - changes(');
  });

  it('reads libvirtd_exporter in ns', async () => {
    const { prometheus, queries } = answering();
    await listServerUse({ prometheus, settings, exporters: exporters({ servers: sources('libvirtd') }) }, ['vm']);
    expect(queries()[0]).toContain('increase(libvirtd_domain_cpu_time{uuid="vm"}[300s]) / 300 / 1000000000');
  });

  it('queries with the label and the time that it is given', async () => {
    const { prometheus, forms } = answering();
    const servers = [{ source: 'libvirt-uuid' as const, label: 'server', known: 5 }];
    await listServerUse({ prometheus, settings, exporters: exporters({ servers }) }, ['vm'], { at: 5_000 });
    expect(forms[0]?.get('query')).toContain('{server="vm"}');
    expect(forms[0]?.get('time')).toBe('5');
  });
});
