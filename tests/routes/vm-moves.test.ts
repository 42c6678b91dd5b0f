import { describe, expect, it } from 'vitest';
import { hostAt, type SimServer } from '@/lib/simulation/model';
import { ACTS, asUser, CLOUD, folder, planOf } from './acting';
import { ask, servedCloud } from './served-cloud';

/** How often VMs have moved, as Nova has recorded it. */

describe('the moves of a VM', () => {
  const served = servedCloud(CLOUD, ACTS);

  const open = async () => {
    served.configure({ DATA_DIR: folder() });
    const { plan, params } = planOf(served.simulation, 'stabilize-production');
    const move = plan.actions.find(({ type }) => type === 'migrate');
    const vm = served.simulation.cloud.servers.find(({ id }) => id === move?.parameters.resource_id) as SimServer;
    const target = served.simulation.cloud.hosts.find(({ name }) => name === move?.parameters.destination_node);
    const home = hostAt(vm, Date.now());
    if (!home || !target) throw new Error('The simulated plan has no move.');
    return { params, vm, home, target, headers: await asUser(served.simulation, 'ops') };
  };

  it('are on the page of its host, with the pair that it goes between', async () => {
    const { vm, home, target, headers } = await open();
    for (const host of [target, home, target, home]) served.simulation.life.migrate(vm, host);
    const { body } = await ask('host', { params: { name: home.name }, headers });
    const row = body.servers.find(({ id }: { id: string }) => id === vm.id);
    expect(row.moves).toMatchObject({ in_7_days: 4, in_24_hours: 4, returns: 3 });
    expect([...row.moves.pair].sort()).toEqual([home.name, target.name].sort());
    expect(row.moves.too_often).toMatch(/^It moves too often: 4 times in 7 days, 3 of them back/);
    expect(body.move_history).toMatchObject({ reason: null, as_of: expect.any(String) });
    const others = body.servers.filter(({ id }: { id: string }) => id !== vm.id);
    expect(others.every(({ moves }: { moves: { in_7_days: number } }) => moves.in_7_days === 0)).toBe(true);
  });

  it('are warned of in the review of a plan that takes it back, and in the check of its start', async () => {
    const { params, vm, home, target, headers } = await open();
    served.simulation.life.migrate(vm, target);
    served.simulation.life.migrate(vm, home);
    const review = (await ask('planReview', { params, headers })).body;
    const { reasons } = review.result.moves.find(({ vm_id: id }: { vm_id: string }) => id === vm.id);
    expect(reasons.map(({ check }: { check: string }) => check)).toContain('history');
    const check = (await ask('planCheck', { params, headers })).body;
    expect(check.will.warnings).toContain(
      `${vm.name} has moved too often lately, or would go back to a host just left.`,
    );
  });

  it('are unknown with a reason where Nova does not show its record, and never 0', async () => {
    const { vm, home, params, headers } = await open();
    served.simulation.setFault('nova', { status: 403, only: 'os-migrations' });
    const { body } = await ask('host', { params: { name: home.name }, headers });
    expect(body.servers.find(({ id }: { id: string }) => id === vm.id).moves).toBeNull();
    expect(body.move_history).toMatchObject({ as_of: null, since: null });
    expect(body.move_history.reason).toContain('Nova denied access to os-migrations');
    const { scene } = (await ask('planReview', { params, headers })).body;
    expect(scene.unchecked.map(({ check }: { check: string }) => check)).toContain('history');
  });
});
