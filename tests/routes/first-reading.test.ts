import { describe, expect, it } from 'vitest';
import { problemType } from '@/lib/contract/problem';
import { ask, servedCloud } from './served-cloud';

/** While the very first reading runs, nothing has failed, and no part passes for the whole. */

const served = servedCloud({ hosts: 24, servers: 2_500 });

/** A Nova that takes this long for every page. */
const slow = (delayMs: number) => served.simulation.setFault('nova', { delayMs });

async function untilComplete(): Promise<void> {
  while ((await ask('progress')).body.progress !== null) await new Promise((resolve) => setTimeout(resolve, 100));
}

describe('the very first reading', () => {
  it('has no number of VMs until all are read, only its progress', async () => {
    slow(700);
    const { response, body } = await ask('overview');
    expect([response.status, response.headers.get('x-data-state')]).toEqual([200, 'partial']);
    expect(body.vm).toEqual({
      count: null,
      active: null,
      stopped: null,
      placed: null,
      by_status: null,
      avg_cpu: null,
      avg_ram: null,
      density: null,
    });
    expect(body.flavors).toBeNull();
    expect(body.region.hosts_total).toBe(24);
    expect(body.readings.inventory).toMatchObject({ state: 'partial', error: null });
    expect(body.progress.servers_read).toBeLessThan(2_500);
    const { body: hosts } = await ask('hosts');
    expect(hosts.hosts).toHaveLength(24);
    expect(hosts.hosts.map(({ vms }: { vms: number | null }) => vms)).toEqual(Array(24).fill(null));
    await untilComplete();
    const { body: whole } = await ask('overview');
    expect(whole).toMatchObject({ vm: { count: 2_500 }, progress: null, readings: { inventory: { state: 'fresh' } } });
    expect(whole.flavors.length).toBeGreaterThan(3);
    expect((await ask('hosts')).body.hosts[0].vms).toBeGreaterThan(0);
  });

  it('tells at once how many VMs are read, of how many and for how long, and never more than there are', async () => {
    slow(700);
    const seen: { servers_read: number; servers_total: number | null; seconds_left: number | null }[] = [];
    const begun = performance.now();
    expect((await ask('progress')).body.progress).toMatchObject({ servers_read: 0, servers_total: null });
    expect(performance.now() - begun).toBeLessThan(250);
    const whole = ask('overview');
    for (;;) {
      const { response, body } = await ask('progress');
      expect(response.status).toBe(200);
      if (body.progress === null) break;
      seen.push(body.progress);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await whole;
    expect(seen.some(({ servers_read: read }) => read > 0)).toBe(true);
    for (const { servers_read: read, servers_total: total } of seen)
      if (total !== null) expect(read).toBeLessThanOrEqual(total);
  });

  it('is a 503 of its own type where nothing would be true without all VMs', async () => {
    served.configure({ UPSTREAM_TIMEOUT: '60' });
    served.simulation.setFault('nova', { hang: true });
    const [stats, host, audit, state] = await Promise.all([
      ask('stats'),
      ask('host', { params: { name: 'cmp-r01-01' } }),
      ask('audit', { params: { id: 'newest' } }),
      ask('auditList'),
    ]);
    for (const { response, body } of [stats, host, audit]) {
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(body).toMatchObject({ type: problemType('first-reading'), source: 'Nova', status: 503 });
    }
    expect(state.body.readings.inventory).toEqual({ state: 'missing', as_of: null, error: null });
  });

  it('is over once Nova fails: then the failure is told', async () => {
    served.simulation.setFault('nova', { status: 500 });
    expect((await ask('overview')).body).toMatchObject({ type: problemType('no-data'), source: 'Nova' });
    expect((await ask('progress')).body).toEqual({ progress: null });
  });
});
