import { describe, expect, it } from 'vitest';
import type { Scene } from '@/lib/contract/v1/scene';
import { finish } from '@/lib/domain/projection/walk';
import { enoughMoves, loadsAfter, reviewWorking } from '@/lib/domain/review/weight';
import { host, move, scene, vm } from './scene';

/** Hosts of 100 CPUs, so that cores are percent. */
const HOSTS = [host('a', 90), host('b', 50), host('c', 10)];
const small = ['1', '2', '3'].map((id) => vm(id, 'a', { cores: 1 }));
const cloud = (steps: Scene['steps'], hosts = HOSTS) =>
  scene({ hosts, vms: [vm('x', 'a', { cores: 20 }), ...small], steps });

describe('how many moves are enough', () => {
  const aim = { by: 'spread', weights: { cpu: 1, ram: 0 } } as const;
  const enough = (given: Scene, by: Parameters<typeof enoughMoves>[2] = aim) =>
    enoughMoves(given, finish(reviewWorking(given)), by)?.moves ?? null;
  // The move of x alone takes a from 90 to 70; the others bring a point each.
  const steps = [...small.map(({ id }) => move(id, 'a', 'c')), move('x', 'a', 'c')];

  it('counts those most worth until no host is hot', () => {
    expect(enough(cloud(steps))).toBe(1);
  });

  it('gives the load of every host after them', () => {
    const given = cloud(steps);
    const found = enoughMoves(given, finish(reviewWorking(given)), aim);
    const loads = found && finish(loadsAfter(given, found));
    expect([...(loads ?? [])].map(([name, { cpu }]) => [name, Math.round(cpu ?? 0)])).toEqual([
      ['a', 70],
      ['b', 50],
      ['c', 30],
    ]);
  });

  it('is no question without a hot host, for few moves, and for plans that empty hosts', () => {
    const calm = [host('a', 60), host('b', 50), host('c', 10)];
    expect(enough(cloud(steps, calm))).toBeNull();
    expect(enough(cloud(steps.slice(1)))).toBeNull();
    expect(enough(cloud(steps), { ...aim, by: 'emptied-hosts' })).toBeNull();
  });
});
