import { describe, expect, it } from 'vitest';
import { listProviderUsages } from '@/lib/openstack/placement';
import type { Hypervisor } from '@/lib/openstack/records';
import { discoverExporters } from '@/lib/prometheus/discover';
import { listExporterInventories } from '@/lib/prometheus/exporter-inventory';
import { openPlacementReader, type PlacementReading } from '@/lib/readings/placement';
import type { SimHost } from '@/lib/simulation/model';
import { capacityOf, inventoryOf } from '@/lib/simulation/occupancy';
import { MINUTE_MS } from '@/lib/units';
import { hypervisor } from '../domain/build';
import { settings, simulatedScene } from './simulated';

const scene = simulatedScene({ hosts: 8, servers: 60, audits: 0 });

const computes = (): Hypervisor[] =>
  scene.simulation.cloud.hosts.map(({ id, name, fqdn }) => hypervisor(name, { id, hypervisorHostname: fqdn }));

const open = (exporter = true) =>
  openPlacementReader(
    scene.session,
    async () => {
      if (!exporter) return [];
      const set = await discoverExporters(scene.prometheus, settings);
      return (await listExporterInventories({ prometheus: scene.prometheus, settings, exporters: set })).rows;
    },
    () => scene.now,
  );

const sorted = ({ providers }: Pick<PlacementReading, 'providers'>) =>
  providers
    .map(({ id, rootId, inventories, usages }) => ({ id, rootId, inventories, usages }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
/** The simple way, with two requests per provider. */
const truth = async () => {
  const ids = new Set(computes().map(({ id }) => id));
  return sorted({ providers: await listProviderUsages(scene.session, { isHost: ({ id }) => ids.has(id) }) });
};
const placement = () => scene.requests().filter((url) => url.startsWith('placement') && url !== 'placement/');

/** Fills a host completely in the given classes. */
function fill(host: SimHost, classes: ('VCPU' | 'MEMORY_MB' | 'DISK_GB')[]): void {
  const usage = { VCPU: 0, PCPU: 0, MEMORY_MB: 0, DISK_GB: 0 };
  for (const [name, inventory] of Object.entries(inventoryOf(host))) {
    if (classes.some((wanted) => wanted === name)) Object.assign(usage, { [name]: capacityOf(inventory) });
  }
  const before = scene.simulation.occupancy.usage;
  scene.simulation.occupancy.usage = (other, at) => {
    const usual = before(other, at);
    return other === host
      ? { ...usual, ...Object.fromEntries(Object.entries(usage).filter(([, used]) => used > 0)) }
      : usual;
  };
}

const host = (position: number): SimHost => {
  const found = scene.simulation.cloud.hosts[position];
  if (!found) throw new Error('no such host');
  return found;
};

describe('openPlacementReader', () => {
  it('sends one request if an exporter has the inventories, and returns Placement’s numbers', async () => {
    const reading = await open().read(computes());
    expect(placement()).toEqual(['placement/allocation_candidates?resources=MEMORY_MB%3A1']);
    expect(sorted(reading)).toEqual(await truth());
  });

  it('reads each inventory once without an exporter, and then sends one request per reading', async () => {
    const reader = open(false);
    const first = await reader.read(computes());
    expect(placement()).toHaveLength(1 + 8);
    expect(sorted(first)).toEqual(await truth());
    scene.requests();
    const { cloud, life } = scene.simulation;
    const [server] = cloud.servers.filter(({ stays }) => stays[0]?.host === host(0));
    if (!server) throw new Error('no such VM');
    scene.now += MINUTE_MS;
    life.migrate(server, host(1));
    const second = await reader.read(computes(), first);
    expect(placement()).toHaveLength(1);
    expect(sorted(second)).toEqual(await truth());
  });

  it('trusts an exporter only if its numbers add up to Placement’s capacity', async () => {
    const reader = open();
    const first = await reader.read(computes());
    scene.requests();
    const before = scene.simulation.cloud.hosts.map(({ id, cpuRatio }) => ({ id, cpuRatio }));
    // The exporter was scraped before the ratio changed.
    const { rows: stale } = await listExporterInventories({
      prometheus: scene.prometheus,
      settings,
      exporters: await discoverExporters(scene.prometheus, settings),
    });
    host(2).cpuRatio = (before[2]?.cpuRatio ?? 1) + 1;
    scene.requests();
    const withStaleExporter = openPlacementReader(
      scene.session,
      async () => stale,
      () => scene.now,
    );
    const second = await withStaleExporter.read(computes(), first);
    expect(placement()).toEqual([
      'placement/allocation_candidates?resources=MEMORY_MB%3A1',
      `placement/resource_providers/${host(2).id}/inventories`,
    ]);
    expect(sorted(second)).toEqual(await truth());
  });

  it('uses the version of an older Placement, and reads each provider of a very old one', async () => {
    const answer = scene.simulation.answer.bind(scene.simulation);
    const versions = new Set<string>();
    const supportUpTo = (newest: number) => {
      scene.simulation.answer = async (request) => {
        const version = request.headers.get('openstack-api-version') ?? '';
        const [, minor] = /^placement 1\.(\d+)$/.exec(version) ?? [];
        if (minor === undefined || Number(minor) <= newest) {
          if (minor !== undefined) versions.add(minor);
          return answer(request);
        }
        const span = { min_version: '1.0', max_version: `1.${newest}` };
        return Response.json({ errors: [{ status: 406, ...span }] }, { status: 406 });
      };
    };
    supportUpTo(30);
    expect(sorted(await open().read(computes()))).toEqual(await truth());
    expect([...versions]).toEqual(['30']);
    supportUpTo(20);
    scene.requests();
    expect(sorted(await open().read(computes()))).toEqual(await truth());
    expect(placement()).toContain(`placement/resource_providers/${host(0).id}/usages`);
  });

  it('reads a full host individually, and its inventory once an hour', async () => {
    fill(host(3), ['MEMORY_MB', 'VCPU', 'DISK_GB']);
    const reader = open();
    const first = await reader.read(computes());
    expect(sorted(first)).toEqual(await truth());
    scene.requests();
    const second = await reader.read(computes(), first);
    expect(placement()).toEqual([
      'placement/allocation_candidates?resources=MEMORY_MB%3A1',
      `placement/resource_providers/${host(3).id}/usages`,
    ]);
    scene.now += 60 * MINUTE_MS;
    host(3).ramRatio = 2;
    const third = await reader.read(computes(), second);
    expect(sorted(third)).toEqual(await truth());
  });

  it('tries another resource class if many hosts have no RAM left, and starts with it next time', async () => {
    for (const position of [0, 1, 2, 3, 4, 5]) fill(host(position), ['MEMORY_MB']);
    const reader = open();
    const first = await reader.read(computes());
    expect(sorted(first)).toEqual(await truth());
    scene.requests();
    await reader.read(computes(), first);
    expect(placement()).toEqual(['placement/allocation_candidates?resources=DISK_GB%3A1']);
  });

  it('does not request a host that Placement does not know with every reading', async () => {
    const reader = open();
    const hosts = [...computes(), hypervisor('new', { id: '00000000-0000-4000-8000-00000000000f' })];
    const first = await reader.read(hosts);
    scene.requests();
    const second = await reader.read(hosts, first);
    expect(placement()).toHaveLength(1);
    expect(sorted(second)).toEqual(await truth());
  });
});
