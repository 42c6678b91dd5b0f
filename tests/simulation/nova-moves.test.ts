import { describe, expect, it } from 'vitest';
import type { SimServer } from '@/lib/simulation/model';
import { MIB } from '@/lib/units';
import { openScene, type Scene } from './acting';
import { stabilization, start } from './plans';

/** What Nova reports about moves that run, and how it lets people abort them. */

async function progress(scene: Scene, server: SimServer | undefined) {
  const { body } = await scene.nova('GET', `servers/${server?.id}/migrations`);
  return body as { migrations: Record<string, unknown>[] }; // Nova's list; the tests look at its fields
}

async function running(scene: Scene, count = 1) {
  const made = stabilization(scene, count);
  await start(scene, made.plan);
  return made;
}

describe('the progress of a live migration', () => {
  it('goes through its states, with memory in bytes while it copies', async () => {
    const scene = openScene();
    const { servers, source, target } = await running(scene, 2);
    const [first, second] = servers;
    const total = (first?.flavor.ramMib ?? 0) * MIB;
    const seen = async (seconds: number) => {
      scene.at(seconds);
      const [row] = (await progress(scene, first)).migrations;
      return [row?.status, row?.memory_processed_bytes, row?.memory_remaining_bytes];
    };
    expect(await seen(1)).toEqual(['preparing', null, null]);
    expect(await seen(2)).toEqual(['running', 0, total]);
    expect(await seen(11)).toEqual(['running', total / 2, total / 2]);
    expect((await progress(scene, second)).migrations).toMatchObject([
      { status: 'queued', memory_total_bytes: null, source_compute: source.name, dest_compute: target.name },
    ]);
    expect(await seen(20.5)).toEqual(['post-migrating', total, 0]);
    scene.at(21);
    expect(await progress(scene, first)).toEqual({ migrations: [] });
    expect((await progress(scene, second)).migrations).toMatchObject([{ status: 'preparing' }]);
  });

  it('has every field that Nova was seen to send', async () => {
    const scene = openScene();
    const { servers } = await running(scene);
    scene.at(5);
    const [row] = (await progress(scene, servers[0])).migrations;
    expect(Object.keys(row ?? {}).sort()).toEqual(
      [
        'created_at dest_compute dest_host dest_node disk_processed_bytes disk_remaining_bytes disk_total_bytes id',
        'memory_processed_bytes memory_remaining_bytes memory_total_bytes project_id server_uuid source_compute',
        'source_node status updated_at user_id uuid',
      ].flatMap((line) => line.split(' ')),
    );
  });

  it('never ends where a guest does not converge, and what remains goes up and down', async () => {
    const scene = openScene();
    const made = stabilization(scene, 1);
    const [server] = made.servers;
    await scene.control('PUT', 'migrations', { seconds: 20, never: [server?.name] });
    await start(scene, made.plan);
    const shares: number[] = [];
    for (let seconds = 60; seconds < 180; seconds += 10) {
      scene.at(seconds);
      const [row] = (await progress(scene, server)).migrations;
      shares.push(Number(row?.memory_remaining_bytes) / Number(row?.memory_total_bytes));
    }
    expect(Math.min(...shares)).toBeGreaterThan(0.2);
    expect(Math.max(...shares)).toBeLessThan(0.4);
    expect(shares.some((share, i) => share > (shares[i - 1] ?? 1))).toBe(true);
  });

  it('shows in the VM, in the list of migrations and in what changed', async () => {
    const scene = openScene();
    const { servers, plan } = await running(scene);
    scene.at(5);
    expect((await scene.nova('GET', `servers/${servers[0]?.id}`)).body).toMatchObject({
      server: { status: 'MIGRATING', 'OS-EXT-STS:task_state': 'migrating', 'OS-EXT-STS:vm_state': 'active' },
    });
    const list = 'servers/detail?all_tenants=1&status=MIGRATING';
    expect((await scene.nova('GET', list)).body).toMatchObject({ servers: [{ id: servers[0]?.id }] });
    const migrations = async () => (await scene.nova('GET', 'os-migrations?limit=1')).body;
    expect(await migrations()).toMatchObject({ migrations: [{ status: 'running', instance_uuid: servers[0]?.id }] });
    scene.at(21);
    expect(plan.state).toBe('SUCCEEDED');
    expect(await migrations()).toMatchObject({
      migrations: [{ status: 'completed', updated_at: '2026-03-01T12:00:21.000000' }],
    });
    const since = 'servers/detail?all_tenants=1&changes-since=2026-03-01T12:00:20Z';
    expect((await scene.nova('GET', since)).body).toMatchObject({
      servers: [{ id: servers[0]?.id, status: 'ACTIVE' }],
    });
  });

  it('answers 404 for an unknown VM, and below 2.23', async () => {
    const scene = openScene();
    expect((await scene.nova('GET', 'servers/nobody/migrations')).status).toBe(404);
    const { servers } = await running(scene);
    const old = await scene.nova('GET', `servers/${servers[0]?.id}/migrations`, { version: 'compute 2.22' });
    expect(old.status).toBe(404);
  });

  it('is a cold migration for a stopped VM, which is not in the list of live ones', async () => {
    const scene = openScene();
    const made = stabilization(scene, 1);
    const [server] = made.servers;
    Object.assign(server ?? {}, { status: 'SHUTOFF' });
    Object.assign(made.plan.actions[0]?.parameters ?? {}, { migration_type: 'cold' });
    await start(scene, made.plan);
    scene.at(10);
    expect(await progress(scene, server)).toEqual({ migrations: [] });
    expect((await scene.nova('GET', `servers/${server?.id}`)).body).toMatchObject({ server: { status: 'RESIZE' } });
    scene.at(21);
    expect(scene.simulation.cloud.migrations.at(-1)).toMatchObject({ ended: 'confirmed', server });
    expect(made.plan.state).toBe('SUCCEEDED');
  });
});

describe('allocations of a VM that moves', () => {
  it('are on both hosts until it has arrived, those on the source in the name of the migration', async () => {
    const scene = openScene();
    const { cloud } = scene.simulation;
    const before = stabilization(scene, 1);
    const { source, target } = before;
    const [server] = before.servers;
    const placement = (path: string) => scene.send('GET', `/placement/${path}`, { version: 'placement 1.39' });
    // Placement's forms, which other tests check.
    const consumers = (body: unknown) => Object.keys((body as { allocations: object }).allocations);
    const ramIn = (body: unknown) => (body as { usages: { MEMORY_MB: number } }).usages.MEMORY_MB;
    const at = async ({ id }: typeof source) => ({
      ram: ramIn((await placement(`resource_providers/${id}/usages`)).body),
      of: consumers((await placement(`resource_providers/${id}/allocations`)).body),
    });
    const seen = async () => ({ from: await at(source), to: await at(target) });
    const idle = await seen();
    await start(scene, before.plan);
    scene.at(10);
    const migration = cloud.migrations.at(-1);
    const during = await seen();
    const ram = server?.flavor.ramMib ?? 0;
    expect([during.from.ram, during.to.ram]).toEqual([idle.from.ram, idle.to.ram + ram]);
    expect(during.from.of).not.toContain(server?.id);
    expect(during.from.of).toContain(migration?.id);
    expect(during.to.of).toContain(server?.id);
    const held = async (id: string | undefined) => consumers((await placement(`allocations/${id}`)).body);
    expect([await held(server?.id), await held(migration?.id)]).toEqual([[target.id], [source.id]]);
    scene.at(21);
    const after = await seen();
    expect([after.from.ram, after.to.ram]).toEqual([idle.from.ram - ram, idle.to.ram + ram]);
    expect([await held(server?.id), await held(migration?.id)]).toEqual([[target.id], []]);
  });
});

describe('aborting a live migration', () => {
  const abort = async (scene: Scene, server: SimServer | undefined, version = 'compute 2.90') => {
    const [row] = (await progress(scene, server)).migrations;
    return scene.nova('DELETE', `servers/${server?.id}/migrations/${row?.id}`, { version });
  };

  it('leaves the VM where it is, fails the action, and lets the next VM leave', async () => {
    const scene = openScene();
    const { plan, servers, source } = await running(scene, 2);
    scene.at(10);
    const answer = await abort(scene, servers[0]);
    expect([answer.status, answer.body]).toEqual([202, null]);
    expect(answer.headers.get('x-openstack-request-id')).toMatch(/^req-/);
    expect(scene.states(plan)).toBe('ONGOING: FAILED ONGOING');
    expect((await progress(scene, servers[1])).migrations).toMatchObject([{ status: 'preparing' }]);
    expect(servers[0]?.stays.at(-1)?.host).toBe(source);
    scene.at(30);
    expect(scene.states(plan)).toBe('FAILED: FAILED SUCCEEDED');
  });

  it('works in the queue from 2.65 on, and is 400 before', async () => {
    const scene = openScene();
    const { servers } = await running(scene, 2);
    scene.at(10);
    const old = await abort(scene, servers[1], 'compute 2.64');
    expect(old.status).toBe(400);
    expect(old.words).toContain(`of instance ${servers[1]?.id} is queued. Cannot abort live migration`);
    expect((await abort(scene, servers[1])).status).toBe(202);
  });

  it('is 400 while the VM switches over, and 409 once it has arrived', async () => {
    const scene = openScene();
    const { servers } = await running(scene);
    scene.at(20.5);
    const [row] = (await progress(scene, servers[0])).migrations;
    const send = () => scene.nova('DELETE', `servers/${servers[0]?.id}/migrations/${row?.id}`);
    expect((await send()).status).toBe(400);
    scene.at(21);
    expect((await send()).status).toBe(409);
  });

  it('is 404 for another number, and 403 for a reader', async () => {
    const scene = openScene();
    const { servers } = await running(scene);
    scene.at(10);
    expect((await scene.nova('DELETE', `servers/${servers[0]?.id}/migrations/999`)).status).toBe(404);
    const [row] = (await progress(scene, servers[0])).migrations;
    const address = `servers/${servers[0]?.id}/migrations/${row?.id}`;
    expect(await scene.nova('DELETE', address, { as: 'reader' })).toMatchObject({
      status: 403,
      words: "Policy doesn't allow os_compute_api:servers:migrations:delete to be performed.",
    });
  });

  it('lets the plan go on that ran from the beginning', async () => {
    const scene = openScene({ audits: 40 });
    const { cloud } = scene.simulation;
    const audit = cloud.audits.find(({ name }) => name === 'by-hand');
    const plan = cloud.plans.find(({ auditId }) => auditId === audit?.id);
    const stuck = cloud.migrations.find(({ endedAt }) => endedAt === null)?.server;
    expect((await abort(scene, stuck)).status).toBe(202);
    expect(plan && scene.states(plan)).toMatch(/^ONGOING: SUCCEEDED SUCCEEDED FAILED ONGOING/);
  });
});

describe('compute services', () => {
  it('are disabled with a reason and enabled without', async () => {
    const scene = openScene();
    const host = scene.simulation.cloud.hosts[0];
    const put = (body: unknown, as = 'ops') => scene.nova('PUT', `os-services/${host?.serviceId}`, { body, as });
    expect((await put({ status: 'disabled', disabled_reason: 'swap fans' })).body).toMatchObject({
      service: { host: host?.name, status: 'disabled', disabled_reason: 'swap fans' },
    });
    expect((await put({ status: 'enabled' })).body).toMatchObject({
      service: { status: 'enabled', disabled_reason: null },
    });
    expect((await put({ status: 'disabled' }, 'reader')).status).toBe(403);
    expect((await put({})).status).toBe(400);
    expect((await scene.nova('PUT', 'os-services/nobody', { body: { status: 'enabled' } })).status).toBe(404);
  });
});
