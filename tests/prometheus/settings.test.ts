import { describe, expect, it } from 'vitest';
import { QUERIES } from '@/lib/prometheus/queries';
import {
  checkLabelName,
  checkSelector,
  nodeWindow,
  serverWindows,
  defaultMetricSettings as settings,
} from '@/lib/prometheus/settings';
import { exporters } from './served';

const windows = { mean: 300_000, shortest: 60_000, lookback: null };

describe('rate windows', () => {
  it('host windows are five minutes or four scrapes, and shorter settings are extended (T34)', () => {
    expect(nodeWindow(settings, exporters())).toBe(300_000);
    expect(nodeWindow(settings, exporters({ nodeIntervalSeconds: 120 }))).toBe(480_000);
    expect(nodeWindow({ ...settings, window: 60_000 }, exporters({ nodeIntervalSeconds: 60 }))).toBe(240_000);
    expect(nodeWindow({ ...settings, window: 120_000 }, exporters({ nodeIntervalSeconds: null }))).toBe(120_000);
  });

  it('VM windows follow the libvirt exporter’s interval, and are six polls for Ceilometer', () => {
    expect(serverWindows(settings, exporters())).toEqual({ mean: 300_000, shortest: 60_000 });
    expect(serverWindows(settings, exporters({ serverIntervalSeconds: 60 })).shortest).toBe(240_000);
    expect(serverWindows(settings, exporters({ serverIntervalSeconds: null })).shortest).toBe(60_000);
    expect(serverWindows(settings, exporters({ servers: 'ceilometer' }))).toEqual({ mean: 720_000, shortest: 480_000 });
    expect(serverWindows({ ...settings, serverWindow: 60_000 }, exporters({ servers: 'ceilometer' })).mean).toBe(
      480_000,
    );
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

describe('QUERIES', () => {
  it('quotes hostile ids as plain text (T41)', () => {
    const query = QUERIES.labelledUse(settings, 'uuid', ['a"} or vector(1) #', 'b.c'], windows);
    expect(query).toContain('uuid=~"a\\"\\\\} or vector\\\\(1\\\\) #|b\\\\.c"');
    expect(QUERIES.labelledUse(settings, 'uuid', ['a"\\\n'], windows)).toContain('uuid="a\\"\\\\\\n"');
  });

  it('keeps every query short enough for an address', () => {
    const long = 'job=~"node|node-exporter",cluster="production",region="RegionOne"';
    const selectors = { node: long, libvirt: long, openstack: long, ceilometer: long };
    for (const one of [settings, { ...settings, selectors, idleModes: ['idle', 'iowait', 'steal'] }]) {
      for (const query of [
        QUERIES.discover(one),
        QUERIES.interval(one),
        QUERIES.node(one, 300_000, 1_800_000),
        QUERIES.recordedNode(one),
        QUERIES.placement(one, 1_800_000),
      ]) {
        expect(new URLSearchParams({ query }).toString().length).toBeLessThan(4_000);
      }
    }
  });

  it('counts the configured modes as idle (T40)', () => {
    expect(QUERIES.node(settings, 300_000, null)).toContain('{mode="idle"}[300s]');
    const wide = QUERIES.node({ ...settings, idleModes: ['idle', 'iowait'] }, 300_000, null);
    expect(wide).toContain('sum without (mode) (rate(node_cpu_seconds_total{mode=~"idle|iowait"}[300s]))');
  });

  it('accepts a selector with or without a trailing comma', () => {
    const selectors = { ...settings.selectors, node: ' job="node", ' };
    expect(QUERIES.recordedNode({ ...settings, selectors })).toContain('instance:node_num_cpu:sum{job="node"}');
  });
});
