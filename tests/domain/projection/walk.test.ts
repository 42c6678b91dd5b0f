import { describe, expect, it } from 'vitest';
import type { SceneHost, SceneStep, SceneVm } from '@/lib/contract/v1/scene';
import { describeHosts, listEmptied, scoresAfter, scoresBefore } from '@/lib/domain/projection/figures';
import { type CountedMove, sumMoves } from '@/lib/domain/projection/totals';
import { walkPlan } from '@/lib/domain/projection/walk';
import { openStart, openWorld } from '@/lib/domain/projection/world';
import { GIB } from '@/lib/units';
import { disable, host, move, room, vm } from '../review/scene';

/** Hosts have 100 CPUs, 100 GiB and 100 vCPUs; a VM uses 10 cores and 4 GiB, and has 4 vCPUs and 8 GiB. */
function walk(given: { hosts: SceneHost[]; vms: SceneVm[]; steps: SceneStep[]; basis?: 'now' | 'plan-creation' }) {
  const start = openStart(given.hosts);
  const world = openWorld(start, new Map(given.vms.map((one) => [one.id, one])));
  const moves = walkPlan(world, given.steps, { basis: given.basis ?? 'now', visit: (walked) => walked });
  const rows = Object.fromEntries(describeHosts(world).map((row) => [row.host, row]));
  return { start, world, moves, rows, problems: moves.map(({ problem }) => problem) };
}

const a = host('a', 60);
const b = host('b', 40);
const c = host('c', 20);

describe('a move in a plan', () => {
  it('takes load and allocation from the source to the destination', () => {
    const { rows, problems } = walk({ hosts: [a, b], vms: [vm('x', 'a')], steps: [move('x', 'a', 'b')] });
    expect(problems).toEqual([null]);
    expect(rows.a).toMatchObject({ cpu_now: 60, cpu_after: 50, ram_now: 40, ram_after: 36, leaving: 1, arriving: 0 });
    expect(rows.b).toMatchObject({ cpu_now: 40, cpu_after: 50, ram_now: 40, ram_after: 44, leaving: 0, arriving: 1 });
    expect([rows.a?.vcpu_now, rows.a?.vcpu_after, rows.b?.vcpu_after]).toEqual([50, 46, 54]);
    // 40 GiB are allocated on each; the VM has 8.
    expect([rows.a?.vram_after, rows.b?.vram_after]).toEqual([32 * GIB, 48 * GIB]);
  });

  it('counts what Placement counts for the VM, which extra specs may change', () => {
    const free = vm('x', 'a', { resources: { MEMORY_MB: 8192 } });
    const { rows } = walk({ hosts: [a, b], vms: [free], steps: [move('x', 'a', 'b')] });
    expect([rows.a?.vcpu_after, rows.b?.vcpu_after]).toEqual([50, 50]);
  });

  it('starts where the one before ended', () => {
    const { rows, problems } = walk({
      hosts: [a, b, c],
      vms: [vm('x', 'a')],
      steps: [move('x', 'a', 'b'), move('x', 'b', 'c', { wave: 2 })],
    });
    expect(problems).toEqual([null, null]);
    expect([rows.a?.cpu_after, rows.b?.cpu_after, rows.c?.cpu_after]).toEqual([50, 40, 30]);
  });

  it('relieves only the source if the scheduler chooses, and leaves open where the VM is then', () => {
    const { rows, problems } = walk({
      hosts: [a, b],
      vms: [vm('x', 'a')],
      steps: [move('x', 'a', null), move('x', 'b', 'a', { wave: 2 })],
    });
    expect(problems).toEqual(['no-destination', 'vm-elsewhere']);
    expect([rows.a?.cpu_after, rows.b?.cpu_after]).toEqual([50, 40]);
  });

  it('moves only the allocation of a VM whose load is unknown', () => {
    const unknown = vm('x', 'a', { cores: null, ram_used: null });
    const { rows, problems } = walk({ hosts: [a, b], vms: [unknown], steps: [move('x', 'a', 'b')] });
    expect(problems).toEqual(['load-unknown']);
    expect([rows.a?.cpu_after, rows.b?.cpu_after, rows.b?.vcpu_after]).toEqual([60, 40, 54]);
  });

  it('is left out, with the reason, if the VM or a host is not where the plan says', () => {
    const onTheWay = { hosts: [a, b, c], vms: [vm('x', 'c'), vm('y', 'b'), vm('z', 'a')] };
    const { rows, problems } = walk({
      ...onTheWay,
      steps: [
        move('gone', 'a', 'b'),
        move('x', 'a', 'b'),
        move('y', 'a', 'b'),
        move('z', 'ghost', 'b'),
        move('z', 'a', 'ghost'),
        move('z', 'a', 'a'),
      ],
    });
    expect(problems).toEqual([
      'vm-gone',
      'vm-elsewhere',
      'already-there',
      'source-unknown',
      'destination-unknown',
      'already-there',
    ]);
    expect(Object.values(rows).every(({ cpu_now, cpu_after }) => cpu_now === cpu_after)).toBe(true);
  });

  it('changes nothing now if it is over, but did since the plan was made if it is done', () => {
    const states = ['SUCCEEDED', 'SKIPPED', 'FAILED', 'CANCELLED', 'CANCELLING', 'DELETED'];
    const cpuOfB = (state: string, basis: 'now' | 'plan-creation') => {
      const steps = [move('x', 'a', 'b', { state })];
      return walk({ hosts: [a, b], vms: [vm('x', 'a')], steps, basis }).rows.b?.cpu_after;
    };
    expect(states.map((state) => cpuOfB(state, 'now'))).toEqual([40, 40, 40, 40, 40, 40]);
    expect(states.map((state) => cpuOfB(state, 'plan-creation'))).toEqual([50, 40, 40, 40, 40, 40]);
  });

  it('is still to come if its state is unknown', () => {
    const steps = [move('x', 'a', 'b', { state: 'RETRYING' })];
    expect(walk({ hosts: [a, b], vms: [vm('x', 'a')], steps }).rows.b?.cpu_after).toBe(50);
  });
});

describe('a move that Nova is running', () => {
  const steps = [move('x', 'a', 'b', { state: 'ONGOING' })];

  it('counts on the destination in Placement already, and frees the source when it ends', () => {
    // 4 of the 54 vCPUs on b are the VM's.
    const arriving = host('b', 40, { inventories: { VCPU: room(100, 54), MEMORY_MB: room(102_400, 49_152) } });
    const { rows } = walk({ hosts: [a, arriving], vms: [vm('x', 'a')], steps });
    expect([rows.a?.cpu_after, rows.b?.cpu_after]).toEqual([50, 50]);
    expect([rows.a?.vcpu_after, rows.b?.vcpu_now, rows.b?.vcpu_after]).toEqual([46, 54, 54]);
  });

  it('changes nothing once Nova has the VM on the destination', () => {
    const { rows, problems } = walk({ hosts: [a, b], vms: [vm('x', 'b')], steps });
    expect(problems).toEqual(['already-there']);
    expect(rows.b).toMatchObject({ cpu_after: 40, vcpu_after: 50, arriving: 0 });
  });
});

describe('a host in a plan', () => {
  it('stays unknown if it is not measured', () => {
    const { rows } = walk({ hosts: [host('a', null), b], vms: [vm('x', 'a')], steps: [move('x', 'a', 'b')] });
    expect(rows.a).toMatchObject({ cpu_now: null, cpu_after: null, vcpu_after: 46 });
    expect(rows.b?.cpu_after).toBe(50);
  });

  it('may be above 100%, but never below 0', () => {
    const large = vm('x', 'a', { cores: 70 });
    const { rows } = walk({ hosts: [a, b], vms: [large], steps: [move('x', 'a', 'b')] });
    expect(rows.a?.cpu_after).toBe(0);
    expect(rows.b?.cpu_after).toBeCloseTo(110, 9);
  });

  it('leaves the balance once the plan has disabled and emptied it', () => {
    const { start, world } = walk({
      hosts: [host('a', 40), host('b', 10), host('c', 50)],
      vms: [vm('x', 'b')],
      steps: [disable('b'), move('x', 'b', 'a', { wave: 2 })],
    });
    expect([scoresBefore(start).cpu?.hosts, scoresAfter(world).cpu?.hosts]).toEqual([3, 2]);
    expect(scoresAfter(world).cpu).toMatchObject({ spread: 0, mean: 50 });
  });

  it('counts in the balance if it is up and either enabled or has VMs', () => {
    const start = openStart([
      a,
      host('down', 0, { state: 'down' }),
      host('spare', 0, { status: 'disabled', vms: 0 }),
      host('draining', 40, { status: 'disabled', vms: 3 }),
    ]);
    expect(scoresBefore(start).cpu).toMatchObject({ hosts: 2, lowest: { host: 'draining' } });
  });

  it('is emptied when its last running VM leaves, or its last of any state', () => {
    const stopped = vm('s', 'b', { status: 'SHUTOFF' });
    const two = host('a', 60, { vms: 2, running: 1 });
    const off = host('b', 40, { vms: 1, running: 0 });
    const emptied = (steps: SceneStep[]) =>
      listEmptied(walk({ hosts: [two, off, c], vms: [vm('x', 'a'), stopped], steps }).world);
    expect(emptied([move('x', 'a', 'c')])).toEqual({ count: 1, hosts: ['a'], vms_left: 1 });
    expect(emptied([move('s', 'b', 'c')])).toEqual({ count: 1, hosts: ['b'], vms_left: 0 });
    // What leaves and comes back empties nothing.
    expect(emptied([move('x', 'a', 'c'), move('x', 'c', 'a', { wave: 2 })]).count).toBe(0);
  });
});

describe('worlds opened on the same hosts', () => {
  it('do not affect each other', () => {
    const start = openStart([a, b]);
    const vms = new Map([['x', vm('x', 'a')]]);
    const [one, other] = [openWorld(start, vms), openWorld(start, vms)];
    walkPlan(one, [disable('b'), move('x', 'a', 'b')], { basis: 'now', visit: () => null });
    expect(describeHosts(one)[1]?.cpu_after).toBe(50);
    expect(describeHosts(other)[1]).toMatchObject({ cpu_after: 40, vcpu_after: 50, arriving: 0 });
  });
});

describe('the cost of a plan', () => {
  type Counted = CountedMove & { ram: number | null };
  const counted: Counted = { source: 'a', destination: 'b', live: true, ram: 8, problem: null };
  const vmOf = ({ ram }: Counted) => ({ ram, cores_basis: 'measured' as const });

  it('covers the moves still to run: their hosts, and the RAM of live migrations by flavor', () => {
    expect(
      sumMoves(
        [
          counted,
          { ...counted, destination: 'c', live: false },
          { ...counted, destination: null, problem: 'no-destination' },
          { ...counted, source: 'd', problem: 'done' },
          { ...counted, source: 'e', ram: null, problem: 'vm-gone' },
        ],
        vmOf,
      ),
    ).toEqual({ moves: 5, moves_left: 3, moves_estimated: 0, hosts_touched: 3, ram_to_copy: 16 });
  });

  it('has an unknown RAM to copy if a flavor is unknown', () => {
    expect(sumMoves([counted, { ...counted, ram: null }], vmOf).ram_to_copy).toBeNull();
  });

  it('names the moves to run whose CPU is estimated', () => {
    const moves = [counted, { ...counted, ram: 1 }, { ...counted, problem: 'done' as const }];
    const basisOf = ({ ram }: Counted) => ({
      ram,
      cores_basis: ram === 8 ? ('estimated' as const) : ('measured' as const),
    });
    expect(sumMoves(moves, basisOf).moves_estimated).toBe(1);
  });
});
