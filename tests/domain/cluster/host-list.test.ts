import { describe, expect, it } from 'vitest';
import { type HostColumn, overcommitOf } from '@/lib/contract/choices';
import { type HostSelection, selectHosts } from '@/lib/domain/cluster/host-list';
import { describeHost } from '@/lib/domain/cluster/overview';
import { outOfService } from '@/lib/domain/drain/out-of-service';
import { cluster, hypervisor, provider, server, target } from '../build';

const LIMITS = { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } };

// 10 CPUs each: cmp-1 at 90 %, cmp-2 at 75 %, cmp-3 down and not measured, cmp-10 disabled at 75 %.
const { hosts: joined } = cluster({
  hypervisors: [
    hypervisor('cmp-10', { status: 'disabled', disabledReason: 'kernel' }),
    hypervisor('cmp-1'),
    hypervisor('cmp-2'),
    hypervisor('cmp-3', { state: 'down' }),
  ],
  servers: [server('a', 'cmp-1'), server('b', 'cmp-2'), server('c', 'cmp-2')],
  allocations: {
    kind: 'placement',
    providers: [
      provider('cmp-1', { vcpus: 10, ratio: 4, used: 30 }),
      provider('cmp-2', { vcpus: 10, ratio: 4, used: 5 }),
    ],
  },
  targets: [
    target('cmp-1', { cpus: 10, used: 9 }),
    target('cmp-2', { cpus: 10, used: 7.5 }),
    target('cmp-10', { cpus: 10, used: 7.5 }),
  ],
});
const effects: Record<string, { leaving: number; arriving: number; cpu: number }> = {
  'cmp-1': { leaving: 1, arriving: 0, cpu: 60 },
  'cmp-2': { leaving: 0, arriving: 1, cpu: 80 },
};
const AGGREGATES: Record<string, string[]> = { 'cmp-1': ['ssd', 'az-a'], 'cmp-2': ['az-b'], 'cmp-10': ['az-b', 'ssd'] };
const hosts = joined.map((host) => {
  const effect = effects[host.name] ?? { leaving: 0, arriving: 0, cpu: 75 };
  const described = describeHost(host, LIMITS, {
    cpu_after: effect.cpu,
    ram_after: null,
    vcpu_after: null,
    vram_after: null,
    leaving: effect.leaving,
    arriving: effect.arriving,
  });
  const known = { plans: [], draining: new Set<string>() };
  const { name, vms, state, status, disabled_reason: disabledReason } = described;
  const places = {
    zone: name === 'cmp-3' ? null : name === 'cmp-1' ? 'az-a' : 'az-b',
    aggregates: AGGREGATES[name] ?? [],
  };
  return { ...described, ...places, out: outOfService({ name, vms: vms ?? 0, state, status, disabledReason }, known) };
});

const select = (more: Partial<HostSelection> = {}) =>
  selectHosts(hosts, { search: '', show: 'all', sort: 'name', order: 'asc', ...more });
const namesOf = (more: Partial<HostSelection> = {}) => select(more).hosts.map(({ name }) => name);

describe('the list of hosts', () => {
  it('is in natural order', () => {
    expect(namesOf()).toEqual(['cmp-1', 'cmp-2', 'cmp-3', 'cmp-10']);
    expect(namesOf({ order: 'desc' })).toEqual(['cmp-10', 'cmp-3', 'cmp-2', 'cmp-1']);
  });

  it.each<[HostColumn, string[]]>([
    ['cpu', ['cmp-1', 'cmp-2', 'cmp-10', 'cmp-3']],
    ['cpu-after', ['cmp-2', 'cmp-3', 'cmp-10', 'cmp-1']],
    ['vms', ['cmp-2', 'cmp-1', 'cmp-3', 'cmp-10']],
    ['overcommit', ['cmp-1', 'cmp-2', 'cmp-3', 'cmp-10']],
    ['state', ['cmp-3', 'cmp-10', 'cmp-1', 'cmp-2']],
  ])('by %s, highest first, equal ones by name and unknown ones last', (sort, expected) => {
    expect(namesOf({ sort, order: 'desc' })).toEqual(expected);
  });

  it('puts unknown values last in either order', () => {
    expect(namesOf({ sort: 'cpu' })).toEqual(['cmp-2', 'cmp-10', 'cmp-1', 'cmp-3']);
  });

  it('is that of a zone, of an aggregate, or of both', () => {
    expect(namesOf({ zone: 'az-b' })).toEqual(['cmp-2', 'cmp-10']);
    expect(namesOf({ aggregate: 'ssd' })).toEqual(['cmp-1', 'cmp-10']);
    expect(namesOf({ zone: 'az-b', aggregate: 'ssd' })).toEqual(['cmp-10']);
    expect(namesOf({ zone: 'nowhere' })).toEqual([]);
    const { zones, aggregates, counts } = select({ zone: 'az-b' });
    expect([zones, aggregates]).toEqual([
      ['az-a', 'az-b'],
      ['az-a', 'az-b', 'ssd'],
    ]);
    expect(counts).toMatchObject({ all: 2, out_of_service: 1 });
  });

  it('of hosts out of service is searched for why they were closed, too', () => {
    expect(namesOf({ show: 'out-of-service', search: 'KERNEL' })).toEqual(['cmp-10']);
    expect(namesOf({ search: 'kernel' })).toEqual([]);
  });

  it('counts the matches of each filter together with the search', () => {
    expect(select().counts).toEqual({ all: 4, hot: 1, warm: 2, in_plan: 2, out_of_service: 2, left_behind: 0 });
    expect(select({ search: ' CMP-1 ', show: 'warm' })).toMatchObject({
      hosts: [{ name: 'cmp-10' }],
      counts: { all: 2, hot: 1, warm: 1, in_plan: 1, out_of_service: 1, left_behind: 0 },
    });
    expect(namesOf({ search: 'cmp-3.example' })).toEqual(['cmp-3']);
    expect(namesOf({ show: 'in-plan' })).toEqual(['cmp-1', 'cmp-2']);
  });
});

it('overcommit is the number of allocated vCPUs per CPU that is not reserved', () => {
  const [first, , third] = hosts;
  expect(first && overcommitOf(first)).toBe(3);
  expect(third && overcommitOf(third)).toBeNull();
});
