import { describe, expect, it } from 'vitest';
import { projectPlan } from '@/lib/domain/projection/plan-projection';
import { GIB } from '@/lib/units';
import { cluster, hypervisor, migrate, server, target } from '../build';
import { cores, plan, project } from './project';

describe('projecting an open plan', () => {
  it('moves the load of a VM in points of each host’s own CPUs', () => {
    const { after, migrations, projection } = project({
      servers: [server('vm', 'a')],
      actions: [migrate('1', ['vm', 'a', 'b'])],
      use: { vm: cores(8) },
    });
    // 8 cores are 25 points of 32 CPUs and 12.5 points of 64.
    expect(after).toEqual({ a: 50, b: 37.5 });
    expect(migrations[0]).toMatchObject({
      source_points: 25,
      destination_points: 12.5,
      impact: 'High',
      projected: true,
    });
    expect(projection).toMatchObject({ basis: 'now', as_of: 5_000, confidence: 'measured' });
  });

  it('applies a chain of moves in the order of waves, not in the order of the list', () => {
    const { after, migrations, projection } = project({
      hosts: [hypervisor('a'), hypervisor('b'), hypervisor('c')],
      targets: [
        target('a', { cpus: 32, used: 24 }),
        target('b', { cpus: 64, used: 16 }),
        target('c', { cpus: 16, used: 4 }),
      ],
      servers: [server('vm', 'a')],
      actions: [migrate('2', ['vm', 'b', 'c'], { parents: ['1'] }), migrate('1', ['vm', 'a', 'b'])],
      use: { vm: cores(8) },
    });
    expect(after).toEqual({ a: 50, b: 25, c: 75 });
    expect(migrations.map(({ action_id, wave }) => [action_id, wave])).toEqual([
      ['1', 1],
      ['2', 2],
    ]);
    expect(projection.coverage).toMatchObject({ moves: 2, projected: 2, left_out: [] });
  });

  it('finds hosts by hypervisor uuid and FQDN', () => {
    const { after, migrations } = project({
      servers: [server('vm', 'a')],
      actions: [migrate('1', ['vm', 'id-of-a', 'b.example'])],
      use: { vm: cores(8) },
    });
    expect(after).toEqual({ a: 50, b: 37.5 });
    expect(migrations[0]).toMatchObject({ source: 'a', destination: 'b' });
  });

  it('finds a VM whose host Nova spells differently from its hypervisor', () => {
    const { after, migrations } = project({
      servers: [server('vm', 'A.example')],
      actions: [migrate('1', ['vm', 'a', 'b'])],
    });
    // The only VM there: all 24 cores are its own.
    expect(migrations[0]).toMatchObject({ problem: null, cpu_cores: 24, cpu_basis: 'estimated' });
    expect(after).toEqual({ a: 0, b: 62.5 });
  });

  it('does not move a VM to an alias of no compute host', () => {
    const joined = cluster({
      hypervisors: [hypervisor('a')],
      servers: [server('vm', 'a')],
      targets: [target('a', { cpus: 32, used: 24 })],
      hostAliases: { 'lost.example': 'lost' },
    });
    const view = projectPlan(
      { plan: plan(), actions: [migrate('1', ['vm', 'a', 'lost.example'])], cluster: joined, happened: new Map() },
      { measuredAt: 5_000, use: {}, history: {}, hostLabels: ['instance'] },
    );
    expect(view.migrations[0]).toMatchObject({ destination: 'lost.example', problem: 'destination-unknown' });
    expect(view.projection.hosts[0]).toMatchObject({ cpu_after: 75 });
  });

  it('does not move a VM that is gone, even if an exporter still reports it', () => {
    const { after, migrations } = project({
      servers: [],
      actions: [migrate('1', ['vm', 'a', 'b'])],
      use: { vm: cores(8) },
    });
    expect(migrations[0]).toMatchObject({ problem: 'vm-gone', cpu_cores: null });
    expect(after).toEqual({ a: 75, b: 25 });
  });

  it('relieves only the source if the scheduler chooses the destination', () => {
    const { after, migrations, projection } = project({
      servers: [server('vm', 'a')],
      actions: [migrate('1', ['vm', 'a', null])],
      use: { vm: cores(8) },
    });
    expect(after).toEqual({ a: 50, b: 25 });
    expect(migrations[0]).toMatchObject({ destination: null, projected: false, problem: 'no-destination' });
    expect(projection.coverage).toMatchObject({ projected: 0, scheduler_chosen: 1 });
  });

  it('lists every move that it leaves out, with the reason', () => {
    const { after, projection } = project({
      servers: [server('elsewhere', 'b'), server('there', 'b'), server('x', 'a'), server('y', 'a'), server('z', 'a')],
      actions: [
        migrate('1', ['gone', 'a', 'b'], {
          parameters: { resource_id: 'gone', resource_name: 'web-9', source_node: 'a', destination_node: 'b' },
        }),
        migrate('2', ['elsewhere', 'a', 'c']),
        migrate('3', ['there', 'a', 'b']),
        migrate('4', ['x', 'ghost', 'b']),
        migrate('5', ['y', 'a', 'ghost']),
        migrate('6', ['z', 'a', 'b'], { state: 'SKIPPED' }),
        migrate('7', ['z', 'a', 'b'], { state: 'FAILED' }),
        migrate('8', ['z', 'a', 'b'], { state: 'CANCELLED' }),
      ],
      use: { elsewhere: cores(1), there: cores(1), x: cores(1), y: cores(1), z: cores(1) },
    });
    expect(after).toEqual({ a: 75, b: 25 });
    expect(projection.coverage.projected).toBe(0);
    expect(projection.coverage.left_out).toEqual([
      { problem: 'vm-gone', count: 1, names: ['web-9'] },
      { problem: 'destination-unknown', count: 2, names: ['name-of-elsewhere', 'name-of-y'] },
      { problem: 'already-there', count: 1, names: ['name-of-there'] },
      { problem: 'source-unknown', count: 1, names: ['name-of-x'] },
      { problem: 'skipped', count: 1, names: ['name-of-z'] },
      { problem: 'failed', count: 1, names: ['name-of-z'] },
      { problem: 'cancelled', count: 1, names: ['name-of-z'] },
    ]);
  });

  it('does not count moves that a running plan has done already', () => {
    const { after, migrations } = project({
      state: 'ONGOING',
      servers: [server('done', 'b'), server('next', 'a')],
      actions: [migrate('1', ['done', 'a', 'b'], { state: 'SUCCEEDED' }), migrate('2', ['next', 'a', 'b'])],
      use: { done: cores(8), next: cores(8) },
    });
    expect(after).toEqual({ a: 50, b: 37.5 });
    expect(migrations.map(({ problem }) => problem)).toEqual(['done', null]);
  });

  it('moves the allocation of a stopped VM, but no cores', () => {
    const { after, migrations, projection } = project({
      servers: [server('vm', 'a', { status: 'SHUTOFF' })],
      actions: [migrate('1', ['vm', 'a', 'b'])],
      use: { vm: cores(3) },
    });
    expect(after).toEqual({ a: 75, b: 25 });
    expect(migrations[0]).toMatchObject({ cpu_basis: 'stopped', impact: 'Low', projected: true });
    expect(projection.hosts.map(({ vcpu_now, vcpu_after }) => [vcpu_now, vcpu_after])).toEqual([
      [20, 18],
      [20, 22],
    ]);
  });

  it('estimates the CPU of a VM without metrics by its share of the running vCPUs on its host', () => {
    const flavor = (vcpus: number) => ({ flavor: { name: 'f', vcpus, ramBytes: GIB, diskBytes: 0, extraSpecs: {} } });
    const { after, projection, migrations } = project({
      servers: [
        server('vm', 'a', flavor(2)),
        server('other', 'a', flavor(4)),
        server('off', 'a', { ...flavor(16), status: 'SHUTOFF' }),
      ],
      actions: [migrate('1', ['vm', 'a', 'b'])],
    });
    // 2 of 6 running vCPUs: a third of 24 cores.
    expect(migrations[0]).toMatchObject({ cpu_cores: 8, cpu_basis: 'estimated' });
    expect(after).toEqual({ a: 50, b: 37.5 });
    expect(projection).toMatchObject({
      confidence: 'estimated',
      coverage: { projected: 1, estimated: 1, measured: 0 },
    });
  });

  it('moves only allocations if no host is measured', () => {
    const { after, projection, migrations } = project({
      targets: null,
      servers: [server('vm', 'a')],
      actions: [migrate('1', ['vm', 'a', 'b'])],
    });
    expect(after).toEqual({ a: null, b: null });
    expect(projection.confidence).toBe('allocation-only');
    expect(migrations[0]).toMatchObject({ problem: 'load-unknown', impact: null });
    expect(projection.hosts[1]).toMatchObject({ vcpu_now: 20, vcpu_after: 22 });
  });

  it('shows more than 100% for an overloaded host', () => {
    const { after } = project({
      targets: [target('a', { cpus: 32, used: 24 }), target('b', { cpus: 8, used: 6 })],
      servers: [server('vm', 'a')],
      actions: [migrate('1', ['vm', 'a', 'b'])],
      use: { vm: cores(8) },
    });
    expect(after.b).toBe(175);
  });

  it('keeps the total of cores if all destinations are known', () => {
    const { projection } = project({
      servers: [server('x', 'a'), server('y', 'b')],
      actions: [migrate('1', ['x', 'a', 'b']), migrate('2', ['y', 'b', 'a'])],
      use: { x: cores(3.3), y: cores(0.7) },
    });
    const sum = (field: 'cpu_now' | 'cpu_after') =>
      projection.hosts.reduce((all, host) => all + ((host[field] ?? 0) * (host.logical_cpus ?? 0)) / 100, 0);
    expect(sum('cpu_after')).toBeCloseTo(sum('cpu_now'), 9);
  });
});
