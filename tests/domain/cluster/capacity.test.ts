import { describe, expect, it } from 'vitest';
import { inventoryCapacity, sumPhysical, sumVirtual } from '@/lib/domain/cluster/capacity';
import { cpuPercent } from '@/lib/domain/cluster/cluster';
import {
  countFlavors,
  levelOfHost,
  summarizePhysical,
  summarizeServers,
  summarizeVirtual,
} from '@/lib/domain/cluster/overview';
import { groupServers } from '@/lib/domain/cluster/server-groups';
import { GIB } from '@/lib/units';
import { cluster, hypervisor, provider, server, target } from '../build';

const inventory = (total: number, reserved: number, allocationRatio: number) => ({
  total,
  reserved,
  allocationRatio,
  maxUnit: total,
});

describe('the capacity of hosts', () => {
  it('is what Placement allocates at most: floor((total - reserved) * ratio)', () => {
    expect(inventoryCapacity(inventory(64, 4, 4))).toBe(240);
    expect(inventoryCapacity(inventory(10, 0, 1.15))).toBe(11);
    expect(inventoryCapacity(inventory(10, 0, 1.1))).toBe(11);
  });

  it('corrects a ratio that was stored as a 32-bit float', () => {
    expect(inventoryCapacity(inventory(262_144, 16_384, 1.2000000476837158))).toBe(294_912);
    expect(inventoryCapacity(inventory(100_000, 0, 0.8999999761581421))).toBe(90_000);
  });

  it('keeps ratio <= max exactly when allocated <= total', () => {
    const sum = sumVirtual([
      { allocation: { total: 32, reserved: 0, capacity: 128, used: 40 }, open: true },
      { allocation: { total: 64, reserved: 4, capacity: 60, used: 70 }, open: true },
    ]);
    expect(sum).toMatchObject({ total: 188, allocated: 110, free: 78, base: 92 });
    expect(sum.overcommitRatio).toBeCloseTo(110 / 92);
    expect(sum.overcommitMax).toBeCloseTo(188 / 92);
    // The second host is over its capacity: nothing of it can be given, and it does not eat the first one's room.
    expect(sum.schedulableFree).toBe(88);
  });

  it('weighs hosts by size: 8 of 16 and 8 of 48 CPUs are 25%, not 33%', () => {
    expect(
      sumPhysical([
        { total: 16, used: 8 },
        { total: 48, used: 8 },
      ]).usedPercentage,
    ).toBe(25);
  });

  it('leaves hosts that are not measured out of both sums', () => {
    expect(
      sumPhysical([
        { total: 16, used: 8 },
        { total: 48, used: null },
      ]),
    ).toMatchObject({
      total: 16,
      used: 8,
      hostsMeasured: 1,
    });
  });

  it('is 0 without hosts, and null if no host is measured', () => {
    expect(sumPhysical([])).toMatchObject({ total: 0, used: 0, usedPercentage: 0 });
    expect(sumPhysical([{ total: null, used: null }])).toMatchObject({ total: null, used: null, usedPercentage: null });
  });
});

describe('the overview', () => {
  const limits = { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } };

  it('shows a host at exactly 0% as 0', () => {
    const [host] = cluster({ hypervisors: [hypervisor('a')], targets: [target('a', { cpus: 8, used: 0 })] }).hosts;
    expect(host && cpuPercent(host)).toBe(0);
    expect(host && levelOfHost(host, limits)).toBe('normal');
  });

  it('adds up VCPU and PCPU of a host, nested providers included', () => {
    const pinned = provider('a', { vcpus: 8, ratio: 4, used: 10 });
    pinned.inventories.PCPU = inventory(16, 0, 1);
    pinned.usages.PCPU = 6;
    const child = { ...provider('a', { vcpus: 4, ratio: 1, used: 1 }), id: 'numa-0', name: 'numa-0' };
    const joined = cluster({
      hypervisors: [hypervisor('a')],
      allocations: { kind: 'placement', providers: [pinned, child] },
    });
    const vcpu = summarizeVirtual(joined, 'vcpu', { source: 'placement', failure: null });
    expect(vcpu).toMatchObject({ total: 8 * 4 + 16 + 4, allocated: 10 + 6 + 1, physical_base: 28 });
  });

  it('shows Placement’s totals without Prometheus, and the use as unknown with the reason', () => {
    const joined = cluster({
      hypervisors: [hypervisor('a')],
      allocations: { kind: 'placement', providers: [provider('a', { vcpus: 32, ratio: 4, used: 0 })] },
    });
    expect(summarizePhysical(joined, 'cpu', { measuredBy: null, failure: 'Prometheus is away.' })).toMatchObject({
      total: 32,
      usage: null,
      source: 'placement',
      reason: 'Prometheus is away.',
    });
  });

  it('counts disabled and down hosts, but not ironic ones', () => {
    const joined = cluster({
      hypervisors: [
        hypervisor('a', { status: 'disabled' }),
        hypervisor('b', { state: 'down' }),
        hypervisor('m', { type: 'ironic' }),
      ],
    });
    expect(joined.hosts.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(joined.hosts[1]?.reason).toBe('Prometheus has no data');
  });

  it('counts VMs by status, and averages over those on a host', () => {
    const servers = [
      server('1', 'a'),
      server('2', 'a', { status: 'SHUTOFF' }),
      server('3', null, { status: 'ERROR' }),
      server('4', 'b', { status: 'PAUSED' }),
    ];
    expect(summarizeServers(groupServers(servers), 2, { vcpus: 12, ramBytes: 6 * GIB })).toEqual({
      count: 4,
      active: 1,
      stopped: 1,
      placed: 3,
      by_status: { ACTIVE: 1, SHUTOFF: 1, ERROR: 1, PAUSED: 1 },
      avg_cpu: 4,
      avg_ram: 2 * GIB,
      density: 1.5,
    });
  });

  it('shows zeros for an empty region', () => {
    expect(summarizeServers(groupServers([]), 0, { vcpus: 0, ramBytes: 0 })).toMatchObject({
      count: 0,
      avg_cpu: 0,
      density: 0,
    });
    expect(summarizeVirtual(cluster({}), 'vcpu', { source: 'placement', failure: null })).toMatchObject({
      total: 0,
      overcommit_ratio: 0,
    });
  });

  it('orders flavors by use, then by name, and accepts VMs without a flavor', () => {
    const flavor = (name: string) => ({ flavor: { name, vcpus: 1, ramBytes: GIB, diskBytes: 0, extraSpecs: {} } });
    const servers = ['b', 'a', 'c', 'c'].map((name, i) => server(String(i), 'h', flavor(name)));
    expect(countFlavors(groupServers([...servers, server('x', null, { flavor: null })]))).toEqual([
      { name: 'c', count: 2 },
      { name: 'a', count: 1 },
      { name: 'b', count: 1 },
    ]);
  });
});
