import { describe, expect, it } from 'vitest';
import { openBatching } from '@/lib/prometheus/batching';
import { openPrometheus } from '@/lib/prometheus/client';
import { defaultMetricSettings } from '@/lib/prometheus/settings';
import { openLoadReader } from '@/lib/readings/load';
import { openPlanLoadReader } from '@/lib/readings/plan-load';
import type { SimulationOptions } from '@/lib/simulation/simulation';
import { servedCloud } from '../routes/served-cloud';
import { withNodes } from './cloud';
import { copies, machine, type NamedSeries } from './series';

/** What odd metrics cost: requests to Prometheus for the first reading, for every later one, and for one with plans. */

const served = servedCloud();

async function count(options: SimulationOptions, method: 'auto' | 'get' = 'auto') {
  const simulation = served.serve(options);
  const prometheus = openPrometheus({
    url: 'http://cloud.test/prometheus',
    auth: { type: 'none' },
    headers: {},
    method,
    timeoutMs: 10_000,
    maxBytes: 1e8,
    concurrency: 4,
  });
  const load = openLoadReader(openBatching(prometheus), defaultMetricSettings, Date.now);
  const plans = openPlanLoadReader(load, Date.now);
  const serverIds = simulation.cloud.servers.slice(0, 20).map(({ id }) => id);
  const past = [{ planId: 'plan', at: Date.now() - 3_600_000, serverIds }];
  const requests = async (read: () => Promise<unknown>) => {
    const before = simulation.requests.prometheus;
    await read();
    return simulation.requests.prometheus - before;
  };
  return {
    first: await requests(load.read),
    next: await requests(load.read),
    withPlans: await requests(() => Promise.all([load.read(), plans.read({ hosts: 4, serverIds, past })])),
  };
}

const node = (name: string, more: Partial<Parameters<typeof machine>[0]> = {}): NamedSeries[] =>
  machine({ labels: { job: 'node', instance: `${name}:9100` }, nodename: name, busy: 0.3, ...more });
const agents = (hosts: { name: string }[]) =>
  hosts.flatMap(({ name }) => node(name, { labels: { instance: 'localhost:9100', agent_hostname: name } }));

describe('requests to Prometheus', () => {
  it.each<[string, SimulationOptions, Awaited<ReturnType<typeof count>>]>([
    ['a healthy cloud', { hosts: 4, servers: 40 }, { first: 2, next: 1, withPlans: 1 }],
    [
      'replicas',
      withNodes((hosts) =>
        copies(
          hosts.flatMap(({ name }) => node(name)),
          { replica: 'a' },
          { replica: 'b' },
        ),
      ),
      { first: 3, next: 1, withPlans: 1 },
    ],
    ['one instance for all', withNodes(agents), { first: 3, next: 1, withPlans: 1 }],
    [
      'idle time dropped',
      withNodes((hosts) => hosts.flatMap(({ name }) => node(name, { dropped: ['idle'] }))),
      { first: 2, next: 1, withPlans: 1 },
    ],
    [
      'young hosts',
      withNodes((hosts) => hosts.flatMap(({ name }) => node(name, { from: Date.now() - 60_000 }))),
      { first: 3, next: 2, withPlans: 2 },
    ],
  ])('are as few as before for %s', async (_, options, expected) => {
    expect(await count(options)).toEqual(expected);
  });

  it('that have to fit into an address stay few', async () => {
    expect(await count({ hosts: 4, servers: 40 }, 'get')).toEqual({ first: 3, next: 1, withPlans: 4 });
  });
});
