import { describe, expect, it } from 'vitest';
import { type Inventory, openInventoryReader } from '@/lib/readings/inventory';
import { hostAt } from '@/lib/simulation/model';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { BEGIN, type Scene, simulatedScene } from './simulated';

const scene = simulatedScene({ hosts: 4, servers: 60, audits: 0 });

const open = (everyMs = HOUR_MS) => openInventoryReader(scene.session, { clock: () => scene.now, everyMs, pauseMs: 0 });

/** What a reading says of the VMs, and what is true. */
const told = ({ servers }: Inventory) => servers.map(({ id, host, status }) => `${id} ${host} ${status}`).sort();
const truth = ({ simulation, now }: Scene) =>
  simulation.cloud.servers
    .filter(({ deletedAt }) => deletedAt === undefined)
    .map((server) => `${server.id} ${hostAt(server, now)?.name ?? null} ${server.status}`)
    .sort();

function some(position: number) {
  const { servers, hosts } = scene.simulation.cloud;
  const server = servers[position];
  const other = hosts.find((host) => server && hostAt(server, scene.now) !== host);
  if (!server || !other) throw new Error('no such VM');
  return { server, other };
}

describe('the inventory', () => {
  it('is read whole once, and after that asks for the hosts and for what changed: two requests', async () => {
    const reader = open();
    const first = await reader.read();
    expect(told(first)).toEqual(truth(scene));
    scene.requests();
    scene.now += 2 * MINUTE_MS;
    const second = await reader.read(first);
    expect(told(second)).toEqual(truth(scene));
    expect(scene.requests().map((url) => url.replace(/\?.*/, ''))).toEqual([
      'compute/v2.1/os-hypervisors/detail',
      'compute/v2.1/servers/detail',
    ]);
  });

  it('sees a VM come, go, move and stop', async () => {
    const reader = open();
    const first = await reader.read();
    scene.now += MINUTE_MS;
    const { life } = scene.simulation;
    life.boot(some(0).server, '00000000-0000-4000-8000-000000000001', some(0).other);
    life.remove(some(1).server);
    life.migrate(some(2).server, some(2).other);
    some(3).server.status = 'SHUTOFF';
    life.touch(some(3).server);
    scene.now += MINUTE_MS;
    const second = await reader.read(first);
    expect(second.servers).toHaveLength(60);
    expect(told(second)).toEqual(truth(scene));
  });

  it('asks by Nova’s clock, however far it is from ours, with an overlap', async () => {
    const reader = open();
    const first = await reader.read();
    scene.requests();
    await reader.read(first);
    const changes = scene.requests().find((url) => url.includes('changes-since'));
    const from = Date.parse(new URL(`http://x/${changes}`).searchParams.get('changes-since') ?? '');
    // Nothing happened lately here: ten minutes and the overlap before Nova's own time.
    expect(from).toBe(BEGIN - 11 * MINUTE_MS);
  });

  it('misses nothing after a service whose clock runs an hour ahead has changed a VM', async () => {
    const reader = open();
    some(0).server.updatedAt = BEGIN + HOUR_MS;
    const first = await reader.read();
    scene.now += MINUTE_MS;
    scene.simulation.life.migrate(some(1).server, some(1).other);
    expect(told(await reader.read(first))).toEqual(truth(scene));
  });

  it('goes by the newest change where Nova does not tell its time', async () => {
    scene.dated = false;
    const reader = open();
    const first = await reader.read();
    scene.now += MINUTE_MS;
    scene.simulation.life.migrate(some(1).server, some(1).other);
    scene.simulation.life.remove(some(2).server);
    expect(told(await reader.read(first))).toEqual(truth(scene));
  });

  it('tells how far a first reading is, and of how many', async () => {
    const steps: string[] = [];
    await open().read(undefined, ({ done, of }, { hypervisors, servers }) => {
      steps.push(`${done} of ${of}, ${hypervisors.length > 0} ${servers.length}`);
    });
    const placed = scene.simulation.cloud.servers.filter((server) => hostAt(server, scene.now)).length;
    expect(steps).toEqual([`0 of ${placed}, true 0`, `60 of ${placed}, true 60`]);
  });

  it('repairs now and then what refreshes can’t see, without forgetting what happens meanwhile', async () => {
    const reader = open();
    const first = await reader.read();
    // Three changes that Nova never dates: rows written by hand.
    const { servers } = scene.simulation.cloud;
    some(0).server.stays.push({ from: scene.now, host: some(0).other });
    servers.splice(servers.indexOf(some(1).server), 1);
    const [unseen] = [{ ...some(2).server, id: '00000000-0000-4000-8000-000000000002' }];
    servers.push(unseen);
    scene.now += HOUR_MS;
    const drifted = await reader.read(first);
    expect(told(drifted)).not.toEqual(truth(scene));
    // The whole list is being read by now; while it is, one VM goes and one comes.
    await expect.poll(() => scene.requests().filter((url) => !url.includes('changes-since')).length).toBeGreaterThan(1);
    scene.now += MINUTE_MS;
    scene.simulation.life.remove(some(5).server);
    scene.simulation.life.boot(some(6).server, '00000000-0000-4000-8000-000000000003', some(6).other);
    const during = await reader.read(drifted);
    await new Promise((resolve) => setTimeout(resolve, 50));
    scene.now += MINUTE_MS;
    expect(told(await reader.read(during))).toEqual(truth(scene));
  });

  it('goes on where a first reading broke off, and misses nothing that changed in the part it had', async () => {
    const { life, cloud } = scene.simulation;
    const { server, other } = some(3);
    for (let i = 0; i < 2_000; i++) life.boot(server, `00000000-0000-4000-9000-${String(i).padStart(12, '0')}`, other);
    const reader = open();
    scene.before = (url) => {
      if (url.searchParams.has('marker')) scene.simulation.setFault('nova', { status: 500 });
    };
    await expect(reader.read()).rejects.toThrow('Nova returned 500');
    scene.before = () => {};
    scene.simulation.setFault('nova', null);
    scene.requests();
    scene.now += MINUTE_MS;
    const newest = cloud.servers.at(-1);
    if (newest) life.remove(newest);
    const first = await reader.read();
    expect(scene.requests().filter((url) => url.includes('servers/detail') && !url.includes('marker'))).toEqual([]);
    expect(first.servers).toHaveLength(2_060);
    expect(told(await reader.read(first))).toEqual(truth(scene));
  });

  it('goes on where the VM that a page ended with is deleted before the next page is asked for', async () => {
    const { life, cloud } = scene.simulation;
    const [like] = cloud.servers;
    const [host] = cloud.hosts;
    if (!like || !host) throw new Error('no cloud');
    for (let i = 0; i < 2_000; i++) life.boot(like, `00000000-0000-4000-9000-${String(i).padStart(12, '0')}`, host);
    let marker: string | null = null;
    scene.before = (url) => {
      marker ??= url.searchParams.get('marker');
      const last = cloud.servers.find(({ id, deletedAt }) => id === marker && deletedAt === undefined);
      if (last) life.remove(last);
    };
    const reader = open();
    const first = await reader.read();
    expect(marker).not.toBeNull();
    scene.before = () => {};
    expect(told(await reader.read(first))).toEqual(truth(scene));
  });
});
