import { describe, expect, it } from 'vitest';
import type { Scene } from '@/lib/contract/v1/scene';
import { aimOf } from '@/lib/domain/review/trim-aim';
import { GIB } from '@/lib/units';
import { disable, host, move, room, scene, shutdown, vm } from './scene';
import { trimOf } from './trim-of';

/** Two hot hosts and two cool ones; x brings the most, z the least. */
const balance = (more: Partial<Scene> = {}) =>
  scene({
    hosts: [host('a', 95), host('b', 88), host('c', 30), host('d', 30)],
    vms: [vm('z', 'a', { cores: 1 }), vm('y', 'b', { cores: 5 }), vm('x', 'a', { cores: 20 })],
    steps: [move('z', 'a', 'd'), move('y', 'b', 'c'), move('x', 'a', 'c')],
    ...more,
  });

const orderOf = (given: Scene, goal?: string) => trimOf(given, goal).moves.map(({ vm_id: id }) => id);

describe('the order of worth', () => {
  it('starts with the move that lowers the spread most', () => {
    const { moves, points } = trimOf(balance());
    expect(moves.map(({ vm_id, numbers }) => [vm_id, numbers])).toEqual([
      ['x', [3]],
      ['y', [2]],
      ['z', [1]],
    ]);
    expect(points.map(({ hot }) => hot)).toEqual([2, 1, 0, 0]);
    expect(points.map(({ ram_to_copy: ram }) => (ram ?? 0) / GIB)).toEqual([0, 8, 16, 24]);
    const spreads = points.map(({ spread }) => spread ?? 0);
    expect(moves.map(({ brings }) => brings)).toEqual(
      [0, 1, 2].map((at) => (spreads[at] ?? 0) - (spreads[at + 1] ?? 0)),
    );
  });

  it('counts the moves of one VM as one', () => {
    const steps = [move('x', 'a', 'c'), move('y', 'b', 'd'), move('x', 'c', 'd', { wave: 2 })];
    const { moves } = trimOf(balance({ steps }));
    expect(moves.map(({ vm_id, numbers }) => [vm_id, numbers])).toEqual([
      ['x', [1, 3]],
      ['y', [2]],
    ]);
  });

  it('puts moves that would fail last, whatever they would bring', () => {
    const vms = [vm('y', 'b', { cores: 5 }), vm('x', 'a', { cores: 20, task_state: 'resizing' })];
    const { moves } = trimOf(balance({ vms, steps: [move('x', 'a', 'c'), move('y', 'b', 'c')] }));
    expect(moves.map(({ vm_id, would_fail }) => [vm_id, would_fail])).toEqual([
      ['y', false],
      ['x', true],
    ]);
  });

  it('leaves out what runs or is over, and VMs that the plan shuts down', () => {
    const steps = [
      move('x', 'a', 'c', { state: 'SUCCEEDED' }),
      move('y', 'b', 'c', { state: 'ONGOING' }),
      move('z', 'a', 'd'),
      shutdown('z'),
    ];
    expect(trimOf(balance({ steps }))).toMatchObject({
      moves: [],
      stops: [],
      reason: expect.stringMatching(/^No move/),
    });
  });
});

describe('a move that only works after another', () => {
  /** c has room for one VM, and for x only once w has left it. */
  const tight = scene({
    hosts: [
      host('a', 95),
      host('b', 50),
      host('c', 20, { inventories: { VCPU: room(100, 100), MEMORY_MB: room(102_400, 0) } }),
    ],
    vms: [vm('w', 'c', { cores: 1 }), vm('x', 'a', { cores: 20 }), vm('y', 'a', { cores: 2 })],
    steps: [move('w', 'c', 'b'), move('x', 'a', 'c', { wave: 2 }), move('y', 'a', 'b', { wave: 2 })],
  });

  it('comes after what makes room for it, and names it', () => {
    const { moves, points } = trimOf(tight);
    expect(moves.map(({ vm_id, needs }) => [vm_id, needs])).toEqual([
      ['w', []],
      ['x', [1]],
      ['y', []],
    ]);
    expect(points).toHaveLength(4);
  });

  it('waits for another VM that its server group keeps apart from it', () => {
    const members = ['w', 'x'].map((id) => ({ id, host: id === 'w' ? 'c' : 'a' }));
    const { moves } = trimOf(
      scene({
        ...tight,
        hosts: [host('a', 95), host('b', 50), host('c', 20)],
        vms: tight.vms.map((one) => (one.id === 'y' ? one : { ...one, groups: ['g'] })),
        groups: [{ id: 'g', name: 'g', policy: 'anti-affinity', max_per_host: 1, members }],
      }),
    );
    expect(moves.find(({ vm_id: id }) => id === 'x')?.needs).toEqual([1]);
  });
});

describe('the stops', () => {
  it('are where no host is hot, where most of the gain is reached, and the whole plan', () => {
    const { stops } = trimOf(balance());
    expect(stops.map(({ kind, moves }) => [kind, moves])).toEqual([
      ['no-hot-host', 2],
      ['most-of-the-gain', 2],
      ['all', 3],
    ]);
    expect(stops.at(-1)?.share).toBe(100);
  });

  it('name no number of moves that cools every host if a host stays hot', () => {
    const hosts = [host('a', 99), host('b', 98), host('c', 30), host('d', 30)];
    expect(trimOf(balance({ hosts })).stops.map(({ kind }) => kind)).toEqual(['most-of-the-gain', 'all']);
  });

  it('are missing, with the reason, if the moves do not even out the load', () => {
    const steps = [move('w', 'c', 'a')];
    const worse = trimOf(balance({ vms: [vm('w', 'c')], steps }));
    expect(worse.stops).toEqual([]);
    expect(worse.reason).toMatch(/^This move does not lower the CPU spread: 30\.8\spts now, 36\.4\spts after\.$/);
  });

  it('are missing, with the reason, if no host is measured', () => {
    const hosts = ['a', 'b', 'c', 'd'].map((name) => host(name, null));
    expect(trimOf(balance({ hosts })).reason).toMatch(/^The CPU spread is unknown/);
  });
});

describe('a consolidation', () => {
  const vms = ['p', 'q', 'r', 's', 't', 'u'].map((id) => vm(id, id < 'r' ? 'a' : id < 'u' ? 'b' : 'c', { cores: 2 }));
  const plan = scene({
    hosts: [
      host('a', 10, { vms: 2, running: 2 }),
      host('b', 10, { vms: 3, running: 3 }),
      host('c', 40, { vms: 9, running: 9 }),
      host('d', 40, { vms: 9, running: 9 }),
    ],
    vms,
    steps: [
      disable('a'),
      ...['u', 'r', 's', 'p', 't', 'q'].map((id) => move(id, vms.find((one) => one.id === id)?.host ?? '', 'd')),
    ],
  });

  it('empties whole hosts, the one with the fewest moves first', () => {
    const { stops, points, moves } = trimOf(plan, 'server_consolidation');
    expect(orderOf(plan, 'server_consolidation')).toEqual(['p', 'q', 'r', 's', 't', 'u']);
    expect(stops.map(({ kind, moves: at, hosts }) => [kind, at, hosts])).toEqual([
      ['hosts-emptied', 2, ['a']],
      ['hosts-emptied', 5, ['b']],
      ['all', 6, []],
    ]);
    expect(points.map(({ emptied }) => emptied)).toEqual([0, 0, 1, 1, 1, 2, 2]);
    expect(moves[0]?.brings).toBeNull();
  });

  it('is no choice for maintenance: a host is empty or it is not', () => {
    expect(trimOf(plan, 'cluster_maintaining')).toMatchObject({ by: 'nothing', stops: [] });
    expect(orderOf(plan, 'cluster_maintaining')).toEqual(['u', 'r', 's', 'p', 't', 'q']);
    expect(trimOf(plan, 'cluster_maintaining').reason).toMatch(/its moves belong together\.$/);
  });

  it('does not say that of a zone migration that leaves VMs on every host', () => {
    const part = { ...plan, steps: plan.steps.slice(0, 3) };
    expect(trimOf(part, 'hardware_maintenance').reason).toMatch(
      /^This plan moves what somebody asked for, and empties no/,
    );
  });
});

describe('what a plan is measured by', () => {
  it.each([
    [{}, { cpu: 1, ram: 0 }],
    [{ metrics: 'instance_ram_usage' }, { cpu: 0, ram: 1 }],
    [
      { metrics: ['instance_cpu_usage'], weights: { instance_cpu_usage_weight: 1, instance_ram_usage_weight: 1 } },
      { cpu: 1, ram: 0 },
    ],
    [
      {
        metrics: ['instance_cpu_usage', 'instance_ram_usage'],
        weights: { instance_cpu_usage_weight: 1, instance_ram_usage_weight: 0.5 },
      },
      { cpu: 1, ram: 0.5 },
    ],
    [{ metrics: ['l3_cache'] }, { cpu: 1, ram: 0 }],
  ])('follows the metrics and weights of its audit: %j', (parameters, weights) => {
    expect(aimOf('workload_balancing', parameters)).toEqual({ by: 'spread', weights });
  });
});
