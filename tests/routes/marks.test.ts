import { describe, expect, it } from 'vitest';
import { hostAt, type SimServer } from '@/lib/simulation/model';
import type { Simulation } from '@/lib/simulation/simulation';
import { ACTS, asUser, CLOUD, folder, send } from './acting';
import { ask, servedCloud } from './served-cloud';

/** Marking VMs that must not move, and taking the mark away. */

function aVm({ cloud }: Simulation): SimServer {
  const server = cloud.servers.find((one) => one.status === 'ACTIVE' && hostAt(one, Date.now())?.up);
  if (!server) throw new Error('The simulated cloud has no running VM.');
  return server;
}

describe('marking a VM', () => {
  const served = servedCloud(CLOUD, ACTS);

  const begin = async (user = 'ops') => {
    served.configure({ DATA_DIR: folder() });
    const server = aVm(served.simulation);
    const host = hostAt(server, Date.now())?.name ?? '';
    return { server, host, headers: await asUser(served.simulation, user), params: { server: server.id } };
  };
  const groundsIn = async (name: string, vm: SimServer, headers: Record<string, string>) => {
    const { body } = await ask('hostServers', { params: { name }, headers });
    return body.vms.find(({ id }: { id: string }) => id === vm.id).must_not_move;
  };

  it('sets a tag that Nova keeps, and the reason and the person stand beside it', async () => {
    const { server, host, headers, params } = await begin();
    expect(await groundsIn(host, server, headers)).toBeUndefined();
    const { status, body } = await send('markServer', {
      params,
      headers,
      body: { reason: 'licence bound to the host' },
    });
    expect(body).toMatchObject({ act: 'mark-server', person: 'ops', object_type: 'server', object_name: server.name });
    expect([status, body.outcome, server.tags]).toEqual([200, 'done', ['must-not-move']]);
    expect(await groundsIn(host, server, headers)).toEqual([
      { source: 'here', mark: 'must-not-move', text: 'marked by ops: licence bound to the host' },
    ]);
    const again = await send('markServer', { params, headers, body: { reason: 'once more' } });
    expect([again.status, again.body.detail]).toEqual([409, `${server.name} is marked already.`]);
  });

  it('takes the mark away, and leaves tags of others', async () => {
    const { server, host, headers, params } = await begin();
    served.configure({ MUST_NOT_MOVE_TAGS: 'pinned' });
    server.tags = ['must-not-move', 'pinned', 'web'];
    expect(await groundsIn(host, server, headers)).toMatchObject([
      { source: 'here', text: 'tag must-not-move; the journal here has no reason' },
      { source: 'tag', text: 'tag pinned, set by its owner' },
    ]);
    const { status } = await send('unmarkServer', { params, headers, body: { reason: 'new licence' } });
    expect([status, server.tags]).toEqual([200, ['pinned', 'web']]);
    expect(await groundsIn(host, server, headers)).toMatchObject([{ source: 'tag' }]);
    const again = await send('unmarkServer', { params, headers, body: { reason: 'x' } });
    expect([again.status, again.body.detail]).toEqual([
      409,
      `${server.name} has no mark that was set here (tag must-not-move).`,
    ]);
  });

  it('is refused to people who may look, and by Nova’s own policy', async () => {
    const { server, headers, params } = await begin('reader');
    const { status, body } = await send('markServer', { params, headers, body: { reason: 'x' } });
    expect([status, body.refusal]).toMatchObject([403, { code: 'may-look' }]);
    served.configure({ ACT_ROLES: 'admin,reader' });
    const { status: late, body: problem } = await send('markServer', { params, headers, body: { reason: 'x' } });
    expect(late).toBe(409);
    expect(problem.detail).toBe(
      "Nova refused to mark the VM: “Policy doesn't allow os_compute_api:os-server-tags:update to be performed.”",
    );
    expect(server.tags).toBeUndefined();
  });

  it('is refused for a VM in a state whose tags Nova does not change, and for one that is gone', async () => {
    const { server, headers, params } = await begin();
    server.status = 'ERROR';
    const { status, body } = await send('markServer', { params, headers, body: { reason: 'x' } });
    expect([status, body.detail]).toEqual([
      409,
      `${server.name} is ERROR, and Nova changes no tags of a VM in this state.`,
    ]);
    const gone = await send('markServer', { params: { server: 'none' }, headers, body: { reason: 'x' } });
    expect([gone.status, gone.body.refusal]).toMatchObject([409, { code: 'gone' }]);
  });

  it('knows what came of it although Nova’s answer was lost', async () => {
    const { server, headers, params } = await begin();
    await ask('hosts', { headers });
    served.simulation.faults.set('nova', { lose: true, writes: true, times: 1 });
    const { status, body } = await send('markServer', { params, headers, body: { reason: 'x' } });
    expect([status, body.outcome, server.tags]).toEqual([200, 'done', ['must-not-move']]);
  });
});
