import type { SimFlavor } from './model';
import { openRandom } from './random';

const random = openRandom(20_261_122);

const flavor = (name: string, vcpus: number, ramGib: number, more: Partial<SimFlavor> = {}): SimFlavor => ({
  id: random.uuid(),
  name,
  vcpus,
  ramMib: ramGib * 1024,
  diskGib: 20 * vcpus,
  pinned: false,
  deleted: false,
  ...more,
});

/** Common sizes of VMs. The first, which is used most, was deleted after its VMs were created. */
export const FLAVORS: [SimFlavor, ...SimFlavor[]] = [
  flavor('m1.xlarge', 8, 16, { id: '5', deleted: true }),
  flavor('m1.small', 1, 2, { id: '2' }),
  flavor('m1.medium', 2, 4, { id: '3' }),
  flavor('m1.large', 4, 8, { id: '4' }),
  flavor('r1.large', 4, 32),
  flavor('c1.2xlarge', 16, 32),
  flavor('c1.4xlarge', 32, 64),
];

/** For hosts with dedicated CPUs. */
export const PINNED = flavor('p1.large', 8, 16, { pinned: true });

export const ALL_FLAVORS: SimFlavor[] = [...FLAVORS, PINNED];
