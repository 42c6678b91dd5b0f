import { describe, expect, it, vi } from 'vitest';
import type { Activity } from '@/lib/contract/v1/activity';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 12, servers: 120 });

const activity = async (query = ''): Promise<Activity> => (await ask('activity', { query })).body;

describe('what happened lately, in the typed API', () => {
  it('has moves in Nova’s record, with the plan that moved them', async () => {
    const { moves, counts, title, load } = await activity('?hours=168');
    expect(moves.length).toBeGreaterThan(0);
    expect(moves.some(({ plan_id: id }) => id !== null)).toBe(true);
    expect(title).toContain(`${counts.moved} VM`);
    expect(load.length).toBeGreaterThan(10);
  });

  it('has the spread that the overview has', async () => {
    const { load, load_reason: reason } = await activity('?hours=6');
    expect(reason).toBeNull();
    const { result } = (await ask('planReview', { params: { id: 'stabilize-production', plan: 'newest' } })).body;
    expect(Math.abs((load.at(-1)?.spread ?? 0) - result.now.cpu.spread)).toBeLessThan(3);
  });

  it('has when hosts were hot and out of service, and since when one is silent', async () => {
    const [host] = served.simulation.cloud.hosts;
    if (!host) throw new Error('a host');
    host.up = false;
    // The answer does not wait long for Nova's services.
    const {
      load,
      hot_hosts: hot,
      out_of_service: out,
    } = await vi.waitFor(
      async () => {
        const answer = await activity();
        expect(answer.out_of_service.find(({ by }) => by === 'down')).toMatchObject({ from: expect.any(String) });
        return answer;
      },
      { timeout: 20_000, interval: 200 },
    );
    const most = Math.max(...load.map((point) => point.hot));
    expect(hot.length).toBeGreaterThanOrEqual(most);
    const { hosts } = (await ask('hosts', { query: '?show=out-of-service' })).body as { hosts: { name: string }[] };
    expect(
      out
        .filter((time) => time.is_out)
        .map(({ host }) => host)
        .sort(),
    ).toEqual(hosts.map(({ name }) => name).sort());
    const silent = out.find(({ by }) => by === 'down');
    expect(silent?.host).toBe(host.name);
    const { out_of_service: filtered } = await activity(`?q=${host.name}`);
    expect(filtered.map(({ host }) => host)).toEqual([host.name]);
  });

  it('goes without the load, and says why, when Prometheus is down', async () => {
    served.simulation.faults.set('prometheus', { status: 503 });
    const { load, load_reason: reason, moves } = await activity('?hours=168');
    expect(load).toEqual([]);
    expect(reason).toMatch(/Prometheus/);
    expect(moves.length).toBeGreaterThan(0);
  });

  it('refuses other spans', async () => {
    const { response, body } = await ask('activity', { query: '?hours=5' });
    expect([response.status, body.parameter]).toEqual([400, 'hours']);
  });
});
