import { describe, expect, it } from 'vitest';
import { WHY } from '@/lib/domain/capacity/place';
import { GIB } from '@/lib/units';
import { type CloudParts, flavor, loseAll, lostBy } from './clouds';

const small = flavor(2, 2);
const large = flavor(6, 6);
const whole = (cpus: number, used: number): { vcpu: [number, number]; ram: [number, number] } => ({
  vcpu: [cpus, used],
  ram: [cpus, used],
});
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

describe('what if several hosts fail', () => {
  const hosts = {
    a: { ...whole(10, 6), vms: [['1', large]] },
    b: { ...whole(10, 6), vms: [['2', large]] },
    c: whole(10, 4),
    d: whole(10, 10),
  } satisfies CloudParts['hosts'];

  it('finds the two that leave the most VMs without a place', () => {
    const { losses, crowd } = loseAll({ hosts }, { worst: 2, reference: small });
    const [worst] = losses.worst[0] ?? [];
    expect(worst?.hosts).toEqual(expect.arrayContaining([0]));
    expect(worst?.unplaced.map(({ vm }) => crowd.servers[vm]?.name)).toHaveLength(1);
  });

  it('finds two of a small zone that are worst together, though another host is worst alone', () => {
    // Only a and b have the trait, so that either may fail, but not both. The room that d has makes it worst alone.
    const special = flavor(2, 2, { extraSpecs: { 'trait:CUSTOM_SSD': 'required' } });
    const parts: CloudParts = {
      hosts: {
        a: { ...whole(10, 2), vms: [['1', special]] },
        b: { ...whole(10, 2), vms: [['2', special]] },
        c: { ...whole(40, 6), vms: [['3', large]] },
        d: whole(40, 0),
      },
      traits: { CUSTOM_SSD: ['id-of-a', 'id-of-b'] },
    };
    const { losses } = loseAll(parts, { worst: 2, reference: small });
    expect(losses.single.map(({ unplaced }) => unplaced.length)).toEqual([0, 0, 0, 0]);
    expect(Math.min(...losses.single.map(({ leaves }) => leaves ?? 0))).toBe(losses.single[3]?.leaves);
    expect(losses.worst[0]?.[0]).toMatchObject({ hosts: expect.arrayContaining([0, 1]), unplaced: { length: 2 } });
  });

  it('extends the host that is worst alone in a zone that has too many choices to try them all', () => {
    const special = flavor(2, 2, { extraSpecs: { 'trait:CUSTOM_SSD': 'required' } });
    const last = ['h38', 'h39'];
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => {
        const name = `h${i}`;
        return [name, { ...whole(40, 2), vms: [[`vm-${i}`, last.includes(name) ? special : small]] }];
      }),
    ) as CloudParts['hosts'];
    const { losses } = loseAll({ hosts: many, traits: { CUSTOM_SSD: ['id-of-h38', 'id-of-h39'] } }, { worst: 2 });
    expect(losses.worst[0]?.[0]).toMatchObject({ hosts: [0, 1], unplaced: [] });
  });

  it('adds one host after the other, always the one that makes it worst', () => {
    const six = {
      ...hosts,
      e: { ...whole(10, 9), vms: [['3', small]] },
      f: whole(10, 10),
    } satisfies CloudParts['hosts'];
    const { losses } = loseAll({ hosts: six }, { worst: 3 });
    const [two, three] = losses.worst.map(([worst]) => worst);
    expect(three?.hosts.slice(0, 2)).toEqual(two?.hosts);
    expect(three?.hosts).toHaveLength(3);
    expect(three?.unplaced.length).toBeGreaterThan(two?.unplaced.length ?? 0);
  });

  it('has no answer where a zone has fewer hosts, or would lose more than half of them', () => {
    expect(loseAll({ hosts: { a: {} } }, { worst: 3 }).losses.worst).toEqual([[null], [null]]);
    expect(loseAll({ hosts }, { worst: 3 }).losses.worst).toEqual([[expect.anything()], [null]]);
  });

  it('loses only the sets of hosts if nothing else is asked', () => {
    const { losses } = loseAll({ hosts }, { worst: 0, sets: [[0, 1]] });
    expect(losses).toMatchObject({ single: [], worst: [], sets: [{ hosts: [0, 1] }] });
  });

  it('lets a rack fail as a whole', () => {
    const { losses, crowd } = loseAll(
      { hosts },
      {
        sets: [
          [0, 1],
          [2, 3],
        ],
      },
    );
    expect(losses.sets.map(({ unplaced }) => unplaced.map(({ vm }) => crowd.servers[vm]?.name))).toEqual([['2'], []]);
  });
});
