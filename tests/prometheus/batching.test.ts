import { describe, expect, it } from 'vitest';
import { SourceError } from '@/lib/errors';
import { openBatching } from '@/lib/prometheus/batching';
import { openPrometheus, type Prometheus } from '@/lib/prometheus/client';
import { discoverExporters } from '@/lib/prometheus/discover';
import { listExporterInventories } from '@/lib/prometheus/exporter-inventory';
import { listNodeTargets } from '@/lib/prometheus/node-targets';
import { listServerUse } from '@/lib/prometheus/server-use';
import { BEGIN, settings, simulatedScene } from '../readings/simulated';

const scene = simulatedScene({ hosts: 6, servers: 40, audits: 0 });

const requests = () => scene.requests().filter((url) => url.startsWith('prometheus'));

/** All queries of a refresh, for now and for a time in the past. */
async function askAll(prometheus: Prometheus) {
  const set = await discoverExporters(prometheus, settings);
  const ids = scene.simulation.cloud.servers.slice(0, 30).map(({ id }) => id);
  const at = BEGIN - 3_600_000;
  return {
    set,
    answers: await Promise.all([
      listNodeTargets({ prometheus, settings, exporters: set }),
      listServerUse({ prometheus, settings, exporters: set }, ids),
      listExporterInventories({ prometheus, settings, exporters: set }),
      listNodeTargets({ prometheus, settings, exporters: set }, { at }),
      listServerUse({ prometheus, settings, exporters: set }, ids, { at }),
    ]),
  };
}

describe('openBatching', () => {
  it('sends simultaneous queries as one request with the same results', async () => {
    const alone = await askAll(scene.prometheus);
    expect(requests().length).toBeGreaterThan(6);
    const batched = await askAll(openBatching(scene.prometheus));
    expect(requests().length).toBe(2);
    expect(batched).toEqual(alone);
    expect(batched.answers[0]?.length).toBeGreaterThan(5);
    expect(batched.answers[4] instanceof Map && batched.answers[4].size).toBeGreaterThan(20);
  });

  it('splits heavy queries into several requests', async () => {
    const batched = openBatching(scene.prometheus);
    await Promise.all([1, 2, 3].map(() => batched.query('up', { weight: 40 })));
    expect(requests()).toHaveLength(2);
  });

  it('repeats queries one by one if the union fails, so that only the wrong one fails', async () => {
    const batched = openBatching(scene.prometheus);
    const [good, bad] = await Promise.allSettled([batched.query('up'), batched.query('up{')]);
    expect(good).toMatchObject({ status: 'fulfilled' });
    expect(bad).toMatchObject({ status: 'rejected', reason: { kind: 'query' } });
  });

  it('fails all queries if Prometheus can’t be reached', async () => {
    const nowhere = openPrometheus({
      url: 'http://127.0.0.1:1/prometheus',
      auth: { type: 'none' },
      headers: {},
      method: 'auto',
      timeoutMs: 1_000,
      maxBytes: 1_000,
      concurrency: 4,
    });
    const batched = openBatching({
      ...nowhere,
      query: () => Promise.reject(new SourceError('prometheus', 'network', 'gone')),
    });
    const results = await Promise.allSettled([batched.query('up'), batched.query('vector(1)')]);
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { kind: 'network' } });
      expect(result.status === 'rejected' && result.reason instanceof SourceError).toBe(true);
    }
  });
});
