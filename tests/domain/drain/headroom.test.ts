import { describe, expect, it } from 'vitest';
import { diskToCopy } from '@/lib/domain/drain/disks';
import { commonestFlavor, findHeadroom, roomAfter } from '@/lib/domain/drain/headroom';
import { finish } from '@/lib/domain/projection/walk';
import { GIB } from '@/lib/units';
import { type CloudParts, flavor, roomOf } from '../capacity/clouds';

/** Hosts of 10 vCPU and 100 GiB; a VM takes 2 vCPU and 10 GiB. */

const SMALL = flavor(2, 10);
const LARGE = flavor(8, 10);
const vms = (count: number, from: string): [string, typeof SMALL][] =>
  Array.from({ length: count }, (_, i) => [`${from}-${i}`, SMALL]);
const hostWith = (count: number, name: string) => ({
  vcpu: [10, 2 * count] as [number, number],
  ram: [100, 10 * count] as [number, number],
  vms: vms(count, name),
});

const look = (parts: CloudParts, moves: [string, string][] = []) => {
  const room = roomOf(parts);
  const asked = { zone: 'nova', flavor: SMALL, groups: [] };
  return {
    now: finish(findHeadroom(room, asked)),
    after: finish(findHeadroom(roomAfter(room, { host: 'a', moves: new Map(moves) }), asked)),
  };
};

describe('what a zone can still take', () => {
  it('loses the room of the host that is drained, and that of its VMs on others', () => {
    const { now, after } = look({ hosts: { a: hostWith(2, 'a'), b: hostWith(1, 'b'), c: hostWith(0, 'c') } }, [
      ['a-0', 'b'],
      ['a-1', 'c'],
    ]);
    // Five fit on a host: 3 + 4 + 5 now; then a is closed, and b has two of them, c one.
    expect([now.slots, after.slots]).toEqual([12, 7]);
  });

  it('says which host may not fail any more, and how many of its VMs find no place', () => {
    const hosts = { a: hostWith(3, 'a'), b: hostWith(2, 'b'), c: hostWith(2, 'c') };
    const moves: [string, string][] = [
      ['a-0', 'b'],
      ['a-1', 'c'],
      ['a-2', 'b'],
    ];
    const { now, after } = look({ hosts }, moves);
    expect(now.worst).toBeNull();
    // Afterwards b has 4 and c has 3 of 5: b's four find two places on c, c's three find one on b.
    expect(after.worst).toEqual({ host: 'b', vms: 2 });
  });

  it('leaves VMs on the host that do not move, and keeps what they take', () => {
    const { after } = look({ hosts: { a: hostWith(2, 'a'), b: hostWith(0, 'b') } }, [['a-0', 'b']]);
    expect(after.slots).toBe(4);
  });

  it('counts room for the flavor that most VMs of the zone have', () => {
    const room = roomOf({ hosts: { a: { vms: [['x', LARGE], ...vms(3, 'a')] }, b: { vms: [['y', LARGE]] } } });
    expect(commonestFlavor(room, 'nova')?.name).toBe('f2x10');
    expect(commonestFlavor(room, 'elsewhere')).toBeNull();
  });
});

describe('disks that move with VMs', () => {
  const own = { flavor: flavor(2, 10, { diskBytes: 40 * GIB }), bootsFromVolume: false };
  it('are those of VMs that boot from an image', () => {
    expect(diskToCopy([own, own, { ...own, bootsFromVolume: true }])).toBe(80 * GIB);
    expect(diskToCopy([])).toBe(0);
  });

  it('are unknown if Nova does not say what a VM boots from, or has no flavor for it', () => {
    expect(diskToCopy([own, { flavor: own.flavor }])).toBeNull();
    expect(diskToCopy([{ flavor: null, bootsFromVolume: false }])).toBeNull();
  });
});
