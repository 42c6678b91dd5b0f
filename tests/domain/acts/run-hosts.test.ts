import { describe, expect, it } from 'vitest';
import { listRunHosts, promiseOf } from '@/lib/domain/acts/run-hosts';
import { listSteps } from '@/lib/domain/plans/steps';
import { rounded } from '@/lib/format';
import type { Action } from '@/lib/openstack/records';
import { cluster, hypervisor, server, target } from '../build';
import { move } from './run-scene';

/** Three hosts of 10 CPUs; `one` uses 2 of them and `two` 1. */
const now = cluster({
  hypervisors: ['a', 'b', 'c'].map((host) => hypervisor(host)),
  servers: [server('one', 'b'), server('two', 'a')],
  targets: [target('a', { cpus: 10, used: 6 }), target('b', { cpus: 10, used: 5 }), target('c', { cpus: 10, used: 1 })],
});
const use = { one: { cores: 2, memoryBytes: null }, two: { cores: 1, memoryBytes: null } };
/** At the start, `one` was still on a. */
const past = {
  at: 0,
  use,
  targets: [target('a', { cpus: 10, used: 9 }), target('b', { cpus: 10, used: 3 }), target('c', { cpus: 10, used: 1 })],
};

const done = move({ state: 'SUCCEEDED' }, ['one', 'a', 'b']);
const toCome = move({ state: 'PENDING' }, ['two', 'a', 'c']);

const hostsOf = (actions: Action[], beginning: Parameters<typeof promiseOf>[1], hasBegun = true) => {
  const promise = promiseOf(listSteps(actions, now.index), beginning, { cluster: now, hostLabels: ['instance'] });
  return listRunHosts(promise, now, hasBegun).map((host) => ({
    ...host,
    start: rounded(host.start),
    now: rounded(host.now),
    promised: rounded(host.promised),
  }));
};

describe('hosts on the way', () => {
  it('begin where they were at the start, and are promised all moves, done or not', () => {
    expect(hostsOf([done, toCome], { past })).toEqual([
      { host: 'a', role: 'source', start: 90, now: 60, promised: 60 },
      { host: 'b', role: 'target', start: 30, now: 50, promised: 50 },
      { host: 'c', role: 'target', start: 10, now: 10, promised: 20 },
    ]);
  });

  it('keep the promise when a move fails, and lose what was left out', () => {
    const promised = (state: string) =>
      hostsOf([done, { ...toCome, state }], { past }).map(({ host, promised: goal }) => [host, goal]);
    expect(promised('FAILED')).toContainEqual(['c', 20]);
    expect(promised('SKIPPED')).toEqual([
      ['a', 70],
      ['b', 50],
    ]);
  });

  it('have no start before the plan has begun, and are promised its moves from where they are', () => {
    expect(hostsOf([toCome], { past: null, use }, false)).toEqual([
      { host: 'a', role: 'source', start: null, now: 60, promised: 50 },
      { host: 'c', role: 'target', start: null, now: 10, promised: 20 },
    ]);
  });
});
