import { describe, expect, it } from 'vitest';
import type { Host } from '@/lib/contract/v1/hosts';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 24, servers: 200 });

const names = (hosts: Host[]) => hosts.map(({ name }) => name);
const hostsBy = async (query: string) => (await ask('hosts', { query: `?${query}` })).body;

describe('the hosts of the typed API', () => {
  it('have their load now and after the plan of the newest audit that has one', async () => {
    const { audits } = (await ask('auditList')).body;
    const newest = audits.find(({ plan }: { plan: unknown }) => plan !== null);
    const { body } = await ask('hosts');
    expect(body.plan).toMatchObject({ audit_id: newest.id, audit_name: newest.name, plan_id: newest.plan.id });
    const { projection, migrations } = (await ask('audit', { params: { id: newest.id } })).body;
    expect(projection.hosts.length).toBeGreaterThan(20);
    for (const projected of projection.hosts) {
      const host = body.hosts.find(({ name }: Host) => name === projected.host);
      expect(host.after).toMatchObject({
        cpu_after: projected.cpu_after,
        ram_after: projected.ram_after,
      });
    }
    const leaving = body.hosts.reduce((sum: number, { after }: Host) => sum + (after?.leaving ?? 0), 0);
    expect(leaving).toBeGreaterThan(0);
    expect(leaving).toBe(migrations.filter(({ projected }: { projected: boolean }) => projected).length);
  });

  it('have the load after the plan of the named audit, and none for audit=none', async () => {
    const { audits } = (await ask('auditList')).body;
    const other = audits.findLast(({ plan }: { plan: { state: string } | null }) => plan?.state === 'RECOMMENDED');
    const { plan } = await hostsBy(`audit=${other.id}`);
    expect(plan).toMatchObject({ audit_id: other.id, plan_state: 'RECOMMENDED', reason: null });
    const without = await hostsBy('audit=none');
    expect([without.plan, without.hosts[0].after]).toEqual([null, null]);
    const { response, body } = await ask('hosts', { query: '?audit=nothing' });
    expect([response.status, body.parameter]).toEqual([404, 'audit']);
  });

  it('have no load after a finished plan, and the reason', async () => {
    const { audits } = (await ask('auditList')).body;
    const over = audits.find(({ plan }: { plan: { state: string } | null }) => plan?.state === 'SUCCEEDED');
    const { plan, hosts } = await hostsBy(`audit=${over.id}`);
    expect(plan.reason).toBe('The plan is over (SUCCEEDED): what it changed is already part of the load.');
    expect(hosts.map(({ after }: Host) => after)).toEqual(Array(24).fill(null));
  });

  it('sort by any column, with unknown values last', async () => {
    const values = (hosts: Host[]) => hosts.map(({ cpu }) => cpu.used_percentage);
    const up = values((await hostsBy('sort=cpu')).hosts);
    const down = values((await hostsBy('sort=cpu&order=desc')).hosts);
    expect([up.at(-1), down.at(-1)]).toEqual([null, null]);
    const known = down.filter((value) => value !== null);
    expect(known.length).toBeGreaterThan(20);
    expect(known).toEqual([...known].sort((a, b) => b - a));
    expect(up.filter((value) => value !== null)).toEqual(known.reverse());
  });

  it('are filtered by a part of the name and by level, with the count of each filter', async () => {
    const all = await hostsBy('limit=1000');
    const isHot = ({ level }: Host) => level === 'hot';
    expect(all.counts).toMatchObject({ all: 24, hot: all.hosts.filter(isHot).length });
    expect(all.counts.hot).toBeGreaterThan(0);
    const hot = await hostsBy('show=hot');
    expect(names(hot.hosts)).toEqual(names(all.hosts.filter(isHot)));
    expect(hot.total).toBe(all.counts.hot);
    const rack = await hostsBy('q=R02');
    expect(names(rack.hosts)).toEqual(names(all.hosts).filter((name) => name.startsWith('cmp-r02-')));
    expect([rack.total, rack.counts.all]).toEqual([12, 12]);
    const touched = await hostsBy('show=in-plan');
    const isTouched = ({ after }: Host) => after !== null && after.leaving + after.arriving > 0;
    expect(names(touched.hosts)).toEqual(names(all.hosts.filter(isTouched)));
    expect(touched.total).toBe(all.counts.in_plan);
    expect(touched.total).toBeGreaterThan(0);
  });

  it('out of service are those that are closed or down, each with the reason that Nova has', async () => {
    const all = await hostsBy('limit=1000');
    const isOut = ({ state, status }: Host) => state === 'down' || status === 'disabled';
    const { hosts, total, counts } = await hostsBy('show=out-of-service');
    expect(names(hosts)).toEqual(names(all.hosts.filter(isOut)));
    expect([total, counts.out_of_service]).toEqual([hosts.length, hosts.length]);
    expect(total).toBeGreaterThan(0);
    for (const { name, out, status, disabled_reason: reason } of hosts as Host[]) {
      expect(out?.closed === null, name).toBe(status !== 'disabled');
      if (status === 'disabled') expect(out?.closed?.reason ?? null, name).toBe(reason);
    }
    for (const host of all.hosts as Host[]) expect(host.out !== null, host.name).toBe(isOut(host));
  });

  it('are listed without Watcher, only without a plan', async () => {
    served.simulation.setFault('watcher', { status: 500 });
    const { response, body } = await ask('hosts');
    expect(response.status).toBe(200);
    expect([body.total, body.plan, body.hosts[0].after]).toEqual([24, null, null]);
    expect(body.readings.optimizer.error.source).toBe('Watcher');
  });
});

describe('one host', () => {
  it('has its VMs with their use, and the moves that leave and arrive', async () => {
    const { hosts } = await hostsBy('show=in-plan');
    const source = hosts.find(({ after }: Host) => after && after.leaving > 0);
    const { body } = await ask('host', { params: { name: source.name } });
    expect(body.host).toEqual(source);
    expect(body.leaving.filter(({ projected }: { projected: boolean }) => projected)).toHaveLength(
      source.after.leaving,
    );
    expect(body.arriving).toHaveLength(source.after.arriving);
    expect(body.vm_use).toMatchObject({ state: 'fresh', reason: null });
    const active = body.servers.filter(({ status }: { status: string }) => status === 'ACTIVE');
    expect(active.length).toBeGreaterThan(0);
    const cores = active.reduce((sum: number, { cpu_cores }: { cpu_cores: number }) => sum + cpu_cores, 0);
    // The simulated host uses what its VMs use, and 2 % of its threads for itself.
    expect(cores + 0.02 * body.host.cpu.total).toBeCloseTo(body.host.cpu.used, -1);
    for (const { cpu_percentage, ram_used, ram } of active) {
      expect(cpu_percentage).toBeLessThanOrEqual(101);
      expect(ram_used).toBeLessThanOrEqual(ram);
    }
  });

  it('says why the use of its VMs is unknown', async () => {
    served.simulation.setFault('prometheus', { status: 500 });
    const { response, body } = await ask('host', { params: { name: 'cmp-r01-04' } });
    expect(response.status).toBe(200);
    expect(body.servers[0]).toMatchObject({ cpu_cores: null, cpu_percentage: null, ram_used: null });
    expect(body.vm_use).toMatchObject({ state: 'missing', reason: expect.stringContaining('Prometheus') });
  });
});

describe('the history of a host', () => {
  const history = (name: string, range: string) => ask('hostHistory', { query: `?range=${range}`, params: { name } });

  it.each([
    ['1h', 30, 121],
    ['6h', 120, 181],
    ['24h', 600, 145],
  ])('over %s has a point every %i s', async (range, step, count) => {
    const { response, body } = await history('cmp-r01-04', range);
    expect(response.headers.get('x-data-state')).toBe('fresh');
    expect(body).toMatchObject({ host: 'cmp-r01-04', range, step_seconds: step, reason: null });
    expect(body.points).toHaveLength(count);
    expect(Date.parse(body.points[1].at) - Date.parse(body.points[0].at)).toBe(step * 1000);
    expect(body.points[0].at).toBe(body.from);
    expect(body.points.at(-1).at).toBe(body.until);
    for (const { cpu_percentage, ram_percentage } of body.points.slice(1)) {
      expect(cpu_percentage).toBeGreaterThan(0);
      expect(cpu_percentage).toBeLessThanOrEqual(100);
      expect(ram_percentage).toBeGreaterThan(0);
    }
  });

  it('ends at the current load', async () => {
    const { host } = (await ask('host', { params: { name: 'cmp-r01-04' } })).body;
    const { points } = (await history('cmp-r01-04', '1h')).body;
    expect(points.at(-1).cpu_percentage).toBeCloseTo(host.cpu.used_percentage, 0);
    expect(points.at(-1).ram_percentage).toBeCloseTo(host.ram.used_percentage, 0);
  });

  it('is empty for a host that no exporter reports, with the reason', async () => {
    const { response, body } = await history('cmp-r02-09', '6h');
    expect(response.status).toBe(200);
    expect(body.reason).toBe('No exporter reports this host under a known name.');
    const measured = body.points.map(({ cpu_percentage: cpu }: { cpu_percentage: number | null }) => cpu);
    expect(measured).toEqual(Array(181).fill(null));
  });

  it('is 503 without Prometheus, 404 for an unknown host, 400 for an unknown range', async () => {
    expect((await history('nowhere', '6h')).response.status).toBe(404);
    expect((await history('cmp-r01-04', '2h')).body).toMatchObject({ status: 400, parameter: 'range' });
    served.simulation.setFault('prometheus', { status: 500 });
    const { response, body } = await history('cmp-r01-05', '6h');
    expect([response.status, body.source]).toEqual([503, 'Prometheus']);
  });
});
