import { describe, expect, it } from 'vitest';
import { countSlots } from '@/lib/domain/capacity/slots';
import { needsOf } from '@/lib/domain/cluster/flavor-needs';
import type { ServerFlavor } from '@/lib/openstack/records';
import { GIB } from '@/lib/units';
import { type CloudParts, flavor, inventory, roomOf } from './clouds';

const slotsOf = (parts: CloudParts, size: ServerFlavor, project: string | null = null) =>
  countSlots(roomOf(parts), { ...needsOf(size), project });
const ends = ({ endings }: ReturnType<typeof slotsOf>) =>
  endings.map(({ end, hosts }) => [end.kind, end.detail, hosts]);

describe('how many more VMs of a flavor fit', () => {
  it('is counted host by host, not from what is free in total', () => {
    // 3 + 3 vCPUs are free: no host has 4.
    const parts = { hosts: { a: { vcpu: [10, 7] }, b: { vcpu: [10, 7] } } } satisfies CloudParts;
    expect(slotsOf(parts, flavor(4, 8)).slots).toBe(0);
    expect(slotsOf(parts, flavor(3, 8)).slots).toBe(2);
    expect(slotsOf(parts, flavor(1, 8)).slots).toBe(6);
  });

  it('names what has the least left on each host', () => {
    // a: 20 by vCPU, 10 by RAM. b: 5 by vCPU, 10 by RAM. c: full.
    const parts = {
      hosts: { a: { vcpu: [40, 0], ram: [40, 0] }, b: { vcpu: [40, 30], ram: [40, 0] }, c: { vcpu: [40, 40] } },
    } satisfies CloudParts;
    const found = slotsOf(parts, flavor(2, 4));
    expect(found.slots).toBe(15);
    expect(ends(found)).toEqual([
      ['resource', 'VCPU', 2],
      ['resource', 'MEMORY_MB', 1],
    ]);
    expect(found.endings[0]?.full).toEqual(['c']);
  });

  it('applies the allocation ratio to what is not reserved', () => {
    // (10 - 2) × 4 = 32 vCPUs, of which 30 are taken.
    const vcpu = { inventory: inventory(10, { reserved: 2, allocationRatio: 4 }), used: 30 };
    expect(slotsOf({ hosts: { a: { more: { VCPU: vcpu } } } }, flavor(1, 1)).slots).toBe(2);
  });

  it('has no room where more is taken than a lowered ratio allows', () => {
    expect(slotsOf({ hosts: { a: { vcpu: [10, 15] }, b: { vcpu: [10, 8] } } }, flavor(1, 1)).slots).toBe(2);
  });

  it('obeys the largest, the smallest and the step of amounts', () => {
    const withUnits = (more: object) => ({
      hosts: { a: { more: { VCPU: { inventory: inventory(64, more), used: 0 } } } },
    });
    expect(slotsOf(withUnits({ maxUnit: 8 }), flavor(8, 1)).slots).toBe(8);
    expect(ends(slotsOf(withUnits({ maxUnit: 8 }), flavor(9, 1)))).toEqual([['unit-size', 'VCPU', 1]]);
    expect(slotsOf(withUnits({ minUnit: 4 }), flavor(2, 1)).slots).toBe(0);
    expect(slotsOf(withUnits({ stepSize: 4 }), flavor(6, 1)).slots).toBe(0);
    expect(slotsOf(withUnits({ stepSize: 4 }), flavor(8, 1)).slots).toBe(8);
  });

  it('counts pinned CPUs apart where hosts have them', () => {
    const pinned = flavor(8, 1, { extraSpecs: { 'hw:cpu_policy': 'dedicated' } });
    const parts = { hosts: { a: { pcpu: [24, 8] }, b: {} } } satisfies CloudParts;
    const found = slotsOf(parts, pinned);
    expect(found.slots).toBe(2);
    expect(ends(found)).toEqual([
      ['resource', 'PCPU', 1],
      ['no-class', 'PCPU', 1],
    ]);
    // Before Nova had them, such VMs took what VCPU counts.
    expect(slotsOf({ hosts: { a: { vcpu: [24, 8] } } }, pinned).slots).toBe(2);
  });

  it('takes amounts of a class from one provider of a host', () => {
    const card = (id: string, used: number) => ({
      id,
      name: id,
      rootId: 'id-of-a',
      inventories: { VGPU: inventory(4) },
      usages: { VGPU: used },
    });
    const size = (amount: number) => flavor(1, 1, { extraSpecs: { 'resources:VGPU': String(amount) } });
    const parts = { hosts: { a: { nested: [card('card-1', 1), card('card-2', 1)] } } };
    expect(slotsOf(parts, size(1)).slots).toBe(6);
    expect(slotsOf(parts, size(2)).slots).toBe(2);
    expect(slotsOf(parts, size(5)).slots).toBe(0);
  });

  it('does not let a disk that is stored elsewhere end it, and needs none from a volume', () => {
    const withDisk = flavor(1, 1, { diskBytes: 20 * GIB });
    expect(slotsOf({ hosts: { a: { vcpu: [10, 0] } } }, withDisk).slots).toBe(10);
    expect(ends(slotsOf({ hosts: { a: { disk: [100, 30] } } }, withDisk))).toEqual([['resource', 'DISK_GB', 1]]);
    expect(slotsOf({ hosts: { a: { disk: [100, 30] } } }, withDisk).slots).toBe(3);
    expect(slotsOf({ hosts: { a: { vcpu: [10, 0], disk: [100, 100] } } }, flavor(1, 1)).slots).toBe(10);
  });

  it('asks for required traits, and keeps off hosts with forbidden ones', () => {
    const parts = { hosts: { a: {}, b: {} }, traits: { CUSTOM_SSD: ['id-of-a'] } };
    const needs = flavor(50, 1, { extraSpecs: { 'trait:CUSTOM_SSD': 'required' } });
    expect(slotsOf(parts, needs).slots).toBe(2);
    expect(ends(slotsOf(parts, needs))).toContainEqual(['traits', 'CUSTOM_SSD', 1]);
    const avoids = flavor(50, 1, { extraSpecs: { 'trait:CUSTOM_SSD': 'forbidden' } });
    expect(slotsOf(parts, avoids).slots).toBe(2);
  });

  it('asks for aggregates, unless a VM shows that Nova does not', () => {
    const fast = flavor(50, 1, { extraSpecs: { 'aggregate_instance_extra_specs:disk': 'fast' } });
    const aggregates = [{ name: 'fast', zone: null, hosts: ['a'], metadata: { disk: 'fast' } }];
    expect(slotsOf({ hosts: { a: {}, b: {} }, aggregates }, fast).slots).toBe(2);
    expect(slotsOf({ hosts: { a: {}, b: { vms: [['vm', fast]] } }, aggregates }, fast).slots).toBe(4);
  });

  it('leaves out hosts that are kept for other projects', () => {
    const aggregates = [{ name: 'own', zone: null, hosts: ['a'], metadata: { filter_tenant_id: 'shop, bank' } }];
    const size = flavor(50, 1);
    expect(slotsOf({ hosts: { a: {}, b: {} }, aggregates }, size).slots).toBe(2);
    expect(slotsOf({ hosts: { a: {}, b: {} }, aggregates }, size, 'bank').slots).toBe(4);
    const foreign: [string, ServerFlavor, object] = ['vm', size, { projectId: 'stranger' }];
    expect(slotsOf({ hosts: { a: { vms: [foreign] }, b: {} }, aggregates }, size).slots).toBe(4);
  });

  it('sums zones, and says what closed hosts would add', () => {
    const found = slotsOf(
      {
        hosts: { a: {}, b: {}, c: { record: { status: 'disabled' } }, d: { record: { state: 'down' } } },
        aggregates: [{ name: 'z', zone: 'az-a', hosts: ['a', 'c'], metadata: {} }],
      },
      flavor(10, 1),
    );
    expect(found.slots).toBe(20);
    expect(found.zones.map(({ name, slots }) => [name, slots])).toEqual([
      ['az-a', 10],
      ['nova', 10],
    ]);
    expect(found.closed).toEqual([
      { name: 'c', slots: 10 },
      { name: 'd', slots: 10 },
    ]);
  });

  it('is unknown, not 0, where Placement has no figures', () => {
    const room = roomOf({ hosts: { a: {}, b: {} } });
    const [a, b] = room.hosts;
    const need = { ...needsOf(flavor(10, 1)), project: null };
    if (!a || !b) throw new Error('two hosts');
    const half = countSlots({ ...room, hosts: [a, { ...b, classes: null }] }, need);
    expect([half.slots, half.unknownHosts]).toEqual([10, 1]);
    expect(countSlots({ ...room, hosts: [{ ...a, classes: null }] }, need).slots).toBeNull();
    expect(countSlots({ ...room, hosts: [{ ...a, isOpen: false }] }, need).slots).toBe(0);
  });
});
