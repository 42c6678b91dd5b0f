import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { capacitySchema } from '@/lib/contract/v1/capacity';
import type { hostFailuresSchema } from '@/lib/contract/v1/host-failures';
import { serveCapacityCsv } from '@/lib/dashboard/http/capacity-csv';
import { serveForecastCsv, serveHostFailuresCsv, serveMovesCsv } from '@/lib/dashboard/http/planning-csv';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 24, servers: 400 });

type Capacity = z.input<typeof capacitySchema>;
type Failures = z.input<typeof hostFailuresSchema>;

const capacity = async (query = ''): Promise<Capacity> => (await ask('capacity', { query })).body;
const failures = async (query = ''): Promise<Failures> => (await ask('hostFailures', { query })).body;
const flavorIn = ({ flavors }: Capacity, name: string) => flavors.find((flavor) => flavor.name === name);

describe('GET /api/v1/capacity', () => {
  it('lists the flavors that Nova offers, those with the most VMs first, with sums of their zones', async () => {
    const { flavors, not_offered: not, zones, hosts, open_hosts: open } = await capacity();
    expect(flavors.map(({ name }) => name)).not.toContain('m1.xlarge');
    // It was deleted after its VMs were created.
    const { first_common_flavor: first } = (await ask('stats')).body.flavors;
    expect(not).toEqual([{ name: first.name, vms: first.count, reason: expect.stringContaining('deleted') }]);
    const counts = flavors.map(({ vms }) => vms);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    for (const { slots, zones: own } of flavors)
      expect(slots).toBe(own.reduce((sum, zone) => sum + (zone.slots ?? 0), 0));
    expect(zones.map(({ name }) => name)).toEqual(['az-a', 'az-b']);
    expect([hosts, open]).toEqual([24, 22]);
  });

  it('counts as Placement does: no more than fit on each host by its own figures', async () => {
    const body = await capacity();
    const { hosts } = (await ask('hosts', { query: '?limit=1000' })).body as {
      hosts: { state: string; status: string; vram: { capacity: number; allocated: number } }[];
    };
    const large = flavorIn(body, 'r1.large');
    const byRam = hosts
      .filter(({ state, status }) => state === 'up' && status === 'enabled')
      .reduce((sum, { vram }) => sum + Math.floor(Math.max(0, vram.capacity - vram.allocated) / (large?.ram ?? 1)), 0);
    expect(large?.slots).toBeGreaterThan(0);
    expect(large?.slots).toBeLessThanOrEqual(byRam);
    expect(large?.endings.reduce((sum, { hosts: own }) => sum + own, 0)).toBe(22);
    expect(large?.closed).toHaveLength(2);
  });

  it('counts pinned VMs on hosts with pinned CPUs only', async () => {
    const pinned = flavorIn(await capacity(), 'p1.large');
    expect(pinned?.pinned).toBe(true);
    expect(pinned?.endings).toContainEqual(
      expect.objectContaining({ kind: 'no-class', text: 'no pinned CPU', hosts: 20 }),
    );
  });

  it('counts a size that nobody has a flavor for', async () => {
    const { size, flavors } = await capacity('?vcpus=4&ram_mib=8192');
    const same = flavors.find(({ name }) => name === 'm1.large');
    expect(size).toMatchObject({ vcpus: 4, ram: 8 * 2 ** 30, slots: same?.slots_from_volume });
    expect((await capacity()).size).toBeNull();
  });

  it('says what is stranded, for the VM in the middle', async () => {
    const { stranded } = await capacity();
    expect(stranded).toMatchObject({ flavor: expect.any(String), vcpus: expect.any(Number) });
  });

  it('counts nothing without Placement, and says why', async () => {
    served.server.use(http.get('http://cloud.test/placement/*', () => HttpResponse.json({}, { status: 503 })));
    const { flavors, reason, stranded } = await capacity();
    expect(flavors.map(({ slots }) => slots)).toEqual(flavors.map(() => null));
    expect(reason).toMatch(/Placement/);
    expect(stranded).toBeNull();
    expect(await failures()).toMatchObject({ zones: [], reason: expect.stringMatching(/Placement/) });
  });

  it('uses the flavors of VMs if Nova does not list flavors', async () => {
    served.server.use(
      http.get('http://cloud.test/compute/v2.1/flavors/detail', () => HttpResponse.json({}, { status: 403 })),
    );
    const { flavors, flavors_reason: reason } = await capacity();
    expect(flavors.map(({ name }) => name)).toContain('m1.xlarge');
    expect(reason).toMatch(/Nova/);
  });
});

describe('GET /api/v1/capacity/host-failures', () => {
  it('has an answer for every host and zone, and for racks', async () => {
    const { hosts, zones, groups, reference, notes } = await failures();
    expect(hosts).toHaveLength(24);
    expect(notes.join(' ')).toContain('paused and suspended ones count here');
    expect(zones.map(({ zone, hosts: count }) => [zone, count])).toEqual([
      ['az-a', 12],
      ['az-b', 12],
    ]);
    expect(zones.every(({ together }) => together?.hosts.length === 2)).toBe(true);
    expect(groups.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'aggregate dedicated-cpu',
      'rack cmp-r01',
      'rack cmp-r02',
    ]);
    expect(reference).toEqual(expect.any(String));
  });

  it('names the VMs for which no place was found', async () => {
    const { groups } = await failures();
    // The rack is a zone. Nobody asked for it, so that most of its VMs fit into the other one.
    const rack = groups.find(({ name }) => name === 'cmp-r01')?.loss;
    expect(rack?.unplaced).toBeGreaterThan(0);
    expect(rack?.unplaced).toBeLessThan(rack?.vms ?? 0);
    expect(rack?.unplaced_vms).toHaveLength(rack?.unplaced ?? 0);
    expect(rack?.unplaced_vms[0]).toMatchObject({ why: expect.stringMatching(/nowhere|full|group/) });
  });

  it('finds the worst hosts of each zone that fail together, as many as asked for', async () => {
    const [two, four] = [await failures(), await failures('?k=4')];
    expect([two.k, four.k]).toEqual([2, 4]);
    for (const [at, { together, survives }] of four.zones.entries()) {
      expect(together?.hosts).toHaveLength(4);
      // The worst four are the worst two and two more.
      expect(together?.hosts).toEqual(expect.arrayContaining(two.zones[at]?.together?.hosts ?? []));
      expect(survives >= 4).toBe(together?.unplaced === 0);
    }
    expect((await ask('hostFailures', { query: '?k=9' })).response.status).toBe(400);
  });

  it('lets an aggregate fail, however large it is', async () => {
    const { asked, groups } = await failures('?aggregate=dedicated-cpu');
    expect(asked).toEqual(groups.find(({ name }) => name === 'dedicated-cpu')?.loss);
    const { response, body } = await ask('hostFailures', { query: '?aggregate=ghost' });
    expect([response.status, body.parameter]).toEqual([404, 'aggregate']);
  });

  it('lets hosts of your choice fail together', async () => {
    const { asked } = await failures('?hosts=cmp-r01-01,cmp-r01-02');
    expect(asked?.hosts).toEqual(['cmp-r01-01', 'cmp-r01-02']);
    const { response } = await ask('hostFailures', { query: '?hosts=cmp-r01-01,ghost' });
    expect(response.status).toBe(404);
  });
});

describe('GET /capacity.csv', () => {
  it('has a line for each flavor and zone', async () => {
    const response = await serveCapacityCsv(new Request('http://visio.test/capacity.csv?vcpus=4&ram_mib=8192'));
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="capacity-\d{8}-\d{4}Z\.csv"$/);
    const [head, ...lines] = (await response.text()).trimEnd().split('\r\n');
    expect(head).toMatch(/^flavor,zone,slots,ends,slots_region,/);
    const { flavors } = await capacity();
    expect(lines).toHaveLength(2 * (flavors.length + 1));
    expect(lines[0]).toMatch(/^size,az-a,\d+,/);
  });
});

describe('what is planned with, as files', () => {
  it('has a line for each host that fails, and for each zone and resource', async () => {
    const file = await serveHostFailuresCsv(new Request('http://visio.test/host-failures.csv'));
    const [head, ...hosts] = (await file.text()).trimEnd().split('\r\n');
    expect(head).toBe('host,zone,vms,without_place');
    expect(hosts).toHaveLength(24);
    const forecast = await (await serveForecastCsv(new Request('http://visio.test/days-to-full.csv'))).text();
    expect(forecast).toMatch(/^zone,resource,unit,used,limit,capacity,/);
    expect(forecast).toMatch(/\r\naz-a,ram,bytes,\d+/);
  });

  it('has the moves of the timeline', async () => {
    const { moves } = (await ask('activity', { query: '?hours=168' })).body;
    const file = await serveMovesCsv(new Request('http://visio.test/moves.csv?hours=168'));
    const [head, ...lines] = (await file.text()).trimEnd().split('\r\n');
    expect(head).toMatch(/^began_at,vm,vm_id,source,destination,result,audit/);
    expect(lines).toHaveLength(moves.length);
  });
});
