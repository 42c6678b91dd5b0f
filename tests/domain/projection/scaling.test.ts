import { describe, expect, it } from 'vitest';
import { GIB } from '@/lib/units';
import { hypervisor, migrate, server, target } from '../build';
import { cores, project } from './project';

/** Host a has 32 CPUs, 24 of them in use, and 40 GiB of RAM in use; b has 64 CPUs, 16 of them in use. */
const emptied = (use: Parameters<typeof project>[0]['use']) =>
  project({
    servers: [server('x', 'a'), server('y', 'a')],
    actions: [migrate('1', ['x', 'a', 'b']), migrate('2', ['y', 'a', 'b'])],
    use,
  });

describe('a host that loses all its VMs', () => {
  it('keeps what it uses beyond them', () => {
    const { after, migrations } = emptied({ x: cores(8), y: cores(12) });
    // 4 of 24 cores are the host's own: 12.5% of 32 CPUs. b gets 20 cores more: 36 of 64.
    expect(after).toEqual({ a: 12.5, b: 56.25 });
    expect(migrations.map(({ cpu_basis, cpu_estimate }) => [cpu_basis, cpu_estimate])).toEqual([
      ['measured', null],
      ['measured', null],
    ]);
  });

  it('has VMs scaled to its use if they were measured at more, and gives no more than that to destinations', () => {
    const { after, migrations, projection } = emptied({ x: cores(16), y: cores(32) });
    // 48 measured cores are scaled to 24: x has 8 and y 16.
    expect(after).toEqual({ a: 0, b: 62.5 });
    expect(migrations.map(({ cpu_cores }) => cpu_cores)).toEqual([8, 16]);
    expect(migrations.map(({ source_points, destination_points }) => [source_points, destination_points])).toEqual([
      [25, 12.5],
      [50, 25],
    ]);
    expect(migrations[0]).toMatchObject({ cpu_basis: 'estimated', cpu_estimate: 'scaled-to-host' });
    expect(projection).toMatchObject({ confidence: 'estimated', coverage: { measured: 0, estimated: 2 } });
  });

  it('leaves to unmeasured VMs what the measured ones do not use', () => {
    const { after, migrations } = emptied({ x: cores(20) });
    // Half of the vCPUs would be 12 cores, but only 4 are left.
    expect(migrations.map(({ cpu_cores, cpu_basis }) => [cpu_cores, cpu_basis])).toEqual([
      [20, 'measured'],
      [4, 'estimated'],
    ]);
    expect(migrations[1]?.cpu_estimate).toBe('share-of-host');
    expect(after.a).toBe(0);
  });

  it('keeps a share of its use for unmeasured VMs if measured ones leave enough', () => {
    const { after, migrations } = emptied({ x: cores(4) });
    expect(migrations.map(({ cpu_cores }) => cpu_cores)).toEqual([4, 12]);
    expect(after.a).toBe(25);
  });

  it('has RAM scaled in the same way', () => {
    const ram = (gib: number) => ({ cores: 4, memoryBytes: gib * GIB });
    const { projection } = emptied({ x: ram(40), y: ram(40) });
    // 80 GiB measured, 40 in use; b has 40 of 100 and gets 40.
    expect(projection.hosts.map(({ ram_after }) => ram_after)).toEqual([0, 80]);
    const { projection: other } = emptied({ x: ram(10), y: ram(20) });
    expect(other.hosts.map(({ ram_after }) => ram_after)).toEqual([10, 70]);
  });

  it('counts VMs that stay when it scales those that leave', () => {
    const { after, migrations } = project({
      servers: [server('x', 'a'), server('y', 'a')],
      actions: [migrate('1', ['x', 'a', 'b'])],
      use: { x: cores(12), y: cores(36) },
    });
    expect(migrations[0]?.cpu_cores).toBe(6);
    expect(after.a).toBe(56.25);
  });

  it('is scaled at the time a plan was made, with the VMs that it had then', () => {
    const { after, migrations } = project({
      state: 'SUCCEEDED',
      servers: [server('x', 'b'), server('y', 'b'), server('stayed', 'b')],
      actions: [
        migrate('1', ['x', 'a', 'b'], { state: 'SUCCEEDED' }),
        migrate('2', ['y', 'a', 'b'], { state: 'SUCCEEDED' }),
      ],
      past: {
        targets: [target('a', { cpus: 32, used: 16 }), target('b', { cpus: 64, used: 16 })],
        use: { x: cores(8), y: cores(24) },
      },
    });
    expect(migrations.map(({ cpu_cores }) => cpu_cores)).toEqual([4, 12]);
    expect(after).toEqual({ a: 0, b: 50 });
  });
});

describe('a VM on a host that is not measured', () => {
  it('keeps what was measured of it', () => {
    const { after, migrations } = project({
      hosts: [hypervisor('a'), hypervisor('b')],
      targets: [target('b', { cpus: 64, used: 16 })],
      servers: [server('x', 'a')],
      actions: [migrate('1', ['x', 'a', 'b'])],
      use: { x: cores(16) },
    });
    expect(after).toEqual({ a: null, b: 50 });
    expect(migrations[0]).toMatchObject({ cpu_basis: 'measured', cpu_estimate: null });
  });
});

describe('allocations', () => {
  it('do not fall below 0 when a VM leaves whose allocation Placement has lost', () => {
    const flavor = { name: 'f', vcpus: 32, ramBytes: GIB, diskBytes: 0, extraSpecs: {} };
    const { projection } = project({
      servers: [server('x', 'a', { flavor })],
      actions: [migrate('1', ['x', 'a', 'b'])],
    });
    // Placement counts 20 vCPUs in use on a.
    expect(projection.hosts.map(({ vcpu_after }) => vcpu_after)).toEqual([0, 52]);
  });
});
