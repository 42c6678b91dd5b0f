import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import type { DrainView } from '@/lib/contract/v1/drain';
import { hostAt, type SimHost } from '@/lib/simulation/model';
import { asUser, checkPlan, folder, send, startOf } from './acting';
import { cloudOnOwnClock } from './careful-runs';
import { ask } from './served-cloud';

/** Hosts that are drained by host_maintenance, over a simulated Watcher that doesn't offer the strategy actuator. */

const SECOND = 1_000;
const AUDITS = 'http://cloud.test/*/audits';

describe('a host that is drained without the strategy actuator', () => {
  const { served } = cloudOnOwnClock({ withheld: ['actuator'] });

  const vmsOn = (host: SimHost) =>
    served.simulation.cloud.servers.filter((server) => !server.deletedAt && hostAt(server, Date.now()) === host);
  const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * SECOND);

  /** What was read before a request is older than its answer. */
  const whileTimePasses = (request: Request) => {
    pass(0.01);
    return served.simulation.answer(request);
  };

  /** An open host whose VMs all move as host_maintenance would move them. */
  const begin = async () => {
    served.configure({ DATA_DIR: folder() });
    const { cloud } = served.simulation;
    for (const plan of cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
    const headers = await asUser(served.simulation, 'ops');
    for (const host of cloud.hosts.filter((one) => one.up && one.enabled && vmsOn(one).length > 0)) {
      const params = { name: host.name };
      const prove = async (): Promise<DrainView> => (await ask('hostDrain', { params, headers })).body;
      if ((await prove()).maintain.length === 0) return { host, headers, params, prove };
    }
    throw new Error('The simulated cloud has no host to drain.');
  };

  const bodyOf = ({ seen, vms }: DrainView) => ({
    seen,
    vms: vms.length,
    takes: vms.map(({ id }) => id),
    reason: 'swap fans, OPS-412',
  });

  it('is closed, gets a plan that waits, and is empty once somebody has started that', async () => {
    const { host, headers, params, prove } = await begin();
    const proof = await prove();
    expect(proof.drain[0]).toMatchObject({ code: 'not-offered' });
    expect(proof.way).toMatchObject({ offered: false });
    expect(proof.way.warnings[0]).toContain('takes every VM, also those you would leave');
    served.server.use(http.post(AUDITS, ({ request }) => whileTimePasses(request)));
    const { status, body: act } = await send('maintainHost', { params, headers, body: bodyOf(proof) });
    expect([status, act.outcome, act.act, host.enabled]).toEqual([200, 'done', 'maintain-host', false]);
    expect((await prove()).maintenance?.phase).toBe('asked');
    pass(15);
    const waits = await prove();
    expect(waits.maintenance).toMatchObject({ phase: 'waits', missing: [] });
    expect(waits.plans.map(({ plan_id: id }) => id)).not.toContain(waits.maintenance?.plan_id);
    expect(waits.maintain[0]?.code).toBe('already-started');
    expect(vmsOn(host).length).toBe(proof.counts.all);
    const of = { id: waits.maintenance?.audit_id ?? '', plan: waits.maintenance?.plan_id ?? '' };
    const started = await send('startPlan', { params: of, headers, body: startOf(await checkPlan(of, { headers })) });
    expect(started.body.outcome).toBe('done');
    pass(15);
    expect((await prove()).maintenance?.phase).toBe('runs');
    for (let i = 0; i < 60 && (await prove()).maintenance !== null; i++) pass(30);
    expect(vmsOn(host)).toEqual([]);
    expect(await prove()).toMatchObject({ counts: { all: 0 }, closed: { by: 'here', person: 'ops' } });
  }, 120_000);

  it('is not touched if the number or the VMs are others', async () => {
    const { host, headers, params, prove } = await begin();
    const body = bodyOf(await prove());
    const number = await send('maintainHost', { params, headers, body: { ...body, vms: body.vms + 1 } });
    expect([number.status, number.body.refusal]).toMatchObject([409, { code: 'number' }]);
    const takes = body.takes.slice(1);
    const others = await send('maintainHost', { params, headers, body: { ...body, takes } });
    expect([others.status, others.body.refusal]).toMatchObject([409, { code: 'changed' }]);
    expect(host.enabled).toBe(true);
  }, 60_000);

  it('stays closed, without an audit, if a VM lands while it is being closed', async () => {
    const { host, headers, params, prove } = await begin();
    const body = bodyOf(await prove());
    const audits = served.simulation.cloud.audits.length;
    served.server.use(
      http.put('http://cloud.test/*/os-services/*', ({ request }) => {
        pass(1);
        const [like] = vmsOn(host);
        if (like) served.simulation.life.boot(like, '5c1d0a4e-0000-4000-8000-000000000001', host);
        pass(1);
        return served.simulation.answer(request);
      }),
    );
    const { status, body: problem } = await send('maintainHost', { params, headers, body });
    expect([status, host.enabled]).toEqual([502, false]);
    expect(problem.detail).toBe(
      `The host is closed, but no plan was asked for. The VMs on ${host.name} have changed since you looked.`,
    );
    expect(served.simulation.cloud.audits.length).toBe(audits);
  }, 60_000);

  it('stays closed, and says so, if Watcher’s policy lets nobody create audits', async () => {
    const { host, headers, params, prove } = await begin();
    const body = bodyOf(await prove());
    served.server.use(
      http.post(AUDITS, () =>
        HttpResponse.json({ error_message: 'Policy doesn’t allow audit:create to be performed.' }, { status: 403 }),
      ),
    );
    const { status, body: problem } = await send('maintainHost', { params, headers, body });
    expect([status, host.enabled]).toEqual([502, false]);
    expect(problem.detail).toContain('The host is closed, but no plan was asked for.');
    expect(problem.detail).toContain('audit:create');
    expect(await prove()).toMatchObject({ closed: { by: 'here', person: 'ops' }, maintenance: null, maintain: [] });
  }, 60_000);

  it('has asked once if the answer to that is lost', async () => {
    const { headers, params, prove } = await begin();
    const body = bodyOf(await prove());
    served.server.use(
      http.post(AUDITS, async ({ request }) => {
        await whileTimePasses(request);
        return HttpResponse.error();
      }),
    );
    const { body: act } = await send('maintainHost', { params, headers, body });
    expect(act.outcome).toBe('done');
    expect((await prove()).maintenance?.phase).toBe('asked');
  }, 60_000);
});
