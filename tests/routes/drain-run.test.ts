import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DrainView, DrainVmView } from '@/lib/contract/v1/drain';
import { carryOn } from '@/lib/dashboard/careful/engine';
import { DEFAULT_REGION } from '@/lib/dashboard/process/region';
import { hostAt, type SimHost, type SimServer } from '@/lib/simulation/model';
import { ACTS, asUser, CLOUD, folder, send } from './acting';
import { ask, servedCloud } from './served-cloud';

/** Hosts that are drained by careful runs over a simulated cloud, by whose clock a minute passes at once. */

const MINUTE = 60_000;
const STEP = 30_000;

describe('a host that is drained', () => {
  const served = servedCloud(
    { ...CLOUD, clock: () => Date.now() },
    { ...ACTS, ACTIONS: 'service', DASHBOARD_CACHE_TTL: '10' },
  );
  let now = Date.now();
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now }));
  afterEach(() => {
    vi.useRealTimers();
    now = Date.now();
  });

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
      await carryOn(DEFAULT_REGION);
      if ((await prove()).run?.state !== 'running') break;
      vi.setSystemTime(Date.now() + STEP);
    }
    const after = await prove();
    expect(after.run).toMatchObject({ state: 'ended', why: { code: 'done' }, moved: body.vms });
    expect(after.vms.map(({ id }) => id).sort()).toEqual(body.stays.sort());
    for (const { vm_id: id, destination } of body.moves) {
      const server = served.simulation.cloud.servers.find((one) => one.id === id);
      expect(server && hostAt(server, Date.now())?.name).toBe(destination);
    }
    expect(after.closed).toMatchObject({ by: 'here', person: 'ops' });
  }, 240_000);

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
