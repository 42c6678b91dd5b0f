import { describe, expect, it } from 'vitest';
import { WHY } from '@/lib/domain/capacity/place';
import { GIB } from '@/lib/units';
import { type CloudParts, flavor, loseAll, lostBy, whole } from './clouds';

const small = flavor(2, 2);
const large = flavor(6, 6);
const zone = (name: string, hosts: string[]) => ({ name, zone: name, hosts, metadata: {} });
const group = (policy: string, members: string[], maxPerHost = 1) => ({
  id: 'g',
  name: 'g',
  policy,
  maxPerHost,
  members,
});

describe('what if a host fails', () => {
  it('finds a place for all its VMs where the others have room', () => {
    const hosts = {
      a: {
        ...whole(10, 4),
        vms: [
          ['1', small],
          ['2', small],
        ],
      },
      b: whole(10, 8),
      c: whole(10, 8),
    } satisfies CloudParts['hosts'];
    expect(lostBy({ hosts })).toEqual({ a: [], b: [], c: [] });
  });

  it('names the VMs for which no place was found, though there is room in total', () => {
    // 3 + 3 are free, and the VM needs 6.
    const hosts = {
      a: {
        ...whole(10, 8),
        vms: [
          ['1', small],
          ['big', large],
        ],
      },
      b: whole(10, 7),
      c: whole(10, 7),
    } satisfies CloudParts['hosts'];
    expect(lostBy({ hosts }).a).toEqual(['big']);
    const { losses } = loseAll({ hosts });
    expect(losses.single[0]?.unplaced[0]?.why).toBe(WHY.full);
  });

  it('places the largest first, each where the least is left over', () => {
    // Only if the large one gets the 6 of b and the small one the 2 of c, both fit.
    const hosts = {
      a: {
        ...whole(10, 8),
        vms: [
          ['1', small],
          ['big', large],
        ],
      },
      b: whole(10, 4),
      c: whole(10, 8),
    } satisfies CloudParts['hosts'];
    expect(lostBy({ hosts }).a).toEqual([]);
  });

  it('tries the smallest first if that places more', () => {
    // 6 are free on b. The large one alone would take them; without it, all three small ones fit.
    const hosts = {
      a: {
        ...whole(12, 12),
        vms: [
          ['1', small],
          ['2', small],
          ['3', small],
          ['big', large],
        ],
      },
      b: whole(10, 4),
    } satisfies CloudParts['hosts'];
    expect(lostBy({ hosts }).a).toEqual(['big']);
  });

  it('places VMs with the fewest suitable hosts in their zone first, however many others have', () => {
    // Only if the VM that takes SSDs gets b, the only such host of its zone, do both fit: the other one may go to c, too.
    const needing = (trait: string) => flavor(2, 2, { extraSpecs: { [`trait:CUSTOM_${trait}`]: 'required' } });
    const hosts = {
      a: {
        ...whole(10, 4),
        vms: [
          ['gpu', needing('GPU')],
          ['ssd', needing('SSD')],
        ],
      },
      b: whole(10, 8),
      c: whole(10, 6),
      d: {},
      e: {},
    } satisfies CloudParts['hosts'];
    const traits = {
      CUSTOM_GPU: ['id-of-a', 'id-of-b', 'id-of-c'],
      CUSTOM_SSD: ['id-of-a', 'id-of-b', 'id-of-d', 'id-of-e'],
    };
    const aggregates = [zone('az-a', ['a', 'b', 'c']), zone('az-b', ['d', 'e'])];
    expect(lostBy({ hosts, traits, aggregates }).a).toEqual([]);
  });

  it('begins every failure with the cloud as it is', () => {
    const hosts = {
      a: { ...whole(10, 6), vms: [['1', large]] },
      b: { ...whole(10, 6), vms: [['2', large]] },
      c: whole(10, 4),
    } satisfies CloudParts['hosts'];
    expect(lostBy({ hosts })).toEqual({ a: [], b: [], c: [] });
  });

  it('leaves VMs in their zone', () => {
    const hosts = {
      a: { ...whole(10, 2), vms: [['1', small]] },
      b: whole(100, 0),
    } satisfies CloudParts['hosts'];
    const parts = { hosts, aggregates: [zone('az-a', ['a']), zone('az-b', ['b'])] };
    expect(lostBy(parts).a).toEqual(['1']);
    expect(loseAll(parts).losses.single[0]?.unplaced[0]?.why).toBe(WHY.nowhere);
  });

  it('lets a VM leave its zone if Nova says that nobody asked for one, where its own has no place', () => {
    const hosts = {
      a: {
        ...whole(10, 4),
        vms: [
          ['free', small, { pinnedZone: null }],
          ['pinned', small, { pinnedZone: 'az-a' }],
        ],
      },
      a2: whole(10, 10),
      b: whole(100, 0),
    } satisfies CloudParts['hosts'];
    const parts = { hosts, aggregates: [zone('az-a', ['a', 'a2']), zone('az-b', ['b'])] };
    expect(lostBy(parts).a).toEqual(['pinned']);
    expect(lostBy({ ...parts, hosts: { ...hosts, a2: whole(10, 6) } }).a).toEqual([]);
  });

  it('places nothing on hosts that are closed or down', () => {
    const hosts = {
      a: { ...whole(10, 2), vms: [['1', small]] },
      b: { ...whole(10, 0), record: { status: 'disabled' } },
      c: { ...whole(10, 0), record: { state: 'down' } },
    } satisfies CloudParts['hosts'];
    expect(lostBy({ hosts }).a).toEqual(['1']);
  });

  it('counts VMs that are off, since they keep their allocation', () => {
    const hosts = {
      a: { ...whole(10, 2), vms: [['1', small, { status: 'SHUTOFF' }]] },
      b: whole(10, 10),
    } satisfies CloudParts['hosts'];
    expect(lostBy({ hosts }).a).toEqual(['1']);
  });

  it('needs room on a disk for VMs that boot from an image, and none for those on volumes', () => {
    const withDisk = flavor(1, 1, { diskBytes: 20 * GIB });
    const hosts = (bootsFromVolume: boolean | undefined): CloudParts['hosts'] => ({
      a: { disk: [100, 20], vms: [['1', withDisk, { bootsFromVolume }]] },
      b: { disk: [100, 90] },
    });
    expect(lostBy({ hosts: hosts(false) }).a).toEqual(['1']);
    expect(lostBy({ hosts: hosts(true) }).a).toEqual([]);
    expect(lostBy({ hosts: hosts(undefined) }).a).toEqual([]);
  });

  it('looks for pinned CPUs on hosts that have them', () => {
    const pinned = flavor(4, 2, { extraSpecs: { 'hw:cpu_policy': 'dedicated' } });
    const hosts = {
      a: { pcpu: [8, 4], vms: [['pin', pinned]] },
      b: { pcpu: [8, 6] },
      c: {},
    } satisfies CloudParts['hosts'];
    expect(lostBy({ hosts }).a).toEqual(['pin']);
    expect(lostBy({ hosts: { ...hosts, b: { pcpu: [8, 4] } } }).a).toEqual([]);
  });

  it('keeps VMs of an anti-affinity group apart, also from those that it has just placed', () => {
    const hosts = {
      a: {
        vms: [
          ['1', small],
          ['2', small],
        ],
      },
      b: { vms: [['3', small]] },
      c: {},
    } satisfies CloudParts['hosts'];
    const strict = { hosts, groups: [group('anti-affinity', ['1', '2', '3'])] };
    expect(lostBy(strict).a).toHaveLength(1);
    expect(loseAll(strict).losses.single[0]?.unplaced[0]?.why).toBe(WHY.group);
    expect(lostBy({ hosts, groups: [group('anti-affinity', ['1', '2', '3'], 2)] }).a).toEqual([]);
    expect(lostBy({ hosts, groups: [group('soft-anti-affinity', ['1', '2', '3'])] }).a).toEqual([]);
  });

  it('finds no place for VMs that a group keeps together on the host that fails, as Nova does not', () => {
    const hosts = {
      a: {
        vms: [
          ['1', small],
          ['2', small],
        ],
      },
      b: {},
    } satisfies CloudParts['hosts'];
    expect(lostBy({ hosts, groups: [group('affinity', ['1', '2'])] }).a).toEqual(['1', '2']);
    expect(lostBy({ hosts, groups: [group('affinity', ['1'])] }).a).toEqual([]);
  });

  it('says for how many more there is room afterwards', () => {
    const hosts = { a: { ...whole(10, 2), vms: [['1', small]] }, b: whole(10, 2) } satisfies CloudParts['hosts'];
    // Of 10 on b, 2 are taken before and 4 with the VM: 3 more of 2.
    expect(loseAll({ hosts }, { reference: small }).losses.single[0]?.leaves).toBe(3);
  });
});
