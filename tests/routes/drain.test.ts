import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import type { DrainVmView } from '@/lib/contract/v1/drain';
import { hostAt, type SimHost } from '@/lib/simulation/model';
import type { Simulation } from '@/lib/simulation/simulation';
import { ACTS, asUser, CLOUD, folder, send } from './acting';
import { ask, servedCloud } from './served-cloud';

/** The proof of a drain, and closing and opening a host. */

const proveDrain = async (name: string, headers: Record<string, string>) =>
  (await ask('hostDrain', { params: { name }, headers })).body;

const hostOf = ({ cloud }: Simulation, name: string) => {
  const host = cloud.hosts.find((one) => one.name === name);
  if (!host) throw new Error(`The simulated cloud has no host ${name}.`);
  return host;
};

const vmsOn = ({ cloud }: Pick<Simulation, 'cloud'>, host: SimHost) =>
  cloud.servers.filter((server) => !server.deletedAt && hostAt(server, Date.now()) === host);

/** A host that is up and open, and has VMs. */
const anOpenHost = ({ cloud }: Simulation) => {
  const host = cloud.hosts.find((one) => one.up && one.enabled && vmsOn({ cloud }, one).length > 0);
  if (!host) throw new Error('The simulated cloud has no open host.');
  return host;
};

describe('draining a host', () => {
  const served = servedCloud(CLOUD, ACTS);

  const begin = async (user = 'ops') => {
    served.configure({ DATA_DIR: folder() });
    // None of its plans works on the host.
    for (const plan of served.simulation.cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
    const host = anOpenHost(served.simulation);
    const headers = await asUser(served.simulation, user);
    return { host, headers, params: { name: host.name } };
  };

  it('proves a place for each VM before anything is done', async () => {
    const { host, headers } = await begin();
    const proof = await proveDrain(host.name, headers);
    const there = vmsOn(served.simulation, host);
    expect(proof.vms.map(({ id }: DrainVmView) => id).sort()).toEqual(there.map(({ id }) => id).sort());
    expect(proof.counts.all).toBe(there.length);
    expect(proof.counts.fit + proof.counts.blocks).toBe(there.length);
    for (const vm of proof.vms as DrainVmView[]) {
      expect(vm.destination === null, vm.name).toBe(vm.kind === 'blocks');
      expect(vm.destination).not.toBe(host.name);
      if (vm.kind === 'blocks') expect(vm.text, vm.name).toBeTruthy();
    }
    expect(proof).toMatchObject({ host: host.name, status: 'enabled', closed: null, close: [] });
    expect(proof.open).toMatchObject([{ code: 'wrong-state' }]);
    expect(host.enabled).toBe(true);
  });

  it('closes a host with a reason that says who, when and until when', async () => {
    const { host, headers, params } = await begin();
    const { seen } = await proveDrain(host.name, headers);
    const body = { seen, reason: 'swap fans, OPS-412', back_by: new Date(Date.now() + 3_600_000).toISOString() };
    const { status, body: act } = await send('closeHost', { params, headers, body });
    expect(act).toMatchObject({ act: 'close-host', person: 'ops', object_type: 'host', object_id: host.name });
    expect([status, act.outcome]).toEqual([200, 'done']);
    expect(host.enabled).toBe(false);
    expect(host.disabledReason).toMatch(/^swap fans, OPS-412 \(ops, .+ UTC, back .+ UTC, Watcher Visio\)$/);
    const after = await proveDrain(host.name, headers);
    expect(after.closed).toMatchObject({ by: 'here', person: 'ops', reason: 'swap fans, OPS-412' });
    expect(after.close).toMatchObject([{ code: 'wrong-state' }]);
    expect(after.open).toEqual([]);
  });

  it('finds VMs that land or return between the check and the closing, since it is closed first', async () => {
    const { host, headers, params } = await begin();
    const before = await proveDrain(host.name, headers);
    const { cloud, life } = served.simulation;
    const [other] = vmsOn({ cloud }, host);
    const [returning] = cloud.hosts.filter((one) => one !== host).flatMap((one) => vmsOn({ cloud }, one));
    if (!other || !returning) throw new Error('There are too few VMs.');
    const landed = life.boot(other, '5c1d0a4e-0000-4000-8000-000000000001', host);
    life.migrate(returning, host);
    await send('closeHost', { params, headers, body: { seen: before.seen, reason: 'fans' } });
    const after = await proveDrain(host.name, headers);
    expect(after.counts.all).toBe(before.counts.all + 2);
    const ids = after.vms.map(({ id }: DrainVmView) => id);
    expect(ids).toEqual(expect.arrayContaining([landed.id, returning.id]));
  });

  it('replaces the reason of somebody else, and keeps it in the journal', async () => {
    const { host, headers, params } = await begin();
    Object.assign(host, { enabled: false, disabledReason: 'bad NIC' });
    const { seen, closed } = await proveDrain(host.name, headers);
    expect(closed).toEqual({ by: 'other', person: null, reason: 'bad NIC', since: null, back_by: null });
    const { body: act } = await send('closeHost', { params, headers, body: { seen, reason: 'fans' } });
    expect(act).toMatchObject({ outcome: 'done', check_document: { was: { open: false, reason: 'bad NIC' } } });
    expect(host.disabledReason).toMatch(/^fans \(ops, /);
  });

  it('changes nothing if somebody has closed the host since the person looked', async () => {
    const { host, headers, params } = await begin();
    const { seen } = await proveDrain(host.name, headers);
    Object.assign(host, { enabled: false, disabledReason: 'bad NIC' });
    const { status, body } = await send('closeHost', { params, headers, body: { seen, reason: 'fans' } });
    expect([status, body.refusal]).toMatchObject([409, { code: 'changed' }]);
    expect(host.disabledReason).toBe('bad NIC');
  });

  it('opens a host again, unless its compute service is silent', async () => {
    const { host, headers, params } = await begin();
    Object.assign(host, { enabled: false, disabledReason: 'watcher_disabled', up: false });
    const silent = await proveDrain(host.name, headers);
    expect(silent.closed).toMatchObject({ by: 'watcher', reason: 'watcher_disabled' });
    expect(silent.open[0].text).toMatch(/^Not yet: nova-compute there has been silent since/);
    const refused = await send('openHost', { params, headers, body: { seen: silent.seen, reason: 'repaired' } });
    expect([refused.status, host.enabled]).toEqual([409, false]);
    host.up = true;
    const { seen } = await proveDrain(host.name, headers);
    const { status, body } = await send('openHost', { params, headers, body: { seen, reason: 'repaired' } });
    expect([status, body.outcome, host.enabled, host.disabledReason]).toEqual([200, 'done', true, null]);
    const { back } = (await ask('outOfService', { headers })).body;
    expect(back).toMatchObject([
      { host: host.name, closed_at: null, reason: 'watcher_disabled', opened_by: 'ops', moved: null, surprises: [] },
    ]);
  });

  it('finds out whether a host was closed when the answer is lost', async () => {
    const { host, headers, params } = await begin();
    const { seen } = await proveDrain(host.name, headers);
    served.server.use(
      http.put('http://cloud.test/*/os-services/*', async ({ request }) => {
        await served.simulation.answer(request.clone());
        return HttpResponse.error();
      }),
    );
    const { status, body } = await send('closeHost', { params, headers, body: { seen, reason: 'fans' } });
    expect([status, body.outcome, host.enabled]).toEqual([200, 'done', false]);
  });

  it('lets people who may look prove, not close', async () => {
    const { host, headers, params } = await begin('reader');
    const { close, seen, counts } = await proveDrain(host.name, headers);
    expect(counts.all).toBeGreaterThan(0);
    expect(close[0]).toMatchObject({ code: 'may-look' });
    expect((await send('closeHost', { params, headers, body: { seen, reason: 'fans' } })).status).toBe(403);
    expect(hostOf(served.simulation, host.name).enabled).toBe(true);
  });

  it('knows no drain of a host that does not exist', async () => {
    const { headers } = await begin();
    expect((await ask('hostDrain', { params: { name: 'nowhere' }, headers })).response.status).toBe(404);
    const body = { seen: 'x', reason: 'fans' };
    const { status } = await send('closeHost', { params: { name: 'nowhere' }, headers, body });
    expect(status).toBe(409);
  });
});
