import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { carryOn } from '@/lib/dashboard/careful/engine';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import type { SimAction, SimServer } from '@/lib/simulation/model';
import { ACTS, asUser, CLOUD, checkPlan, folder, planOf, send, startOf } from './acting';
import { ask, servedCloud } from './served-cloud';

/** Plans that move VMs which must not move. */

const PLAN = 'stabilize-production';
const TAG = 'must-not-move';

describe('a plan that moves a VM which must not move', () => {
  const served = servedCloud(
    { ...CLOUD, clock: () => Date.now() },
    { ...ACTS, ACTIONS: 'service', DASHBOARD_CACHE_TTL: '10' },
  );
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  /** The cloud is read again only after the last reading. */
  const later = (ms = 15_000) => void vi.setSystemTime(Date.now() + ms);

  const open = async (release?: '2025.1') => {
    served.configure({ DATA_DIR: folder() });
    if (release) served.simulation.engine.setRelease(release);
    const { cloud } = served.simulation;
    for (const plan of cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
    const { plan, params } = planOf(served.simulation, PLAN);
    const headers = await asUser(served.simulation, 'ops');
    const whole = await checkPlan(params, { headers });
    const move = plan.actions.find(({ type }) => type === 'migrate') as SimAction;
    const vm = cloud.servers.find(({ id }) => id === move.parameters.resource_id) as SimServer;
    later();
    return { plan, params, headers, whole, move, vm };
  };

  it('is started without it: the action is skipped, with the ground', async () => {
    const { plan, params, headers, whole, move, vm } = await open();
    const marked = await send('markServer', { params: { server: vm.id }, headers, body: { reason: 'licence' } });
    expect(marked.status).toBe(200);
    later();
    const check = await checkPlan(params, { headers });
    expect([check.will.vms, check.will.left_out]).toEqual([whole.will.vms - 1, 1]);
    expect(check.will.lines.join(' ')).toContain(`${vm.name} (marked by ops: licence)`);
    const { status } = await send('startPlan', { params, headers, body: startOf(check) });
    expect([status, plan.state === 'RECOMMENDED', move.state]).toEqual([200, false, 'SKIPPED']);
    expect(move.statusMessage).toBe('Action skipped by user. Reason: must not move: marked by ops: licence');
  });

  it('is not started if the mark was set after the person looked', async () => {
    const { plan, params, headers, whole, vm } = await open();
    vm.tags = [TAG];
    const { status, body } = await send('startPlan', { params, headers, body: startOf(whole) });
    expect([status, body.refusal]).toMatchObject([409, { code: 'changed' }]);
    expect([plan.state, plan.actions.some(({ state }) => state === 'SKIPPED')]).toEqual(['RECOMMENDED', false]);
  });

  it('moves it if it is named', async () => {
    const { plan, params, headers, whole, move, vm } = await open();
    vm.tags = [TAG];
    const review = (await ask('planReview', { params, headers })).body;
    later();
    const { key } = review.result.moves.find(({ vm_id: id }: { vm_id: string }) => id === vm.id);
    const check = await checkPlan(params, { headers, query: `?anyway=${key}` });
    expect(check.will.vms).toBe(whole.will.vms);
    expect(check.will.warnings.join(' ')).toContain(`Must not move, and will: ${vm.name}`);
    const { status } = await send('startPlan', { params, headers, body: startOf(check, { anyway: key }) });
    expect([status, plan.state === 'RECOMMENDED', move.state === 'SKIPPED']).toEqual([200, false, false]);
  });

  it('is refused by a Watcher that can’t skip, unless it is named', async () => {
    const { plan, params, headers, vm } = await open('2025.1');
    vm.tags = [TAG];
    const check = await checkPlan(params, { headers });
    const refusal = check.start.find(({ code }) => code === 'must-not-move');
    expect(refusal).toMatchObject({ override: 'anyway', moves: [expect.any(String)] });
    const { status, body } = await send('startPlan', { params, headers, body: startOf(check) });
    expect([status, body.type, body.refusal]).toMatchObject([409, expect.stringMatching(/act-refused/), refusal]);
    const anyway = refusal?.moves.join('.') ?? '';
    const named = await checkPlan(params, { headers, query: `?anyway=${anyway}` });
    const started = await send('startPlan', { params, headers, body: startOf(named, { anyway }) });
    expect([started.status, plan.state === 'RECOMMENDED']).toEqual([200, false]);
  });

  it('is not started while Nova does not say which VMs are marked', async () => {
    const { plan, params, headers, whole } = await open();
    served.server.use(
      http.get('http://cloud.test/compute/v2.1/servers/detail', ({ request }) =>
        new URL(request.url).searchParams.has('tags-any')
          ? HttpResponse.json({ computeFault: { code: 500, message: 'boom' } }, { status: 500 })
          : undefined,
      ),
    );
    const { status, body } = await send('startPlan', { params, headers, body: startOf(whole) });
    expect([status, body.refusal]).toMatchObject([409, { code: 'cannot-check' }]);
    expect(body.detail).toMatch(/^Nobody knows which VMs must not move: /);
    expect(plan.state).toBe('RECOMMENDED');
  });

  it('is carried out carefully without a VM that was marked after the beginning', async () => {
    const { plan, params, headers, whole } = await open();
    const { status } = await send('beginCareful', { params, headers, body: startOf(whole) });
    expect(status).toBe(200);
    const { runs } = (await ask('carefulRuns', { headers })).body;
    const read = async () => (await ask('carefulRun', { headers, params: { run: runs[0].id } })).body;
    const last = plan.actions.findLast(({ type }) => type === 'migrate');
    const vm = served.simulation.cloud.servers.find(({ id }) => id === last?.parameters.resource_id) as SimServer;
    vm.tags = [TAG];
    for (let i = 0; i < 200 && (await read()).state === 'running'; i++) {
      await carryOn(defaultRegion().id);
      later(20_000);
    }
    const run = await read();
    expect(run).toMatchObject({ state: 'ended', moved: whole.will.vms - 1, total: whole.will.vms });
    expect(JSON.stringify(run)).toContain('It must not move: tag must-not-move; the journal here has no reason.');
    expect(
      served.simulation.cloud.migrations.some(({ server, startedAt }) => server === vm && startedAt > whole.made_at),
    ).toBe(false);
  });
});
