import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { serveCapacityCsv } from '@/lib/dashboard/http/capacity-csv';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { readHostMap } from '@/lib/dashboard/views/host-map';
import { ask, servedCloud } from './served-cloud';

/** Zones and aggregates are views of hosts: whatever is said about one is the sum over its hosts. */

const served = servedCloud({ hosts: 24, servers: 200, audits: 4 });

type Overview = {
  region: Record<'hosts_total' | 'hosts_hot' | 'hosts_measured', number>;
  vcpu: { total: number; allocated: number };
  vm: { count: number; placed: number };
};

const overview = async (query = ''): Promise<Overview> => (await ask('overview', { query })).body;
const sum = (all: number[]) => all.reduce((total, one) => total + one, 0);

async function places(): Promise<{ zones: string[]; aggregates: string[] }> {
  const { zones, aggregates } = (await ask('hosts')).body;
  return { zones, aggregates };
}

describe('the overview of a zone or an aggregate', () => {
  it('adds up to the region over its zones', async () => {
    const { zones } = await places();
    expect(zones.length).toBeGreaterThan(1);
    const whole = await overview();
    const parts = await Promise.all(zones.map((zone) => overview(`?zone=${zone}`)));
    for (const read of [
      ({ region }: Overview) => region.hosts_total,
      ({ region }: Overview) => region.hosts_hot,
      ({ vcpu }: Overview) => vcpu.total,
      ({ vcpu }: Overview) => vcpu.allocated,
      ({ vm }: Overview) => vm.placed,
    ])
      expect(sum(parts.map(read))).toBe(read(whole));
  });

  it('is about the hosts that the list of hosts has for it', async () => {
    const { aggregates } = await places();
    expect(aggregates.length).toBeGreaterThan(0);
    for (const aggregate of aggregates) {
      const query = `?aggregate=${encodeURIComponent(aggregate)}`;
      const { hosts } = (await ask('hosts', { query })).body;
      const { region, vm } = await overview(query);
      expect(region.hosts_total).toBe(hosts.length);
      expect(vm.count).toBe(sum(hosts.map((host: { vms: number }) => host.vms)));
      const map = await readHostMap(defaultRegion().id, { aggregate });
      expect(map.ok && [...map.data.hosts.names].sort()).toEqual(
        hosts.map(({ name }: { name: string }) => name).sort(),
      );
    }
  });

  it('refuses a place that no host is in, with the parameter', async () => {
    for (const name of ['zone', 'aggregate']) {
      for (const endpoint of ['overview', 'capacity', 'hosts'] as const) {
        const { response, body } = await ask(endpoint, { query: `?${name}=nowhere` });
        expect(response.status).toBe(404);
        expect(body.parameter).toBe(name);
      }
    }
  });

  it('says that Nova does not list aggregates instead of showing an empty zone', async () => {
    served.server.use(
      http.get('http://cloud.test/compute/*/os-aggregates', () => new HttpResponse('', { status: 403 })),
    );
    const { response } = await ask('overview', { query: '?zone=az-a' });
    expect(response.status).toBe(503);
    expect((await ask('overview')).response.status).toBe(200);
  });

  it('changes nothing in the promised answer, which ignores parameters', async () => {
    const [plain, asked] = [await ask('stats'), await ask('stats', { query: '?zone=az-a' })];
    expect(asked.text).toBe(plain.text);
  });
});

describe('slots of a zone or an aggregate', () => {
  type Part = { slots: number | null };
  type Flavor = {
    name: string;
    slots: number | null;
    zones: ({ zone: string } & Part)[];
    aggregates: ({ aggregate: string } & Part)[];
  };
  const flavors = async (query: string): Promise<Flavor[]> => (await ask('capacity', { query })).body.flavors;

  it('are those that the region has in it', async () => {
    const { zones, aggregates } = await places();
    const whole = await flavors('?by=aggregate');
    for (const zone of zones) {
      const own = await flavors(`?zone=${zone}`);
      for (const { name, slots } of own)
        expect(slots).toBe(whole.find((one) => one.name === name)?.zones.find((one) => one.zone === zone)?.slots);
    }
    for (const aggregate of aggregates) {
      const own = await flavors(`?aggregate=${encodeURIComponent(aggregate)}`);
      for (const { name, slots } of own) {
        const all = whole.find((one) => one.name === name)?.aggregates;
        expect(slots).toBe(all?.find((one) => one.aggregate === aggregate)?.slots);
      }
    }
  });

  it('of aggregates are counted only if they are asked for', async () => {
    for (const { aggregates } of await flavors('')) expect(aggregates).toEqual([]);
  });

  it('are exported by aggregate', async () => {
    const { aggregates } = await places();
    const response = await serveCapacityCsv(new Request('http://visio.test/capacity.csv?by=aggregate'));
    const lines = (await response.text()).split('\r\n');
    expect(lines[0]?.split(',').slice(0, 3)).toEqual(['flavor', 'aggregate', 'slots']);
    const named = lines.slice(1).flatMap((line) => line.split(',')[1] ?? []);
    expect([...new Set(named)].sort()).toEqual(aggregates);
  });
});
