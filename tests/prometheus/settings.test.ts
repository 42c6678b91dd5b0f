import { describe, expect, it } from 'vitest';
import { NODE_QUERIES } from '@/lib/prometheus/node-queries';
import { exactly, joinParts, labelList, oneOf } from '@/lib/prometheus/promql';
import { QUERIES } from '@/lib/prometheus/queries';
import type { ServerUseSource } from '@/lib/prometheus/records';
import { SERVER_QUERIES } from '@/lib/prometheus/server-queries';
import {
  checkLabelName,
  checkSelector,
  nodeWindow,
  serverWindow,
  defaultMetricSettings as settings,
} from '@/lib/prometheus/settings';
import { exporters } from './served';

const windows = { mean: 300_000, lookback: null };

describe('rate windows', () => {
  it('host windows are five minutes or four scrapes, and shorter settings are extended (T34)', () => {
    expect(nodeWindow(settings, exporters())).toBe(300_000);
    expect(nodeWindow(settings, exporters({ nodeIntervalSeconds: 120 }))).toBe(480_000);
    expect(nodeWindow({ ...settings, window: 60_000 }, exporters({ nodeIntervalSeconds: 60 }))).toBe(240_000);
    expect(nodeWindow({ ...settings, window: 120_000 }, exporters({ nodeIntervalSeconds: null }))).toBe(120_000);
  });

  it('VM windows follow the libvirt exporter’s interval, and are six polls for Ceilometer', () => {
    const window = (source: ServerUseSource, more = {}, own = settings) =>
      serverWindow({ settings: own, exporters: exporters(more) }, source);
    expect(window('libvirt-uuid')).toBe(300_000);
    expect(window('libvirt-uuid', { serverIntervalSeconds: 120 })).toBe(480_000);
    expect(window('libvirt-uuid', { serverIntervalSeconds: null, nodeIntervalSeconds: 90 })).toBe(360_000);
    expect(window('ceilometer', { serverIntervalSeconds: 600 })).toBe(720_000);
    expect(window('ceilometer', {}, { ...settings, serverWindow: 60_000 })).toBe(480_000);
  });
});

describe('checks of metric settings', () => {
  it('rejects a selector that could close its braces (T41)', () => {
    for (const selector of ['', 'job="node"', 'job=~\'a|b\', env!="x\\"y"', 'a=`b`,', 'job=~"x{2}"'])
      expect(() => checkSelector(selector), selector).not.toThrow();
    for (const selector of [
      'job="node"}',
      'job="node',
      '} or {',
      'up or vector(1)',
      'job=node',
      'job="a" env="b"',
      'a="b\n"',
    ])
      expect(() => checkSelector(selector, 'METRICS_NODE_SELECTOR'), selector).toThrow(
        expect.objectContaining({ kind: 'config', message: expect.stringMatching(/^METRICS_NODE_SELECTOR must/) }),
      );
  });

  it('rejects an invalid label name (T41)', () => {
    expect(() => checkLabelName('fqdn')).not.toThrow();
    for (const label of ['', '9a', 'a-b', 'a) or vector(1']) {
      expect(() => checkLabelName(label), label).toThrow(expect.objectContaining({ kind: 'config' }));
    }
  });
});

describe('queries', () => {
  const context = (more = {}) => ({ settings: { ...settings, ...more }, exporters: exporters() });
  const asked = { settings, source: 'libvirt-uuid', windows } as const;

  it('quote hostile ids as plain text (T41)', () => {
    const query = SERVER_QUERIES.use(asked, oneOf('uuid', ['a"} or vector(1) #', 'b.c']));
    expect(query).toContain('uuid=~"a\\"\\\\} or vector\\\\(1\\\\) #|b\\\\.c"');
    expect(SERVER_QUERIES.use(asked, oneOf('uuid', ['a"\\\n']))).toContain('uuid="a\\"\\\\\\n"');
  });

  it('quote names of labels that are no identifiers, as Prometheus 3 wants them', () => {
    expect(labelList(['job', 'k8s.node.name'])).toBe('job,"k8s.node.name"');
    expect(exactly({ 'k8s.node.name': 'a' }, ['job'])).toBe('job="","k8s.node.name"="a"');
  });

  it('are short enough for an address', () => {
    const long = 'job=~"node|node-exporter",cluster="production",region="RegionOne"';
    const selectors = { node: long, libvirt: long, openstack: long, ceilometer: long };
    for (const more of [{}, { selectors, idleModes: ['idle', 'iowait', 'steal'] }]) {
      const own = context(more);
      const labels = { job: 'integrations/node_exporter', instance: 'compute-1.cell1.example.net:9100' };
      for (const query of [
        ...QUERIES.discover(own.settings),
        ...QUERIES.interval(own.settings),
        ...NODE_QUERIES.mayHaveTwins(own),
        NODE_QUERIES.node(own),
        NODE_QUERIES.oddities(own),
        NODE_QUERIES.odd(own, ''),
        NODE_QUERIES.twins(own, false),
        NODE_QUERIES.history(own, labels, 300_000),
        NODE_QUERIES.leastIdle(own, 'instance="compute-1.cell1.example.net:9100"', { spanMs: 86_400_000, stepMs: 1 }),
        NODE_QUERIES.recordedNode(own),
        QUERIES.placement(own.settings, 1_800_000),
      ]) {
        expect(new URLSearchParams({ query }).toString().length, query).toBeLessThan(3_800);
      }
    }
  });

  it('about hosts take one address with the usual settings', () => {
    expect(joinParts([NODE_QUERIES.node(context()), NODE_QUERIES.oddities(context())])).toHaveLength(1);
  });

  it('count the configured modes as idle (T40)', () => {
    expect(NODE_QUERIES.node(context())).toContain('{mode="idle"}[300s]');
    const wide = NODE_QUERIES.node(context({ idleModes: ['idle', 'iowait'] }));
    expect(wide).toContain('sum without (mode) (rate(node_cpu_seconds_total{mode=~"idle|iowait"}[300s]))');
  });

  it('accept a selector with or without a trailing comma', () => {
    const selectors = { ...settings.selectors, node: ' job="node", ' };
    expect(NODE_QUERIES.recordedNode(context({ selectors }))).toContain('instance:node_num_cpu:sum{job="node"}');
  });
});
