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
  row('boot', 1_690_000_000, at),
  row('uname', 1, { ...at, nodename: 'host-a' }),
];
const young = (at = a) => [...measures(0.1, at), row('young', 1, at)];

describe('listNodeTargets', () => {
  it('combines the rows of all measures, and reads a host at exactly 0% as measured (T24)', async () => {
    const { prometheus, queries } = answering(measures(1));
    expect(await listNodeTargets({ prometheus, settings, exporters: exporters() })).toEqual([
      {
        labels: a,
        nodename: 'host-a',
        bootedAt: 1_690_000_000_000,
        cpus: 8,
        idleShare: 1,
        cpuGap: null,
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
    const { prometheus } = answering([row('idle', 0.5, a)]);
    expect(await listNodeTargets({ prometheus, settings, exporters: exporters() })).toEqual([]);
  });

  it('reads a rate that is not a number as not measured (T35)', async () => {
    const { prometheus } = answering(measures('NaN'));
    expect(await listNodeTargets({ prometheus, settings, exporters: exporters() })).toMatchObject([
      { idleShare: null, cpus: 8 },
    ]);
  });

  it.each([
    ['over their own life', [row('slope', 0.9, a)], 0.9],
    ['by all modes, where all are there', [row('slope', 0.9, a), row('whole', 0.8, a)], 0.8],
    ['not at all after a single sample', [], null],
  ])('measures targets younger than the window %s', async (_, second, idleShare) => {
    const { prometheus, queries } = answering(young(), second);
    const [target] = await listNodeTargets({ prometheus, settings, exporters: exporters() });
    expect(target).toMatchObject({ idleShare, cpuGap: idleShare === null ? 'too-young' : null });
    expect(queries()[1]).toContain('instance="a:9100"');
  });

  it('measures a target that restarted within the window by all modes, and else not at all', async () => {
    const rows = [...measures(0.1), row('restarted', 1, a)];
    for (const [second, expected] of [
      [[row('whole', 0.8, a)], { idleShare: 0.8, cpuGap: null }],
      [[], { idleShare: null, cpuGap: 'restarted' }],
    ] as const) {
      const { prometheus } = answering(rows, [...second]);
      expect(await listNodeTargets({ prometheus, settings, exporters: exporters() })).toMatchObject([expected]);
    }
  });

  it.each([
    ['no mode that counts as idle', ['idle', 'cpus', 'old'], [row('lacking', 7, a)], 'no-idle-mode'],
    ['no CPU time', ['idle', 'cpus'], [], 'no-cpu-metrics'],
  ])('has no idle share of a target with %s, and says why', async (_, dropped, more, cpuGap) => {
    const kept = measures(0.5).filter(({ labels }) => !dropped.includes(labels.m ?? ''));
    const { prometheus } = answering([...kept, ...more]);
    expect(await listNodeTargets({ prometheus, settings, exporters: exporters() })).toMatchObject([
      { idleShare: null, cpus: null, cpuGap, memoryTotalBytes: 1000 },
    ]);
  });

  it('has no idle share if only some of the modes that count as idle are reported', async () => {
    const { prometheus } = answering([...measures(0.5), row('lacking', 7, a)]);
    const modes = { ...settings, idleModes: ['idle', 'iowait'] };
    expect(await listNodeTargets({ prometheus, settings: modes, exporters: exporters() })).toMatchObject([
      { idleShare: null, cpus: 8, cpuGap: 'no-idle-mode' },
    ]);
  });

  it('keeps a target whose memory metrics are dropped', async () => {
    const kept = measures(0.5).filter(({ labels }) => !labels.m?.startsWith('mem'));
    const { prometheus } = answering(kept);
    expect(await listNodeTargets({ prometheus, settings, exporters: exporters() })).toMatchObject([
      { idleShare: 0.5, cpus: 8, memoryTotalBytes: null },
    ]);
  });

  it('learns what tells targets apart when some turn out to agree in the usual labels, and asks again', async () => {
    const twin = (region: string) => ({ ...a, region });
    const evidence = (region: string, idle: number) => [
      row('idle', idle, twin(region)),
      row('mem_total', 1000, twin(region)),
    ];
    const { prometheus, queries } = answering(
      [...measures(0.5), row('twins', 2, a)],
      [...evidence('north', 1000), ...evidence('south', 9000)],
      [...measures(0.7, twin('north')), ...measures(0.2, twin('south'))],
    );
    const targets = await listNodeTargets({ prometheus, settings, exporters: exporters() });
    expect(targets.map(({ labels, idleShare }) => [labels.region, idleShare])).toEqual([
      ['north', 0.7],
      ['south', 0.2],
    ]);
    expect(queries()[2]).toContain('instance_hostname,region)');
  });

  it('gives no numbers for targets that nothing tells apart', async () => {
    const mixed = [...measures(0.5), row('twins', 2, a)];
    const { prometheus } = answering(mixed, [], mixed);
    expect(await listNodeTargets({ prometheus, settings, exporters: exporters() })).toMatchObject([
      { idleShare: null, cpus: null, memoryTotalBytes: null, cpuGap: 'several-machines' },
    ]);
  });

  it('counts each CPU once where copies of targets are known', async () => {
    const identity = { labels: [], replicas: ['prometheus_replica'] };
    const { prometheus, queries } = answering(measures(0.5));
    await listNodeTargets({ prometheus, settings, exporters: exporters({ identity }) });
    expect(queries()[0]).toMatch(/count by \(job,instance[^)]*\) \(count by \(job,instance[^)]*,cpu\)/);
    expect(queries()[0]).toContain('max without (prometheus_replica)');
  });

  it('queries all targets at once, without names, if all are young', async () => {
    const many = Array.from({ length: 200 }, (_, i) => ({ ...a, instance: `compute-${i}.cell1.example.net:9100` }));
    const { prometheus, queries } = answering(
      many.flatMap((at) => young(at)),
      many.map((at) => row('slope', 0.7, at)),
    );
    const targets = await listNodeTargets({ prometheus, settings, exporters: exporters() });
    expect(targets.map(({ idleShare }) => idleShare)).toEqual(many.map(() => 0.7));
    expect(queries()).toHaveLength(2);
    expect(queries()[1]).not.toContain('compute-7');
  });

  it('sends the time for targets in the past', async () => {
    const { prometheus, forms } = answering(young(), [row('slope', 0.9, a)]);
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
