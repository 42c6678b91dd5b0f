import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import type { DrainView, DrainVmView } from '@/lib/contract/v1/drain';
import { carryOn } from '@/lib/dashboard/careful/engine';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { hostAt, type SimHost, type SimServer } from '@/lib/simulation/model';
import { asUser, folder, send } from './acting';
import { cloudOnOwnClock } from './careful-runs';
import { ask, forget } from './served-cloud';

/** Hosts that are drained by careful runs over a simulated cloud, by whose clock a minute passes at once. */

const MINUTE = 60_000;
const STEP = 30_000;

describe('a host that is drained', () => {
  const { served } = cloudOnOwnClock();

  const vmsOn = (host: SimHost) =>
    served.simulation.cloud.servers.filter((server) => !server.deletedAt && hostAt(server, Date.now()) === host);

  /** The open host with the fewest VMs. */
  const begin = async () => {
    served.configure({ DATA_DIR: folder() });
    const { cloud } = served.simulation;
    for (const plan of cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
    const [host] = cloud.hosts
      .filter((one) => one.up && one.enabled && vmsOn(one).length > 0)
      .sort((a, b) => vmsOn(a).length - vmsOn(b).length);
    if (!host) throw new Error('The simulated cloud has no host to drain.');
    const headers = await asUser(served.simulation, 'ops');
    const params = { name: host.name };
    const prove = async (): Promise<DrainView> => (await ask('hostDrain', { params, headers })).body;
    return { host, headers, params, prove };
  };

  /** A new VM is placed on a host, a second later. */
  const land = (like: SimServer, host: SimHost) => {
    vi.setSystemTime(Date.now() + 1_000);
    served.simulation.life.boot(like, '5c1d0a4e-0000-4000-8000-000000000001', host);
    vi.setSystemTime(Date.now() + 1_000);
  };

  /** What was read before is older than what is read now. */
  const carryOnLater = async () => {
    vi.setSystemTime(Date.now() + STEP);
    await carryOn(defaultRegion().id);
  };

  const moves = (vm: DrainVmView) => vm.kind === 'live' || vm.kind === 'off';
  const bodyOf = ({ seen, vms }: DrainView) => ({
    seen,
    vms: vms.filter(moves).length,
    moves: vms.filter(moves).map(({ id, destination, kind }) => ({ vm_id: id, destination, live: kind === 'live' })),
    stays: vms.filter((vm) => !moves(vm)).map(({ id }) => id),
    reason: 'swap fans, OPS-412',
  });

  it('is closed, emptied by exactly the proven moves, and says so', async () => {
    const { host, headers, params, prove } = await begin();
    const proof = await prove();
    expect(proof.drain).toEqual([]);
    const body = bodyOf(proof);
    expect(body.vms).toBeGreaterThan(0);
    const { status, body: act } = await send('drainHost', { params, headers, body });
    expect([status, act.outcome, host.enabled]).toEqual([200, 'done', false]);
    expect(host.disabledReason).toMatch(/^swap fans, OPS-412 \(ops, .+, Watcher Visio\)$/);
    expect((await prove()).run).toMatchObject({ of: { kind: 'drain', host: host.name }, total: body.vms });
    for (let passed = 0; passed < 60 * MINUTE; passed += STEP) {
      await carryOnLater();
      if ((await prove()).run?.state !== 'running') break;
    }
    const after = await prove();
    expect(after.run).toMatchObject({ state: 'ended', why: { code: 'done' }, moved: body.vms });
    expect(after.vms.map(({ id }) => id).sort()).toEqual(body.stays.sort());
    for (const { vm_id: id, destination } of body.moves) {
      const server = served.simulation.cloud.servers.find((one) => one.id === id);
      expect(server && hostAt(server, Date.now())?.name).toBe(destination);
    }
    expect(after.closed).toMatchObject({ by: 'here', person: 'ops' });
    await send('openHost', { params, headers, body: { seen: after.seen, reason: 'fans replaced' } });
    const { back } = (await ask('outOfService', { headers })).body;
    expect(back).toMatchObject([
      { host: host.name, closed_by: 'ops', reason: 'swap fans, OPS-412', opened_by: 'ops', moved: body.vms },
    ]);
    expect(Date.parse(back[0].moved_until)).toBeGreaterThan(Date.parse(back[0].moved_from));
  }, 240_000);

  it('pauses if somebody opens the host in the middle, and goes on once it is closed again', async () => {
    const { host, headers, params, prove } = await begin();
    const body = bodyOf(await prove());
    await send('drainHost', { params, headers, body });
    Object.assign(host, { enabled: true, disabledReason: null });
    await carryOnLater();
    const opened = await prove();
    expect(opened.run).toMatchObject({ state: 'paused', why: { code: 'host-open' }, moved: 0, left: body.vms });
    expect(opened).toMatchObject({ closed: null, close: [] });
    const closed = { seen: opened.seen, reason: 'still at it' };
    expect((await send('closeHost', { params, headers, body: closed })).body.outcome).toBe('done');
    const run = { run: opened.run?.id ?? '' };
    expect((await send('resumeCareful', { params: run, headers, body: {} })).body.outcome).toBe('done');
    await carryOnLater();
    expect((await prove()).run).toMatchObject({ state: 'running', why: null });
  }, 120_000);

  it('pauses, closed, if Watcher makes no plan of a step since its model of the cloud is out of date', async () => {
    const { host, headers, params, prove } = await begin();
    await send('drainHost', { params, headers, body: bodyOf(await prove()) });
    await carryOnLater();
    // The engine refuses to plan with a stale model: ClusterStateStale.
    for (const audit of served.simulation.cloud.audits) if (audit.strategy === 'actuator') audit.state = 'FAILED';
    await carryOnLater();
    const after = await prove();
    expect(after.run).toMatchObject({ state: 'paused', why: { code: 'no-plan' }, moved: 0 });
    expect(after.run?.why?.text).toBe('Watcher has made no plan for this step: its audit is FAILED.');
    expect(host.enabled).toBe(false);
  }, 120_000);

  it('is drained once if two people drain it at the same time', async () => {
    const { headers, params, prove } = await begin();
    const body = bodyOf(await prove());
    const other = await asUser(served.simulation, 'visio');
    const sent = await Promise.all([
      send('drainHost', { params, headers, body }),
      send('drainHost', { params, headers: other, body: { ...body, reason: 'me too' } }),
    ]);
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 409]);
    vi.setSystemTime(Date.now() + 15_000);
    const third = await send('drainHost', { params, headers: other, body: { ...body, seen: (await prove()).seen } });
    expect([third.status, third.body.refusal]).toMatchObject([409, { code: 'careful-run' }]);
  }, 120_000);

  it('can be drained by the next person if the process was killed between closing and moving', async () => {
    const { host, headers, params, prove } = await begin();
    const body = bodyOf(await prove());
    let isClosed: () => void = () => {};
    const closing = new Promise<void>((resolve) => {
      isClosed = resolve;
    });
    served.server.use(
      http.put(
        'http://cloud.test/*/os-services/*',
        async ({ request }) => {
          await served.simulation.answer(request.clone());
          isClosed();
          return new Promise<never>(() => {});
        },
        { once: true },
      ),
    );
    void send('drainHost', { params, headers, body });
    await closing;
    forget();
    vi.setSystemTime(Date.now() + 2 * MINUTE);
    const left = await prove();
    expect(left).toMatchObject({ closed: { by: 'here', person: 'ops' }, run: null, drain: [], open: [] });
    const next = await asUser(served.simulation, 'visio');
    const again = await send('drainHost', {
      params,
      headers: next,
      body: { ...body, seen: left.seen, reason: 'go on' },
    });
    expect([again.status, again.body.outcome]).toEqual([200, 'done']);
    // The first reason stays: whoever closed it is asked about it.
    expect(host.disabledReason).toMatch(/^swap fans, OPS-412 \(ops, /);
    expect((await prove()).run).toMatchObject({ state: 'running', person: 'visio' });
  }, 120_000);

  it('is not touched if a VM has landed on it, or if the number is another', async () => {
    const { host, headers, params, prove } = await begin();
    const body = bodyOf(await prove());
    const wrong = await send('drainHost', { params, headers, body: { ...body, vms: body.vms + 1 } });
    expect([wrong.status, wrong.body.refusal]).toMatchObject([409, { code: 'number' }]);
    const [like] = vmsOn(host);
    if (!like) throw new Error('There is no VM.');
    land(like, host);
    const landed = await send('drainHost', { params, headers, body });
    expect([landed.status, landed.body.refusal]).toMatchObject([409, { code: 'changed' }]);
    expect(host.enabled).toBe(true);
  }, 120_000);

  it('stays closed, and says so, if a VM lands while it is being closed', async () => {
    const { host, headers, params, prove } = await begin();
    const body = bodyOf(await prove());
    const [like] = vmsOn(host);
    if (!like) throw new Error('There is no VM.');
    served.server.use(
      http.put('http://cloud.test/*/os-services/*', ({ request }) => {
        land(like, host);
        return served.simulation.answer(request);
      }),
    );
    const { status, body: problem } = await send('drainHost', { params, headers, body });
    expect([status, host.enabled]).toEqual([502, false]);
    expect(problem.detail).toMatch(/^The host is closed, but nothing moves\. .+ has landed on it\.$/);
    const after = await prove();
    expect(after).toMatchObject({ run: null, closed: { by: 'here' }, drain: [] });
  }, 120_000);

  it('moves nothing if the answer to the closing is lost', async () => {
    const { host, headers, params, prove } = await begin();
    const body = bodyOf(await prove());
    served.server.use(
      http.put('http://cloud.test/*/os-services/*', async ({ request }) => {
        await served.simulation.answer(request.clone());
        return HttpResponse.error();
      }),
    );
    const { body: problem } = await send('drainHost', { params, headers, body });
    expect(problem.detail).toContain('The host is closed, but nothing moves.');
    expect([host.enabled, (await prove()).run]).toEqual([false, null]);
  }, 120_000);
});
