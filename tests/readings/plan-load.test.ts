import { describe, expect, it } from 'vitest';
import { openBatching } from '@/lib/prometheus/batching';
import { defaultMetricSettings } from '@/lib/prometheus/settings';
import { openLoadReader } from '@/lib/readings/load';
import { openPlanLoadReader } from '@/lib/readings/plan-load';
import { evaluatedBy } from '../traps/evaluated';
import { libvirtVm, machine } from '../wild/series';

/** How often the VMs that plans move are measured, and in how many requests. */

const idOf = (i: number) => `${(i % 16).toString(16)}0000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
const idsTo = (count: number) => Array.from({ length: count }, (_, i) => idOf(i));
/** Three VMs that an exporter reports; it never reports the others. */
const REPORTED = 3;
const SECOND = 1_000;

function open(first = 1_760_000_000_000) {
  let now = first;
  const series = [
    ...machine({ labels: { job: 'node', instance: 'kvm00:9100' }, busy: 0.3 }),
    ...idsTo(REPORTED).flatMap((id, i) => libvirtVm(id, { cores: 1 + i })),
  ];
  const { prometheus, queries } = evaluatedBy(series, { now, takesLongLists: true });
  const load = openLoadReader(openBatching(prometheus), defaultMetricSettings, () => now);
  const reader = openPlanLoadReader(load, () => now);
  return {
    reader,
    pass: (ms: number) => {
      now += ms;
    },
    /** Requests since the last call. */
    requests: () => queries.splice(0).length,
  };
}

describe('the VMs that plans move', () => {
  it('are measured with every reading, up to 2,000', async () => {
    const { reader, requests } = open();
    const request = { hosts: 1, serverIds: idsTo(2_000), past: [] };
    const first = await reader.read(request);
    requests();
    const { use } = await reader.read(request, first);
    expect(requests()).toBe(1);
    expect([use[idOf(0)], use[idOf(1)]]).toMatchObject([{ cores: 1 }, { cores: 2 }]);
    expect(use[idOf(5)]).toEqual({ cores: null, memoryBytes: null });
    expect(Object.keys(use)).toHaveLength(2_000);
  });

  it('are measured every two minutes beyond, and those of a new plan at once', async () => {
    const { reader, requests, pass } = open();
    const request = { hosts: 1, serverIds: idsTo(30_000), past: [] };
    const first = await reader.read(request);
    requests();
    expect(first.use[idOf(1)]).toMatchObject({ cores: 2 });
    pass(60 * SECOND);
    const second = await reader.read(request, first);
    expect([second.use, requests()]).toEqual([first.use, 0]);
    const third = await reader.read({ ...request, serverIds: idsTo(30_001) }, second);
    expect([Object.keys(third.use).length, requests()]).toEqual([30_001, 1]);
    pass(90 * SECOND);
    await reader.read(request, third);
    expect(requests()).toBe(1);
  });

  it('of one plan have the load at its creation before its turn, and it is not read twice', async () => {
    const { reader, requests } = open();
    const plan = { planId: 'plan', at: 1_759_999_000_000, serverIds: idsTo(2) };
    const past = await reader.readPast(plan, 1);
    expect(past).toMatchObject({ at: plan.at, use: { [idOf(1)]: { cores: 2 } } });
    requests();
    const { history } = await reader.read({ hosts: 1, serverIds: [], past: [plan] });
    expect([history.plan, requests()]).toEqual([past, 0]);
  });
});
