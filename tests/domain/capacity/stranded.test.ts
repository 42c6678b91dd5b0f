import { describe, expect, it } from 'vitest';
import { findStranded, medianOf } from '@/lib/domain/capacity/stranded';
import { GIB } from '@/lib/units';

const size = { vcpus: 4, ramBytes: 8 * GIB };

describe('what is stranded', () => {
  it('is RAM on hosts without CPUs for one more VM, and CPUs on hosts without RAM', () => {
    const found = findStranded(
      [
        { name: 'no-cpus', vcpus: 3, ram: 50 * GIB },
        { name: 'no-ram', vcpus: 40, ram: 7 * GIB },
        { name: 'roomy', vcpus: 40, ram: 50 * GIB },
      ],
      size,
    );
    expect(found).toEqual({
      ram_without_vcpu: { amount: 50 * GIB, hosts: ['no-cpus'] },
      vcpu_without_ram: { amount: 40, hosts: ['no-ram'] },
    });
  });

  it('is nothing on hosts that are full', () => {
    const found = findStranded([{ name: 'full', vcpus: 1, ram: GIB }], size);
    expect([found.ram_without_vcpu.amount, found.vcpu_without_ram.amount]).toEqual([0, 0]);
  });

  it('counts where the VM in the middle would not fit', () => {
    const [one, four, eight] = [1, 4, 8].map((vcpus) => ({ vcpus, ramBytes: vcpus }));
    if (!one || !four || !eight) throw new Error('three sizes');
    const sizes = new Map([
      [eight, 2],
      [one, 3],
      [four, 2],
    ]);
    expect(medianOf(sizes)).toBe(four);
    expect(medianOf(new Map())).toBeUndefined();
  });
});
