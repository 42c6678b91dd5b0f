import { describe, expect, it } from 'vitest';
import { type Inventory, openInventoryReader } from '@/lib/readings/inventory';
import { hostAt } from '@/lib/simulation/model';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { BEGIN, type Scene, simulatedScene } from './simulated';

const scene = simulatedScene({ hosts: 4, servers: 60, audits: 0 });

const open = (everyMs = HOUR_MS) => openInventoryReader(scene.session, { clock: () => scene.now, everyMs, pauseMs: 0 });

/** The VMs in a reading, and those that really exist. */
const seen = ({ servers }: Inventory) => servers.map(({ id, host, status }) => `${id} ${host} ${status}`).sort();
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

describe('openInventoryReader', () => {
  it('reads everything once, and then the hosts and the changes with two requests', async () => {
    const reader = open();
    const first = await reader.read();
    expect(seen(first)).toEqual(truth(scene));
    scene.requests();
    scene.now += 2 * MINUTE_MS;
    const second = await reader.read(first);
    expect(seen(second)).toEqual(truth(scene));
    expect(scene.requests().map((url) => url.replace(/\?.*/, ''))).toEqual([
      'compute/v2.1/os-hypervisors/detail',
      'compute/v2.1/servers/detail',
    ]);
  });

  it('notices VMs that are created, deleted, moved and stopped', async () => {
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
    expect(seen(second)).toEqual(truth(scene));
  });

  it('requests changes by Nova’s clock, however far it is from ours, with an overlap', async () => {
    const reader = open();
    const first = await reader.read();
    scene.requests();
    await reader.read(first);
    const changes = scene.requests().find((url) => url.includes('changes-since'));
    const from = Date.parse(new URL(`http://x/${changes}`).searchParams.get('changes-since') ?? '');
    // Without recent changes: ten minutes and the overlap before Nova's time.
    expect(from).toBe(BEGIN - 11 * MINUTE_MS);
  });

  it('misses nothing after a service whose clock runs an hour ahead has changed a VM', async () => {
    const reader = open();
    some(0).server.updatedAt = BEGIN + HOUR_MS;
    const first = await reader.read();
    scene.now += MINUTE_MS;
    scene.simulation.life.migrate(some(1).server, some(1).other);
    expect(seen(await reader.read(first))).toEqual(truth(scene));
  });

  it('uses the time of the newest change if Nova does not send its time', async () => {
    scene.dated = false;
    const reader = open();
    const first = await reader.read();
    scene.now += MINUTE_MS;
    scene.simulation.life.migrate(some(1).server, some(1).other);
    scene.simulation.life.remove(some(2).server);
    expect(seen(await reader.read(first))).toEqual(truth(scene));
  });

  it('reports the progress of a first reading, with the expected number of VMs', async () => {
    const steps: string[] = [];
    await open().read(undefined, ({ done, of }, { hypervisors, servers }) => {
      steps.push(`${done} of ${of}, ${hypervisors.length > 0} ${servers.length}`);
    });
    const placed = scene.simulation.cloud.servers.filter((server) => hostAt(server, scene.now)).length;
    expect(steps).toEqual([`0 of ${placed}, true 0`, `60 of ${placed}, true 60`]);
  });

  it('corrects what refreshes can’t see, without losing changes in the meantime', async () => {
    const reader = open();
    const first = await reader.read();
    // Three changes without a new timestamp, like rows edited by hand.
    const { servers } = scene.simulation.cloud;
    some(0).server.stays.push({ from: scene.now, host: some(0).other });
    servers.splice(servers.indexOf(some(1).server), 1);
    const [unseen] = [{ ...some(2).server, id: '00000000-0000-4000-8000-000000000002' }];
    servers.push(unseen);
    scene.now += HOUR_MS;
    const drifted = await reader.read(first);
    expect(seen(drifted)).not.toEqual(truth(scene));
    // While the full list is being read, one VM is deleted and one is created.
    await expect.poll(() => scene.requests().filter((url) => !url.includes('changes-since')).length).toBeGreaterThan(1);
    scene.now += MINUTE_MS;
    scene.simulation.life.remove(some(5).server);
    scene.simulation.life.boot(some(6).server, '00000000-0000-4000-8000-000000000003', some(6).other);
    const during = await reader.read(drifted);
    await scene.settle();
    scene.now += MINUTE_MS;
    expect(seen(await reader.read(during))).toEqual(truth(scene));
  });

  it('continues an interrupted first reading, and misses no changes in the part already read', async () => {
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
    expect(seen(await reader.read(first))).toEqual(truth(scene));
  });

  it('continues if the last VM of a page is deleted before the next page is requested', async () => {
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
    expect(seen(await reader.read(first))).toEqual(truth(scene));
  });

  it('notices tags that mark VMs although Nova lists no change, with one more request', async () => {
    const reader = openInventoryReader(scene.session, { clock: () => scene.now, everyMs: HOUR_MS, pauseMs: 0 }, [
      'pinned',
      'must-not-move',
    ]);
    const { server } = some(0);
    server.tags = ['web', 'must-not-move'];
    const first = await reader.read();
    const tagsOf = ({ servers }: Inventory) => servers.find(({ id }) => id === server.id)?.tags;
    expect(tagsOf(first)).toEqual(['web', 'must-not-move']);
    scene.now += MINUTE_MS;
    server.tags = ['web', 'pinned'];
    scene.requests();
    const second = await reader.read(first);
    expect(tagsOf(second)).toEqual(['web', 'pinned']);
    expect(scene.requests()).toHaveLength(3);
    server.tags = ['web'];
    const third = await reader.read(second);
    expect(tagsOf(third)).toEqual(['web']);
    const fourth = await reader.read(third);
    expect(fourth.servers).toBe(third.servers);
    expect(fourth.tagsProblem).toBeNull();
  });
});
