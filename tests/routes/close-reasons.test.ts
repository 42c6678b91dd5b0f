import { describe, expect, it } from 'vitest';
import { asServer } from '@/lib/dashboard/access/visitors';
import { runDoctor } from '@/lib/dashboard/collect/examination';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { readProposal } from '@/lib/dashboard/views/proposal';
import type { SimHost } from '@/lib/simulation/model';
import { ACTS, asUser, CLOUD, folder, send } from './acting';
import { ask, forget, servedCloud } from './served-cloud';

/** Before 2026.1, host_maintenance writes its own reason over that of the person who closed the host. */

describe('a host whose reason Watcher has replaced', () => {
  const served = servedCloud(CLOUD, { ...ACTS, ACTIONS: 'service' });

  const open = async () => {
    served.configure({ DATA_DIR: folder() });
    // No plan moves its VMs, or is about to.
    for (const plan of served.simulation.cloud.plans) if (/ING$|^RECOMM/.test(plan.state)) plan.state = 'CANCELLED';
    const headers = await asUser(served.simulation, 'ops');
    const host = served.simulation.cloud.hosts.find(({ up, enabled }) => up && enabled);
    if (!host) throw new Error('The simulated cloud has no open host.');
    return { host, headers };
  };

  const act = async (name: 'closeHost' | 'openHost', { host, headers }: Awaited<ReturnType<typeof open>>) => {
    const params = { name: host.name };
    const { seen } = (await ask('hostDrain', { params, headers })).body;
    const { body } = await send(name, { params, headers, body: { seen, reason: 'swap fans, OPS-412' } });
    expect(body.outcome).toBe('done');
  };

  /** As a plan of Watcher leaves it. */
  const writeOver = (host: SimHost, reason: string) => {
    Object.assign(host, { enabled: false, disabledReason: reason });
    forget();
  };

  const outOf = async ({ host, headers }: Awaited<ReturnType<typeof open>>) =>
    (await ask('host', { params: { name: host.name }, headers })).body.host.out;
  const leftBehind = async ({ host }: { host: SimHost }) => {
    const proposal = await asServer(() => readProposal(defaultRegion().id, async () => false));
    if (!proposal.ok) throw new Error('The proposal can’t be read.');
    const check = (await runDoctor(defaultRegion().id)).checks.find(({ id }) => id === 'left-disabled');
    return [
      proposal.data.leftDisabled.some((one) => one.host === host.name),
      check?.details.some((text) => text.startsWith(`${host.name}: `)),
    ];
  };

  it('belongs to the person who closed it, everywhere', async () => {
    const known = await open();
    await act('closeHost', known);
    writeOver(known.host, 'watcher_maintaining');
    const closed = { by: 'here', person: 'ops', reason: 'swap fans, OPS-412', since: expect.any(String) };
    expect(await outOf(known)).toMatchObject({ state: 'closed-not-empty', closed });
    const { params, headers } = { params: { name: known.host.name }, headers: known.headers };
    expect((await ask('hostDrain', { params, headers })).body.closed).toMatchObject(closed);
    expect(await leftBehind(known)).toEqual([false, false]);
    const { left_behind: left } = (await ask('outOfService', { headers })).body;
    expect(left.map(({ host }: { host: string }) => host)).not.toContain(known.host.name);
  });

  it('was left behind if a consolidation closed it: it had been opened before', async () => {
    const known = await open();
    await act('closeHost', known);
    writeOver(known.host, 'watcher_disabled');
    expect(await outOf(known)).toMatchObject({ state: 'left-behind', closed: { by: 'watcher' } });
    expect(await leftBehind(known)).toEqual([true, true]);
  });

  it('was left behind if it was opened here since, or nobody closed it here', async () => {
    const known = await open();
    writeOver(known.host, 'watcher_maintaining');
    expect(await outOf(known)).toMatchObject({ state: 'left-behind', closed: { by: 'watcher' } });
    Object.assign(known.host, { enabled: true, disabledReason: null });
    forget();
    await act('closeHost', known);
    await act('openHost', known);
    writeOver(known.host, 'watcher_maintaining');
    expect(await outOf(known)).toMatchObject({ state: 'left-behind' });
    expect(await leftBehind(known)).toEqual([true, true]);
  });
});
