import { describe, expect, it } from 'vitest';
import { hostAt } from '@/lib/simulation/model';
import { BEGIN, openScene } from './acting';
import { stabilization, start } from './plans';

/** The life of a plan once it is started: an applier takes it after 1 s, and a move takes 20 s unless scripted. */

describe('a started plan', () => {
  it('moves 4 VMs off one host in 80 s, since Nova lets one leave at a time', async () => {
    const scene = openScene();
    const { plan, servers, target } = stabilization(scene);
    await start(scene, plan);
    const moved = () => servers.filter((server) => hostAt(server, Number.POSITIVE_INFINITY) === target).length;
    expect(scene.states(plan)).toBe('PENDING: PENDING PENDING PENDING PENDING');
    scene.at(1);
    expect(scene.states(plan)).toBe('ONGOING: ONGOING ONGOING ONGOING ONGOING');
    expect(plan.hostname).toBe('ctl-1');
    const seen = [20, 21, 40, 41, 61, 80].map((seconds) => {
      scene.at(seconds);
      return [seconds, moved(), plan.actions.filter(({ state }) => state === 'SUCCEEDED').length];
    });
    expect(seen).toEqual([
      [20, 0, 0],
      [21, 1, 1],
      [40, 1, 1],
      [41, 2, 2],
      [61, 3, 3],
      [80, 3, 3],
    ]);
    scene.at(81);
    expect(scene.states(plan)).toBe('SUCCEEDED: SUCCEEDED SUCCEEDED SUCCEEDED SUCCEEDED');
    expect(plan.updatedAt).toBe(BEGIN + 81_000);
  });

  it('ends at the same times if nobody looks in between', async () => {
    const scene = openScene();
    const { plan, servers } = stabilization(scene);
    await start(scene, plan);
    scene.at(3_600);
    expect(servers.map(({ stays }) => (stays.at(-1)?.from ?? 0) - BEGIN)).toEqual([21_000, 41_000, 61_000, 81_000]);
    expect([plan.state, plan.updatedAt]).toEqual(['SUCCEEDED', BEGIN + 81_000]);
  });

  it('runs in waves of two where the planner makes them, each when the one before is over', async () => {
    const scene = openScene({ moves: { seconds: 10 } });
    const { plan } = stabilization(scene, 4, 2);
    await start(scene, plan);
    scene.at(1);
    expect(scene.states(plan)).toBe('ONGOING: ONGOING ONGOING PENDING PENDING');
    scene.at(11);
    expect(scene.states(plan)).toBe('ONGOING: SUCCEEDED ONGOING PENDING PENDING');
    scene.at(21);
    expect(scene.states(plan)).toBe('ONGOING: SUCCEEDED SUCCEEDED ONGOING ONGOING');
    scene.at(41);
    expect(plan.state).toBe('SUCCEEDED');
  });

  it('takes load, allocations and domains along', async () => {
    const scene = openScene();
    const { plan, servers, source, target } = stabilization(scene, 1);
    const used = async (host: typeof source) => {
      const answer = await scene.send('GET', `/placement/resource_providers/${host.id}/usages`, {
        version: 'placement 1.39',
      });
      const { usages } = answer.body as { usages: { MEMORY_MB: number } }; // Placement's form, which other tests check
      return usages.MEMORY_MB;
    };
    const before = [await used(source), await used(target)];
    await start(scene, plan);
    scene.at(21);
    const ramMib = servers[0]?.flavor.ramMib ?? 0;
    expect([await used(source), await used(target)]).toEqual([(before[0] ?? 0) - ramMib, (before[1] ?? 0) + ramMib]);
    const query = new URLSearchParams({ query: `libvirt_domain_info_virtual_cpus{uuid="${servers[0]?.id}"}` });
    const { body } = await scene.send('GET', `/prometheus/api/v1/query?${query}`, { as: '' });
    expect(JSON.stringify(body)).toContain(`"instance":"${target.ip}:9177"`);
    expect(JSON.stringify(body)).not.toContain(`"instance":"${source.ip}:9177"`);
  });

  it('lets a second plan wait until it is over', async () => {
    const scene = openScene();
    const { plan: one } = stabilization(scene, 2);
    const { plan: two } = stabilization(scene, 1);
    for (const action of two.actions) Object.assign(action, { type: 'sleep', parameters: { duration: 5 } });
    await start(scene, one);
    scene.at(10);
    await start(scene, two);
    scene.at(40);
    expect([one.state, two.state]).toEqual(['ONGOING', 'PENDING']);
    scene.at(41);
    expect([one.state, two.state]).toEqual(['SUCCEEDED', 'ONGOING']);
    scene.at(46);
    expect(two.state).toBe('SUCCEEDED');
  });

  it('runs beside another one where there are two appliers', async () => {
    const scene = openScene();
    await scene.control('PUT', 'appliers', 2);
    const plans = [0, 1].map((position) => {
      const { servers, target } = scene.movers(1, position);
      return scene.propose(servers.map((server) => ({ server, target })));
    });
    for (const plan of plans) await start(scene, plan);
    scene.at(2);
    expect(plans.map(({ state, hostname }) => [state, hostname])).toEqual([
      ['ONGOING', 'ctl-1'],
      ['ONGOING', 'ctl-2'],
    ]);
  });

  it('skips what a person skipped and says so at its end', async () => {
    const scene = openScene();
    const { plan } = stabilization(scene, 2);
    const body = [{ op: 'replace', path: '/state', value: 'SKIPPED' }];
    await scene.watcher('PATCH', `actions/${plan.actions[0]?.id}`, { body });
    await start(scene, plan);
    scene.at(21);
    expect(scene.states(plan)).toBe('SUCCEEDED: SKIPPED SUCCEEDED');
    expect(plan.statusMessage).toBe('One or more actions were skipped.');
  });
});

describe('what goes wrong in a run', () => {
  it('is a plan that is FAILED after one failure, though all others have run', async () => {
    const scene = openScene();
    const { plan, servers } = stabilization(scene, 3);
    await scene.control('PUT', 'migrations', { seconds: 20, fail: [servers[1]?.name] });
    await start(scene, plan);
    scene.at(30);
    expect(scene.states(plan)).toBe('ONGOING: SUCCEEDED ONGOING ONGOING');
    scene.at(31);
    expect(scene.states(plan)).toBe('ONGOING: SUCCEEDED FAILED ONGOING');
    expect(plan.actions[1]?.statusMessage).toBe(
      `Action failed in execute: The action ${plan.actions[1]?.id} execution failed.`,
    );
    scene.at(51);
    expect(scene.states(plan)).toBe('FAILED: SUCCEEDED FAILED SUCCEEDED');
  });

  it('is a plan that SUCCEEDED all the same in 2025.1', async () => {
    const scene = openScene({ release: '2025.1' });
    const { plan, servers } = stabilization(scene, 2);
    await scene.control('PUT', 'migrations', { fail: [servers[0]?.name] });
    await start(scene, plan);
    scene.at(31);
    expect(scene.states(plan)).toBe('SUCCEEDED: FAILED SUCCEEDED');
  });

  it('is checked by Watcher from 2026.1 on: gone and moved VMs are skipped, a disabled target fails', async () => {
    const scene = openScene();
    const { plan, servers, target } = stabilization(scene, 3);
    const [gone, moved, kept] = servers;
    if (!gone || !moved || !kept) throw new Error('There are three VMs.');
    await scene.control('DELETE', `servers/${gone.id}`);
    await scene.control('PUT', `servers/${moved.id}`, { host: target.name });
    target.enabled = false;
    await start(scene, plan);
    scene.at(2);
    expect(scene.states(plan)).toBe('FAILED: SKIPPED SKIPPED FAILED');
    const source = plan.actions[1]?.parameters.source_node;
    expect(plan.actions.map(({ statusMessage }) => statusMessage)).toEqual([
      `Action was skipped automatically: Instance ${gone.id} not found`,
      `Action was skipped automatically: Instance ${moved.id} is not running on source node ${source} (currently on ${target.name})`,
      `Action failed in pre_condition: Destination node ${target.name} is not in enabled state`,
    ]);
  });

  it('is a refusal by Nova, which finds no valid host', async () => {
    const scene = openScene();
    const { plan, servers } = stabilization(scene, 1);
    await scene.control('PUT', 'migrations', { refuse: [servers[0]?.name] });
    await start(scene, plan);
    scene.at(2);
    expect(plan.state).toBe('ONGOING');
    scene.at(3);
    expect(scene.states(plan)).toBe('FAILED: FAILED');
    expect(scene.simulation.cloud.migrations.at(-1)).toMatchObject({ server: servers[0], ended: 'error' });
  });

  it('is a move that Watcher gives up after 15 minutes, and that Nova goes on with', async () => {
    const scene = openScene({ moves: { seconds: 1_000 } });
    const { plan, servers, target } = stabilization(scene, 1);
    await start(scene, plan);
    scene.at(900);
    expect(scene.states(plan)).toBe('ONGOING: ONGOING');
    scene.at(901);
    expect(scene.states(plan)).toBe('FAILED: FAILED');
    scene.at(1_001);
    expect(servers[0] && hostAt(servers[0], Number.POSITIVE_INFINITY)).toBe(target);
  });

  it('is given up by Watcher after 2 minutes up to 2025.1, also if nobody looked then', async () => {
    const scene = openScene({ release: '2025.1', moves: { seconds: 70 } });
    const { plan } = stabilization(scene, 2);
    await start(scene, plan);
    scene.at(1_000);
    expect(scene.states(plan)).toBe('SUCCEEDED: SUCCEEDED FAILED');
    expect(plan.updatedAt).toBe(BEGIN + 121_000);
  });

  it('is a VM that is deleted while it is copied', async () => {
    const scene = openScene();
    const { plan, servers } = stabilization(scene, 2);
    await start(scene, plan);
    scene.at(10);
    await scene.control('DELETE', `servers/${servers[0]?.id}`);
    expect(scene.states(plan)).toBe('ONGOING: FAILED ONGOING');
    scene.at(30);
    expect(scene.states(plan)).toBe('FAILED: FAILED SUCCEEDED');
  });
});
