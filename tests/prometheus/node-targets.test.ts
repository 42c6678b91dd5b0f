import { describe, expect, it } from 'vitest';
import { listNodeTargets } from '@/lib/prometheus/node-targets';
import { defaultMetricSettings as settings } from '@/lib/prometheus/settings';
import { exporters, row, servedPrometheus } from './served';

const { answering } = servedPrometheus();

const a: Record<string, string> = { instance: 'a:9100', job: 'node' };
const measures = (idle: number | string, at = a) => [
  row('idle', idle, at),
  row('cpus', 8, at),
  row('mem_total', 1000, at),
  row('mem_avail', 400, at),
  row('old', 1000, at),
  row('uname', 1, { ...at, nodename: 'host-a' }),
];
const young = (at = a) => measures(0.1, at).filter(({ labels }) => labels.m !== 'old');

describe('listNodeTargets', () => {
  it('combines the rows of all measures, and reads a host at exactly 0% as measured (T24)', async () => {
    const { prometheus, queries } = answering(measures(1));
    expect(await listNodeTargets({ prometheus, settings, exporters: exporters() })).toEqual([
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
    expect(queries()).toHaveLength(1);
  });

  it('keeps targets separate that differ in any label, so that hosts can be matched later (T02)', async () => {
    const { prometheus } = answering([...measures(0.5), ...measures(0.5, { instance: 'a:9100', job: 'legacy' })]);
    const targets = await listNodeTargets({ prometheus, settings, exporters: exporters() });
    expect(targets.map(({ labels }) => labels.job)).toEqual(['node', 'legacy']);
  });

  it('accepts targets without a job (T05)', async () => {
    const labels = { fqdn: 'a.example', instance: '10.0.0.1:9100' };
    const { prometheus, queries } = answering(measures(0.5, labels));
    const [target] = await listNodeTargets({ prometheus, settings, exporters: exporters() });
    expect(target?.labels).toEqual(labels);
    expect(queries()[0]).not.toMatch(/job[=!]/);
  });

  it('leaves out targets that have stopped, although their rate continues (T09, T10)', async () => {
    const { prometheus } = answering([row('idle', 0.5, a), row('old', 1000, a)]);
    expect(await listNodeTargets({ prometheus, settings, exporters: exporters() })).toEqual([]);
  });

  it('reads a rate that is not a number as not measured (T35)', async () => {
    const { prometheus } = answering(measures('NaN'));
    expect(await listNodeTargets({ prometheus, settings, exporters: exporters() })).toMatchObject([
      { idleShare: null, cpus: 8 },
    ]);
  });

  it('measures targets younger than the window by a quotient that is correct for them', async () => {
    const { prometheus, queries } = answering(young(), [row('idle', 0.9, a)]);
    const [target] = await listNodeTargets({ prometheus, settings, exporters: exporters() });
    expect(target?.idleShare).toBe(0.9);
    expect(queries()[1]).toContain('instance="a:9100"');
  });

  it('has no rate after a single sample, nor without a quotient for a young target', async () => {
    const { prometheus, queries } = answering(young().slice(1));
    expect((await listNodeTargets({ prometheus, settings, exporters: exporters() }))[0]?.idleShare).toBeNull();
    expect(queries()).toHaveLength(1);
    const second = answering(young(), []);
    expect(
      (await listNodeTargets({ prometheus: second.prometheus, settings, exporters: exporters() }))[0]?.idleShare,
    ).toBeNull();
  });

  it('queries all targets at once, without names, if all are young', async () => {
    const many = Array.from({ length: 200 }, (_, i) => ({ ...a, instance: `compute-${i}.cell1.example.net:9100` }));
    const { prometheus, queries } = answering(
      many.flatMap((at) => young(at)),
      many.map((at) => row('idle', 0.7, at)),
    );
    const targets = await listNodeTargets({ prometheus, settings, exporters: exporters() });
    expect(targets.map(({ idleShare }) => idleShare)).toEqual(many.map(() => 0.7));
    expect(queries()).toHaveLength(2);
    expect(queries()[1]).not.toContain('compute-7');
  });

  it('sends the time for targets in the past', async () => {
    const { prometheus, forms } = answering(young(), [row('idle', 0.9, a)]);
    await listNodeTargets({ prometheus, settings, exporters: exporters() }, { at: 1_700_000_000_000 });
    expect(forms.map((form) => form.get('time'))).toEqual(['1700000000', '1700000000']);
  });

  it('looks back for targets that are scraped every ten minutes (T33)', async () => {
    const { prometheus, queries } = answering(measures(0.5));
    await listNodeTargets({ prometheus, settings, exporters: exporters({ nodeIntervalSeconds: 600 }) });
    expect(queries()[0]).toContain('last_over_time(node_memory_MemTotal_bytes{}[1800s])');
    expect(queries()[0]).toContain('rate(node_cpu_seconds_total{mode="idle"}[2400s])');
  });

  it('reads targets from RHOSO’s recording rules if only they are available', async () => {
    const at = { instance: '10.0.0.1:9100', fqdn: 'a.example' };
    const { prometheus } = answering([row('busy', 0.25, at), row('cpus', 64, at)]);
    expect(
      await listNodeTargets({ prometheus, settings, exporters: exporters({ hosts: 'recording-rules' }) }),
    ).toMatchObject([{ labels: at, cpus: 64, idleShare: 0.75, memoryTotalBytes: null, memoryAvailableBytes: null }]);
  });

  it('returns no targets and sends no query without an exporter', async () => {
    const { prometheus, queries } = answering();
    expect(await listNodeTargets({ prometheus, settings, exporters: exporters({ hosts: null }) })).toEqual([]);
    expect(queries()).toEqual([]);
  });
});
