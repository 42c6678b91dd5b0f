import { describe, expect, it } from 'vitest';
import { type CloudParts, flavor, loseAll, whole } from './clouds';

const small = flavor(2, 2);
const large = flavor(6, 6);

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
