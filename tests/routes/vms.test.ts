import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Vm, VmMove, VmStay } from '@/lib/contract/v1/vms';
import { serveVmsCsv } from '@/lib/dashboard/http/vms-csv';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 24, servers: 200 });

const vmsBy = async (query: string) => (await ask('vms', { query: `?${query}` })).body;
const vmOf = async (id: string) => (await ask('vm', { params: { id } })).body;

describe('the VMs of the typed API', () => {
  it('are those of Nova, a page at a time, with their total', async () => {
    const { response, body, text } = await ask('vms');
    expect([body.total, body.vms.length, body.counts.all]).toEqual([200, 50, 200]);
    expect(response.headers.get('x-total-count')).toBe('200');
    expect(text.length).toBeLessThan(100_000);
    const ids = new Set<string>();
    for (let offset = 0; offset < 200; offset += 50)
      for (const { id } of (await vmsBy(`offset=${offset}`)).vms) ids.add(id);
    expect(ids.size).toBe(200);
  });

  it('are found by an address, a project and a host', async () => {
    const [wanted] = served.simulation.cloud.servers.filter(({ addresses }) => addresses.length === 2);
    const byAddress = await vmsBy(`q=${wanted?.addresses[1]}`);
    expect(byAddress.vms.map(({ id }: Vm) => id)).toContain(wanted?.id);
    expect(byAddress.total).toBeLessThan(20);
    for (const { project_name: name } of (await vmsBy('project=vault')).vms) expect(name).toBe('vault');
    for (const { host } of (await vmsBy('q=cmp-r01-04')).vms) expect(host).toBe('cmp-r01-04');
  });

  it('say which plans would move them, and the filter shows just those', async () => {
    const { vms, counts, total } = await vmsBy('show=in-plan&limit=250');
    expect(total).toBe(counts.in_plan);
    expect(vms.length).toBeGreaterThan(3);
    for (const { plans } of vms) expect(plans.length).toBeGreaterThan(0);
    const { plans, host } = vms[0];
    const { migrations } = (await ask('audit', { params: { id: plans[0].audit_id } })).body;
    expect(migrations.find(({ vm_id: id }: { vm_id: string }) => id === vms[0].id)).toMatchObject({
      destination: plans[0].destination,
    });
    expect(host).not.toBeNull();
  });

  it('have what they use, measured for the page, and the reason where nothing is', async () => {
    const { vms, vm_use: use } = await vmsBy('q=cmp-r01-04');
    expect(use.reason).toBeNull();
    expect(vms.some(({ cpu_percentage: cpu }: Vm) => cpu !== null)).toBe(true);
    served.server.use(http.all('http://cloud.test/prometheus/*', () => new HttpResponse('', { status: 500 })));
    const later = await vmsBy('q=cmp-r01-10');
    expect(later.vms.every(({ cpu_percentage: cpu }: Vm) => cpu === null)).toBe(true);
    expect(later.vm_use.reason).toContain('Prometheus');
  });

  it('refuse a misspelt filter', async () => {
    expect((await ask('vms', { query: '?show=hot' })).response.status).toBe(400);
  });
});

/** Each stay begins where the last one ended, on a host that a move names. */
function expectConnected(stays: VmStay[], moves: VmMove[]): void {
  const named = new Set(moves.flatMap(({ source, destination }) => [source, destination]));
  for (const [i, { host, from, until, levels }] of stays.entries()) {
    expect(named.has(host)).toBe(true);
    expect(from).toBe(i === 0 ? stays[0]?.from : stays[i - 1]?.until);
    expect(levels.at(-1)?.until).toBe(until);
  }
}

describe('one VM of the typed API', () => {
  it('can be listed by how often they moved', async () => {
    const { vms } = await vmsBy('sort=moves&order=desc&limit=5');
    const counts = vms.map(({ moves }: Vm) => moves?.in_7_days ?? 0);
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts).toEqual(counts.toSorted((a: number, b: number) => b - a));
  });

  it('has its moves from Nova, with the plan that asked for them, and since when it is on its host', async () => {
    const { migrations } = served.simulation.cloud;
    const last = migrations.findLast(({ ended, endedAt }) => ended === 'completed' && endedAt !== null);
    const { moves, moves_reason: reason, since, vm, places } = await vmOf(last?.server.id ?? '');
    expect(reason).toBeNull();
    expectConnected(places.stays, moves);
    expect(places.stays.at(-1)).toMatchObject({ host: vm.host, until: places.until });
    expect(moves.map(({ id }: VmMove) => id)).toContain(last?.id);
    expect(vm.host === last?.destination?.name ? since : null).not.toBe(vm.created_at);
    const asked = await Promise.all([...new Set(migrations.map(({ server }) => server.id))].slice(-8).map(vmOf));
    expect(asked.flatMap((one) => one.moves).some(({ plan }: VmMove) => plan !== null)).toBe(true);
  });

  it('has its use over a day, one point an hour', async () => {
    const running = served.simulation.cloud.servers.find(({ status }) => status === 'ACTIVE');
    const { past } = await vmOf(running?.id ?? '');
    expect([past.points.length, past.reason]).toEqual([25, null]);
    expect(past.points.at(-1).cpu_percentage).toBeGreaterThanOrEqual(0);
  });

  it('keeps everything else where Nova’s record can’t be read', async () => {
    served.server.use(
      http.get('http://cloud.test/compute/v2.1/os-migrations', () => new HttpResponse('', { status: 403 })),
    );
    const [server] = served.simulation.cloud.servers;
    const { moves, moves_reason: reason, since, vm } = await vmOf(server?.id ?? '');
    expect([moves, since, vm.name]).toEqual([null, null, server?.name]);
    expect(reason).toContain('Nova');
  });

  it('is not found if Nova has no such VM', async () => {
    expect((await ask('vm', { params: { id: 'nothing' } })).response.status).toBe(404);
  });
});

describe('GET /vms.csv', () => {
  it('has all VMs that match, in order, as a file', async () => {
    const response = await serveVmsCsv(new Request('http://visio.test/vms.csv?q=web&sort=name'));
    const lines = (await response.text()).trimEnd().split('\r\n');
    expect(response.headers.get('content-disposition')).toContain('vms-');
    expect(lines[0]).toContain('vm,id,status,host');
    expect(lines.length - 1).toBe((await vmsBy('q=web')).total);
  });
});

describe('the finder of the typed API', () => {
  it('finds a VM by its address, with its host and project, and hosts, audits and projects by name', async () => {
    const wanted = served.simulation.cloud.servers.find(({ addresses }) => addresses.length === 2);
    const { groups, searched } = (await ask('find', { query: `?q=${wanted?.addresses[1]}` })).body;
    expect([groups[0].kind, groups[0].items[0].id]).toEqual(['vm', wanted?.id]);
    expect(groups[0].items[0].text).toContain('project ');
    expect(searched).toMatchObject({ vms: 200, hosts: 24 });
    const kindsFor = async (q: string) =>
      (await ask('find', { query: `?q=${q}` })).body.groups.map(({ kind }: { kind: string }) => kind);
    expect(await kindsFor('cmp-r01-04')).toContain('host');
    expect(await kindsFor('stabilize')).toEqual(['plan', 'audit']);
    expect(await kindsFor('vault')).toContain('project');
  });
});
