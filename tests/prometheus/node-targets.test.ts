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

describe('node targets', () => {
  it('are put together from rows of each measure; a host at exactly 0% is measured (T24)', async () => {
    const { prometheus, asked } = answering(measures(1));
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
    expect(asked()).toHaveLength(1);
  });

  it('keep apart what differs in any label, so that hosts can be told later (T02)', async () => {
    const { prometheus } = answering([...measures(0.5), ...measures(0.5, { instance: 'a:9100', job: 'legacy' })]);
    const targets = await listNodeTargets(prometheus, settings, exporters());
    expect(targets.map(({ labels }) => labels.job)).toEqual(['node', 'legacy']);
  });

  it('without a job are as good (T05)', async () => {
    const labels = { fqdn: 'a.example', instance: '10.0.0.1:9100' };
    const { prometheus, asked } = answering(measures(0.5, labels));
    const [target] = await listNodeTargets(prometheus, settings, exporters());
    expect(target?.labels).toEqual(labels);
    expect(asked()[0]).not.toMatch(/job[=!]/);
  });

  it('that no longer report are gone, although their rate lives on (T09, T10)', async () => {
    const { prometheus } = answering([row('idle', 0.5, a), row('old', 1000, a)]);
    expect(await listNodeTargets(prometheus, settings, exporters())).toEqual([]);
  });

  it('whose rate is not a number are not measured (T35)', async () => {
    const { prometheus } = answering(measures('NaN'));
    expect(await listNodeTargets(prometheus, settings, exporters())).toMatchObject([{ idleShare: null, cpus: 8 }]);
  });

  it('that are younger than the window are measured by a quotient that is right for them', async () => {
    const { prometheus, asked } = answering(young(), [row('idle', 0.9, a)]);
    const [target] = await listNodeTargets(prometheus, settings, exporters());
    expect(target?.idleShare).toBe(0.9);
    expect(asked()[1]).toContain('instance="a:9100"');
  });

  it('with a single sample have no rate yet, nor where the quotient does not know them', async () => {
    const { prometheus, asked } = answering(young().slice(1));
    expect((await listNodeTargets(prometheus, settings, exporters()))[0]?.idleShare).toBeNull();
    expect(asked()).toHaveLength(1);
    const second = answering(young(), []);
    expect((await listNodeTargets(second.prometheus, settings, exporters()))[0]?.idleShare).toBeNull();
  });

  it('that are all young are asked for at once, by no name', async () => {
    const many = Array.from({ length: 200 }, (_, i) => ({ ...a, instance: `compute-${i}.cell1.example.net:9100` }));
    const { prometheus, asked } = answering(
      many.flatMap((at) => young(at)),
      many.map((at) => row('idle', 0.7, at)),
    );
    const targets = await listNodeTargets(prometheus, settings, exporters());
    expect(targets.every(({ idleShare }) => idleShare === 0.7)).toBe(true);
    expect(asked()).toHaveLength(2);
    expect(asked()[1]).not.toContain('compute-7');
  });

  it('of a moment in the past are asked for with its time', async () => {
    const { prometheus, forms } = answering(young(), [row('idle', 0.9, a)]);
    await listNodeTargets(prometheus, settings, exporters(), { at: 1_700_000_000_000 });
    expect(forms.map((form) => form.get('time'))).toEqual(['1700000000', '1700000000']);
  });

  it('scraped every ten minutes do not come and go (T33)', async () => {
    const { prometheus, asked } = answering(measures(0.5));
    await listNodeTargets(prometheus, settings, exporters({ nodeIntervalSeconds: 600 }));
    expect(asked()[0]).toContain('last_over_time(node_memory_MemTotal_bytes{}[1800s])');
    expect(asked()[0]).toContain('rate(node_cpu_seconds_total{mode="idle"}[2400s])');
  });

  it('of RHOSO come from its recording rules where only they are kept', async () => {
    const at = { instance: '10.0.0.1:9100', fqdn: 'a.example' };
    const { prometheus } = answering([row('busy', 0.25, at), row('cpus', 64, at)]);
    expect(await listNodeTargets(prometheus, settings, exporters({ hosts: 'recording-rules' }))).toMatchObject([
      { labels: at, cpus: 64, idleShare: 0.75, memoryTotalBytes: null, memoryAvailableBytes: null },
    ]);
  });

  it('are none, and nothing is asked, where no exporter was found', async () => {
    const { prometheus, asked } = answering();
    expect(await listNodeTargets(prometheus, settings, exporters({ hosts: null }))).toEqual([]);
    expect(asked()).toEqual([]);
  });
});
